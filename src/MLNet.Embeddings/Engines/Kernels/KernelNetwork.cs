namespace MLNet.Embeddings;

/// <summary>A network that the kernel engine trains: layers, and Adam over their arrays. It needs no native library; any number may train at once.</summary>
internal abstract class KernelNetwork : ITrainable
{
    private bool _isPacked;

    private protected KernelNetwork(IReadOnlyDictionary<string, InitialArray> initial, EngineSettings settings)
    {
        Settings = settings;
        Parameters = new TrainableParameters(initial, settings.Threads);
    }

    public bool Pads => false;

    private protected EngineSettings Settings { get; }

    /// <summary>Its arrays; whoever changes values must <see cref="Forget"/>.</summary>
    internal TrainableParameters Parameters { get; }

    private protected KernelOptimizer Optimizer { get; private set; } = null!;

    private protected GradientSums Sums { get; private set; } = null!;

    /// <inheritdoc cref="TrainableParameters.CopyGradients"/>
    internal IReadOnlyDictionary<string, float[]> Gradients() => Parameters.CopyGradients();

    public void Step(double learningRate)
    {
        Optimizer.Step(learningRate);
        _isPacked = false;
    }

    /// <summary>Says how many steps were taken, where they are taken elsewhere: what is dropped goes by that.</summary>
    internal void SetSteps(int count) => Optimizer.StepCount = count;

    /// <summary>Forgets what was computed of the weights: they are others now.</summary>
    internal void Forget() => _isPacked = false;

    public IDisposable? UseAverage()
    {
        if (!Optimizer.BeginAverage()) return null;
        _isPacked = false;
        return new AverageInUse(this);
    }

    public IEnumerable<(string Name, float[] Values)> Export() => Parameters.Export();

    public TrainingState Save() => Optimizer.Save();

    public void Restore(TrainingState state)
    {
        Optimizer.Restore(state);
        _isPacked = false;
    }

    public void Dispose()
    {
        // Arrays only.
    }

    /// <summary>To be called when the layers are made.</summary>
    private protected void Complete()
    {
        Parameters.LayOut();
        Optimizer = new KernelOptimizer(Parameters, Settings);
        Sums = new GradientSums(Parameters.Gradients, Settings.Threads);
    }

    /// <summary>
    /// Forgets the last gradients and lays the weights out for a step, which moves running statistics: for scores they are to be laid out again.
    /// </summary>
    private protected void BeginStep()
    {
        Optimizer.Clear();
        Pack(backward: true);
        _isPacked = false;
    }

    /// <summary>Lays the weights out for scores, unless they are.</summary>
    private protected void BeginScores()
    {
        if (!_isPacked) Pack(backward: false);
        _isPacked = true;
    }

    /// <summary>Lays the weights out as they are now.</summary>
    private protected abstract void Pack(bool backward);

    /// <summary>Puts weights and statistics back.</summary>
    private sealed class AverageInUse(KernelNetwork network) : IDisposable
    {
        private readonly (float[] Values, float[] Copy)[] _statistics =
            [.. network.Parameters.Statistics.Select(statistic => (statistic.Values, statistic.Values.ToArray()))];

        public void Dispose()
        {
            network.Optimizer.Exchange();
            foreach (var (values, copy) in _statistics) copy.CopyTo(values, 0);
            network._isPacked = false;
        }
    }
}

/// <summary>A network over columns that the kernel engine trains.</summary>
internal sealed class KernelColumns : KernelNetwork, ITrainableColumns
{
    private readonly ColumnNetwork _network;

    /// <param name="shape">The network's form.</param>
    /// <param name="initial">What its arrays begin with; they become its own.</param>
    /// <param name="settings">How it is trained.</param>
    internal KernelColumns(NetworkShape shape, IReadOnlyDictionary<string, InitialArray> initial, EngineSettings settings) : base(initial, settings)
    {
        _network = new ColumnNetwork(shape, Parameters, settings.Threads, new DropoutPlan(settings.Seed, settings.Dropout));
        Complete();
    }

    public NetworkShape Shape => _network.Shape;

    public bool HasStatistics => _network.HasStatistics;

    public double Learn(RowBatch batch, BatchLoss loss)
    {
        BeginStep();
        return _network.Learn(batch, loss, Optimizer.StepCount, Sums);
    }

    public void Score(RowBatch batch, Span<float> scores)
    {
        BeginScores();
        _network.Score(batch);
        int outputs = Shape.Outputs;
        for (int row = 0; row < batch.RowCount; row++) _network.ScoresOf(row).CopyTo(scores[(row * outputs)..]);
    }

    public void EstimateStatistics(IEnumerable<RowBatch> batches)
    {
        BeginScores();
        _network.EstimateStatistics(batches);
    }

    private protected override void Pack(bool backward) => _network.Pack(backward);
}

/// <summary>An encoder-decoder that the kernel engine trains.</summary>
internal sealed class KernelEncoderDecoder : KernelNetwork, ITrainableEncoderDecoder
{
    private readonly EncoderDecoderNetwork _network;

    /// <inheritdoc cref="KernelColumns(NetworkShape, IReadOnlyDictionary{string, InitialArray}, EngineSettings)" path="/param"/>
    internal KernelEncoderDecoder(EncoderDecoderShape shape, IReadOnlyDictionary<string, InitialArray> initial, EngineSettings settings)
        : base(initial, settings)
    {
        _network = new EncoderDecoderNetwork(shape, Parameters, settings.Threads, new DropoutPlan(settings.Seed, settings.Dropout));
        Complete();
    }

    public EncoderDecoderShape Shape => _network.Shape;

    public double Learn(SequencePairs pairs, double smoothing)
    {
        BeginStep();
        return _network.Learn(pairs, smoothing, Optimizer.StepCount, Sums[0]);
    }

    public void Judge(SequencePairs pairs, int firstClass, Span<double> losses, Span<int> best)
    {
        BeginScores();
        _network.Judge(pairs, firstClass, losses, best);
    }

    private protected override void Pack(bool backward) => _network.Pack(backward);
}
