namespace MLNet.Embeddings;

/// <summary>A trained vector per key. Only the rows that a batch touches get gradients and are updated.</summary>
/// <remarks>
/// Rows and their Adam moments are plain arrays, so the cost of a step does not depend on the vocabulary. An untouched row keeps still: the
/// semantics of torch's SparseAdam, not of Adam over the whole table. Not thread-safe.
/// </remarks>
/// <param name="values">Initial values: rows × dimensions. They become the table's own.</param>
/// <param name="dimensions">Length of a row.</param>
internal abstract class EmbeddingTable(float[] values, int dimensions)
{
    /// <summary>Keras's default range of the initial values (keras.layers.Embedding, "uniform").</summary>
    protected const float InitialRange = 0.05f;

    private readonly float[] _firstMoments = new float[values.Length], _secondMoments = new float[values.Length];
    private int[] _terms = [];

    /// <summary>Room for gradients; those of the rows last looked up come first.</summary>
    private protected float[] GradientMemory { get; private set; } = [];

    internal int Dimensions => dimensions;

    /// <summary>Rows × dimensions.</summary>
    internal float[] Values => values;

    /// <summary>Gradients of the rows last looked up: terms × dimensions.</summary>
    internal Span<float> Gradients => GradientMemory.AsSpan(0, _terms.Length * dimensions);

    /// <summary>The rows that an update will change.</summary>
    internal ReadOnlySpan<int> Touched => _terms;

    /// <summary>Forgets what was last looked up.</summary>
    internal void Clear() => _terms = [];

    /// <summary>Updates the rows last looked up by their gradients.</summary>
    internal void Update(in AdamStep step) => Adam.UpdateRows(values, _terms, dimensions, Gradients, _firstMoments, _secondMoments, step);

    /// <summary>The vector of a key.</summary>
    protected ReadOnlySpan<float> Row(int key) => values.AsSpan(key * dimensions, dimensions);

    /// <summary>Makes zeros of the gradients of the keys now looked up, each named once.</summary>
    protected void Touch(int[] terms)
    {
        _terms = terms;
        if (GradientMemory.Length < terms.Length * dimensions) GradientMemory = new float[terms.Length * dimensions];
        Gradients.Clear();
    }
}
