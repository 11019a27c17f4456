namespace MLNet.Embeddings;

/// <summary>A trained vector per key. Only the rows that a batch touches get gradients and, unless asked otherwise, are updated.</summary>
/// <remarks>
/// Rows and their Adam moments are plain arrays, so the cost of a step does not depend on the vocabulary. An untouched row keeps still: the
/// semantics of torch's SparseAdam. Adam over the whole table has to be asked for, and costs by the vocabulary. Not thread-safe.
/// </remarks>
/// <param name="shape">The table's form.</param>
/// <param name="start">What it begins with.</param>
internal abstract class EmbeddingTable(TableShape shape, TableStart start)
{
    /// <summary>Keras's default range of the initial values (keras.layers.Embedding, "uniform").</summary>
    protected const float InitialRange = 0.05f;

    private readonly float[] _firstMoments = Moment(start), _secondMoments = Moment(start);
    private int[] _terms = [], _untouched = [];
    private bool[] _isTouched = [];

    /// <summary>Room for gradients; those of the rows last looked up come first.</summary>
    private protected float[] GradientMemory { get; private set; } = [];

    /// <summary>The table's form.</summary>
    internal TableShape Shape => shape;

    internal int Dimensions => shape.Dimensions;

    /// <summary>Rows × dimensions.</summary>
    internal float[] Values => start.Values;

    /// <summary>False if the table stays as it is: then it never counts as looked up, and has no moments.</summary>
    internal bool IsTrained => start.IsTrained;

    /// <summary>The moments of Adam, by name, where they lie: rows × dimensions; empty if the table stays as it is.</summary>
    internal IEnumerable<(string Name, float[] Values)> Moments => [("first_moments", _firstMoments), ("second_moments", _secondMoments)];

    /// <summary>Gradients of the rows last looked up: terms × dimensions.</summary>
    internal Span<float> Gradients => GradientMemory.AsSpan(0, _terms.Length * Dimensions);

    /// <summary>The rows that were last looked up.</summary>
    internal ReadOnlySpan<int> Touched => _terms;

    /// <summary>Forgets what was last looked up.</summary>
    internal void Clear() => _terms = [];

    /// <summary>Updates the rows last looked up by their gradients.</summary>
    /// <param name="step">The settings.</param>
    /// <param name="everyRow">True to update all others as well, whose gradients are zeros but whose moments still move them.</param>
    internal void Update(in AdamStep step, bool everyRow)
    {
        Adam.UpdateRows(Values, _terms, Dimensions, Gradients, _firstMoments, _secondMoments, step);
        if (everyRow) Adam.UpdateRows(Values, Untouched(), Dimensions, gradients: [], _firstMoments, _secondMoments, step);
    }

    /// <summary>The vector of a key.</summary>
    protected ReadOnlySpan<float> Row(int key) => Values.AsSpan(key * Dimensions, Dimensions);

    /// <summary>The values, as the network's form names them.</summary>
    internal LearnedArray Learned => new(shape.Name, () => Values) { Fixed = IsTrained ? null : Values };

    /// <summary>Makes zeros of the gradients of the keys now looked up, each named once.</summary>
    protected void Touch(int[] terms)
    {
        if (!IsTrained) return;
        _terms = terms;
        if (GradientMemory.Length < terms.Length * Dimensions) GradientMemory = new float[terms.Length * Dimensions];
        Gradients.Clear();
    }

    private static float[] Moment(TableStart start) => start.IsTrained ? new float[start.Values.Length] : [];

    private ReadOnlySpan<int> Untouched()
    {
        int rows = Values.Length / Dimensions, count = 0;
        if (_untouched.Length < rows) (_untouched, _isTouched) = (new int[rows], new bool[rows]);
        foreach (int row in _terms) _isTouched[row] = true;
        for (int row = 0; row < rows; row++)
        {
            if (!_isTouched[row]) _untouched[count++] = row;
        }
        foreach (int row in _terms) _isTouched[row] = false;
        return _untouched.AsSpan(0, count);
    }
}
