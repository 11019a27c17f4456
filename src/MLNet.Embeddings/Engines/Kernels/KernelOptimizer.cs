using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Updates a network by its gradients: AdamW over the dense parameters, row-wise Adam over the tables, all clipped together.</summary>
/// <remarks>
/// A row of a table that a step does not look up keeps still, with its moments: the semantics of torch.optim.SparseAdam, so that a step's time does not depend
/// on the vocabulary. <see cref="EngineSettings.DenseTableUpdates"/> is Adam over whole tables.
/// </remarks>
internal sealed class KernelOptimizer
{
    // Kingma and Ba's settings (arXiv 1412.6980), which torch and Keras share.
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly TrainableParameters _parameters;
    private readonly EngineSettings _settings;
    private readonly Moments _moments;
    private readonly WeightAverage? _average;
    private readonly TableState[] _tables;

    internal KernelOptimizer(TrainableParameters parameters, EngineSettings settings)
    {
        (_parameters, _settings) = (parameters, settings);
        _moments = new Moments(parameters.Values.Length);
        var decay = settings.AveragingDecay > 0 ? new AveragingDecay(settings.AveragingDecay) : null;
        if (decay is not null) _average = new WeightAverage(parameters.Values, parameters.Values.Length, decay);
        _tables = [.. parameters.TrainedTables.Select(table => new TableState(table, decay))];
    }

    /// <summary>Steps taken; to be set where they are taken elsewhere.</summary>
    internal int StepCount { get; set; }

    /// <summary>Forgets the gradients of the last step.</summary>
    internal void Clear()
    {
        Array.Clear(_parameters.Gradients);
        foreach (var table in _tables) table.Table.Clear();
    }

    /// <summary>Takes one step along the gradients.</summary>
    internal void Step(double learningRate)
    {
        _average?.FollowAll(StepCount);
        foreach (var table in _tables) table.Follow(StepCount, _settings.DenseTableUpdates);
        var step = new AdamStep((float)learningRate, Beta1, Beta2, Epsilon, (float)_settings.WeightDecay, ++StepCount, ClippingScale(), _settings.Threads);
        Update(.._parameters.MatrixCount, step);
        Update(_parameters.MatrixCount.., step with { WeightDecay = 0 });
        foreach (var table in _tables) table.Update(step with { WeightDecay = 0 }, _settings.DenseTableUpdates);
    }

    /// <summary>Exchanges the moving average, brought up to date, and the weights; false, and no change, without averaging.</summary>
    internal bool BeginAverage()
    {
        if (_average is null) return false;
        _average.FollowAll(StepCount);
        foreach (var table in _tables) table.Average!.FollowAll(StepCount);
        Exchange();
        return true;
    }

    /// <summary>Exchanges the moving average and the weights.</summary>
    internal void Exchange()
    {
        _average!.Exchange();
        foreach (var table in _tables) table.Average!.Exchange();
    }

    /// <summary>All state in arrays, where it lies.</summary>
    internal TrainingState Save() => new(StepCount, Arrays().ToDictionary(array => array.Name, array => WeightArray.Vector(array.Values)), []);

    /// <summary>Copies such a state, of a network of the same form and settings.</summary>
    /// <exception cref="ArgumentException">It is of another form; nothing is changed.</exception>
    internal void Restore(TrainingState state)
    {
        state.CopyTo([.. Arrays()]);
        StepCount = state.Step;
    }

    private void Update(Range range, in AdamStep step) => Adam.Update(
        _parameters.Values.AsSpan(range), _parameters.Gradients.AsSpan(range), _moments.First.AsSpan(range), _moments.Second.AsSpan(range), step);

    private IEnumerable<(string Name, float[] Values)> Arrays()
    {
        yield return ("dense.values", _parameters.Values);
        yield return ("dense.first_moments", _moments.First);
        yield return ("dense.second_moments", _moments.Second);
        foreach (var (name, values) in _average?.State ?? []) yield return ($"dense.{name}", values);
        foreach (var (name, values) in _parameters.Statistics) yield return ($"statistics.{name}", values);
        foreach (var table in _tables)
        {
            foreach (var (name, values) in table.Arrays) yield return ($"{table.Table.Shape.Name}.{name}", values);
        }
    }

    /// <summary>What shortens all gradients together to the largest norm that is allowed; 1 if they are short enough.</summary>
    private float ClippingScale()
    {
        double squares = TensorPrimitives.SumOfSquares<float>(_parameters.Gradients);
        foreach (var table in _tables) squares += TensorPrimitives.SumOfSquares<float>(table.Table.Gradients);
        double norm = Math.Sqrt(squares);
        return norm <= _settings.MaxGradientNorm ? 1 : (float)(_settings.MaxGradientNorm / norm);
    }

    /// <summary>The moments of an array; no memory before the first step, as a network may have its steps taken elsewhere.</summary>
    private sealed class Moments(int length)
    {
        internal float[] First => field ??= new float[length];

        internal float[] Second => field ??= new float[length];
    }

    /// <summary>A table with its moments and its average.</summary>
    private sealed class TableState(EmbeddingTable table, AveragingDecay? decay)
    {
        private readonly Moments _moments = new(table.Values.Length);
        private int[] _untouched = [];
        private bool[] _isTouched = [];

        internal EmbeddingTable Table => table;

        internal WeightAverage? Average { get; } = decay is null ? null : new WeightAverage(table.Values, table.Dimensions, decay);

        internal IEnumerable<(string Name, float[] Values)> Arrays =>
            [("values", table.Values), ("first_moments", _moments.First), ("second_moments", _moments.Second), .. Average?.State ?? []];

        internal void Follow(int step, bool everyRow)
        {
            if (everyRow) Average?.FollowAll(step);
            else Average?.Follow(table.Touched, step);
        }

        /// <param name="step">The settings.</param>
        /// <param name="everyRow">True to update rows that were not looked up as well, whose gradients are zeros but whose moments still move them.</param>
        internal void Update(in AdamStep step, bool everyRow)
        {
            Adam.UpdateRows(table.Values, table.Touched, table.Dimensions, table.Gradients, _moments.First, _moments.Second, step);
            if (everyRow) Adam.UpdateRows(table.Values, Untouched(), table.Dimensions, gradients: [], _moments.First, _moments.Second, step);
        }

        private ReadOnlySpan<int> Untouched()
        {
            int rows = table.Values.Length / table.Dimensions, count = 0;
            if (_untouched.Length < rows) (_untouched, _isTouched) = (new int[rows], new bool[rows]);
            foreach (int row in table.Touched) _isTouched[row] = true;
            for (int row = 0; row < rows; row++)
            {
                if (!_isTouched[row]) _untouched[count++] = row;
            }
            foreach (int row in table.Touched) _isTouched[row] = false;
            return _untouched.AsSpan(0, count);
        }
    }
}
