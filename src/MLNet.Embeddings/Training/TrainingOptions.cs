using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>
/// Settings of how a network is trained, whatever its form: what <see cref="MultiEmbeddingOptions"/> and <see cref="SequenceToSequenceOptions"/> share.
/// </summary>
public abstract record TrainingOptions
{
    internal const double DefaultValidationFraction = 0.1;

    private readonly RegularizationOptions? _regularization;
    private readonly double? _learningRate;
    private readonly LearningRateSchedule? _schedule;
    private readonly double? _validationFraction;
    private readonly Uncompared<bool> _areOfModel;

    private protected TrainingOptions() { }

    /// <summary>What keeps the network from learning its training rows by heart.</summary>
    /// <value>
    /// Default: chosen by the data (dropout 0.3, unknown dropout 0.1 with texts or sequences and 0.05 without, weight decay 0.02, averaging over about 100
    /// steps). Where the network is described, and of encoder-decoders: a <see cref="RegularizationOptions"/> with its own defaults, which also stand for what
    /// is left out of one that is set.
    /// </value>
    public RegularizationOptions Regularization
    {
        get => _regularization ?? new();
        init => _regularization = value;
    }

    /// <summary>Rows to have in memory at a time, for data larger than memory; null to read all rows once and keep them.</summary>
    /// <value>
    /// Default null. At least 1; 100,000 is a good number. With a number, the rows of a buffer are shuffled among each other, and the next buffer is read
    /// while the last one is trained on, so that up to three are in memory at a time, with the rows held out for validation. Those are chosen by their ids, at
    /// random among all rows. Rows that are sorted in the data, by label for instance, must be shuffled beforehand. One pass more measures the data first; its
    /// memory does not grow with the rows. What it reads, as keys and numbers, goes to a file in the temporary folder, which each epoch reads instead of the
    /// data; where there is no room, or the data can shuffle its rows itself (<see cref="Microsoft.ML.IDataView.CanShuffle"/>), each epoch reads the data.
    /// Setting it describes the network (see <see cref="MultiEmbeddingOptions"/>): one is trained, without a wide part, and nothing is chosen by the data.
    /// </value>
    public int? ShuffleBufferRows { get; init; }

    /// <summary>Most passes over the training data.</summary>
    /// <value>
    /// Default null: chosen by the data, fewer for more rows and for texts. Where the network is described: 50 epochs, of which early stopping usually spares
    /// some. Of an encoder-decoder as many as read 320,000 rows in all, of words 200,000, but from 8 to 200. At least 1.
    /// </value>
    public int? MaxEpochs { get; init; }

    /// <summary>Rows per step.</summary>
    /// <value>
    /// Default null: chosen by the data, 128 rows for fewer than 50,000 training rows, 256 for fewer than 200,000, else 1,024. Where the network is described,
    /// and of encoder-decoders: 32 rows for fewer than 5,000 training rows, else 64 with sequences or texts and 256 without (the ranges that Keras, fastai and
    /// TabM use); larger ones hardly train more rows a second. 32 also where an encoder-decoder's target has 1,000 terms or more. At least 1.
    /// </value>
    public int? BatchSize { get; init; }

    /// <summary>Step size of Adam; with a <see cref="Schedule"/>, the largest.</summary>
    /// <value>
    /// Default: chosen by the data, 0.004 with texts or sequences and 0.002 without. Where the network is described: 0.001, as Kingma and Ba recommend
    /// (arXiv 1412.6980); of an encoder-decoder 0.003. Above 0.
    /// </value>
    public double LearningRate
    {
        get => _learningRate ?? 0.001;
        init => _learningRate = value;
    }

    /// <summary>How the step size changes during the fit.</summary>
    /// <value>
    /// Default: <see cref="LearningRateSchedule.OneCycle"/>, of encoder-decoders too. Where the network is described:
    /// <see cref="LearningRateSchedule.Constant"/>.
    /// </value>
    public LearningRateSchedule Schedule
    {
        get => _schedule ?? LearningRateSchedule.Constant();
        init => _schedule = value;
    }

    /// <summary>Whether a step moves every row of the tables, and not only those that its batch looked up.</summary>
    /// <value>
    /// Default false: a row that a step does not look up keeps still, with its moments, so that the time of a step does not depend on the vocabulary;
    /// as torch.optim.SparseAdam. True: Adam over the whole tables as of Kingma and Ba (arXiv 1412.6980), torch.optim.Adam and Keras; a row that was
    /// looked up once goes on moving by its decaying moments. A step then takes about half a millisecond more per million values of the tables.
    /// </value>
    public bool DenseTableUpdates { get; init; }

    /// <summary>
    /// Share of the rows to hold out for validation, chosen at random within each class and right to within one row over all; the only row of a class is
    /// trained on. None at all is a warning in the log. Not used when a validation view is given to <c>Fit</c>.
    /// </summary>
    /// <value>
    /// Default 0.1. From 0 (no validation: all epochs are trained, the last weights stay) to below 1. Where a model has several networks
    /// (<see cref="MultiEmbeddingOptions.Members"/>), each holds out an equal part of its own instead, and only 0 has an effect.
    /// </value>
    public double ValidationFraction
    {
        get => _validationFraction ?? DefaultValidationFraction;
        init => _validationFraction = value;
    }

    /// <summary>
    /// Epochs without a better validation loss after which training ends; the weights of the best epoch stay. Not used without validation rows.
    /// </summary>
    /// <value>
    /// Default null, whether the network is described or not: 5 epochs; with <see cref="LearningRateSchedule.OneCycle"/> and
    /// <see cref="LearningRateSchedule.Cosine"/> all of them, since these are worth most at their end. At least 1.
    /// </value>
    public int? Patience { get; init; }

    /// <summary>How much smaller a validation loss must be to count as better.</summary>
    /// <value>Default 0. At least 0.</value>
    public double MinDelta { get; init; }

    /// <summary>Seed of everything random in a fit: initial weights, order of rows, dropout, the validation rows.</summary>
    /// <value>
    /// Default null: a number drawn from the <c>MLContext</c>'s generator when the trainer is made, so that its seed decides; it depends on how many
    /// components were made before. One seed, the same data and number of threads give the same model.
    /// </value>
    public int? Seed { get; init; }

    /// <summary>The folder of checkpoints that training writes and resumes from; null for none.</summary>
    /// <value>Default null. See <see cref="CheckpointOptions"/>.</value>
    [JsonIgnore]
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>What computes the training.</summary>
    /// <value>
    /// Default <see cref="TrainingBackend.Auto"/>: torch where <c>MLContext.GpuDeviceId</c> names a GPU, else the library's own kernels, which on CPUs are
    /// several times faster and need no native library. Both train the same networks, and begin with the same weights.
    /// </value>
    public TrainingBackend Backend { get; init; } = TrainingBackend.Auto;

    /// <summary>How many threads may train.</summary>
    /// <value>
    /// Default null: as many as the machine has cores. At least 1. One more, which works little, prepares batches. The result depends on the number in its
    /// last digits, so that a fixed one makes machines of different size agree. It is no matter to what a GPU computes, nor to the passes that read, cut and
    /// index the data, which use all cores.
    /// </value>
    public int? NumberOfThreads { get; init; }

    /// <summary>
    /// Told about ten times a second, and after each epoch, how far the fit is, from the first row that is read to its end. Called on the threads that work,
    /// one report at a time, so it should return soon.
    /// </summary>
    /// <value>Default null.</value>
    [JsonIgnore]
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Ends training early, as does the cancellation of the MLContext. Once an epoch was validated, <c>Fit</c> returns the best model so far; before that it
    /// throws <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <value>Default none.</value>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Whether they are those of a model, given again: what was chosen then nobody has set.</summary>
    internal bool AreOfModel
    {
        get => _areOfModel.Value;
        init => _areOfModel = new(value);
    }

    /// <summary>Names of the settings that were left out and have a value all the same.</summary>
    internal virtual IEnumerable<string> LeftOut =>
        from setting in ((string, object?)[])
        [
            (nameof(Regularization), _regularization), (nameof(LearningRate), _learningRate), (nameof(Schedule), _schedule),
            (nameof(ValidationFraction), _validationFraction),
        ]
        where setting.Item2 is null
        select setting.Item1;

    /// <summary>Whether the step size is set, so that none is searched for.</summary>
    internal bool SetsLearningRate => _learningRate is not null;

    /// <summary>The same of regularization.</summary>
    internal bool SetsRegularization => _regularization is not null;

    /// <summary>These settings, with others in the place of those that were left out.</summary>
    internal T Fill<T>(Chosen chosen) where T : TrainingOptions => (T)this with
    {
        Regularization = _regularization ?? chosen.Regularization,
        MaxEpochs = MaxEpochs ?? chosen.MaxEpochs,
        LearningRate = _learningRate ?? chosen.LearningRate,
        Schedule = _schedule ?? chosen.Schedule,
        BatchSize = BatchSize ?? chosen.BatchSize,
    };

    /// <summary>What an engine has to know.</summary>
    internal EngineSettings EngineSettings(int seed) => new()
    {
        Seed = seed,
        Threads = Threads,
        Dropout = Regularization.Dropout ?? DefaultDropout,
        WeightDecay = Regularization.WeightDecay,
        MaxGradientNorm = Regularization.MaxGradientNorm,
        AveragingDecay = Regularization.AveragingDecay,
        DenseTableUpdates = DenseTableUpdates,
    };

    /// <summary>Which engine is asked for.</summary>
    internal EngineChoice EngineChoice(IHostEnvironment environment, FitLog log)
    {
        var (gpu, fallsBack) = ClosedSide.GpuOf(environment);
        return new(Backend, gpu, fallsBack, message => log.Warn(message), CancellationToken);
    }

    internal int Threads => NumberOfThreads ?? Environment.ProcessorCount;

    /// <summary>Rows per step for a number of training rows.</summary>
    internal abstract int BatchSizeFor(int rows);

    /// <summary>Most passes over a number of training rows.</summary>
    internal abstract int MaxEpochsFor(int rows);

    /// <summary>Epochs without a better loss after which training ends, of so many at most.</summary>
    internal int PatienceFor(int maxEpochs) => Patience ?? (Schedule.HasEnd ? maxEpochs : 5);

    /// <summary>Dropout where none is set.</summary>
    private protected abstract double DefaultDropout { get; }

    /// <summary>What is wrong with these settings, a sentence each.</summary>
    private protected IEnumerable<string> TrainingFaults()
    {
        foreach (string fault in Regularization.Faults()) yield return fault;
        if (ShuffleBufferRows < 1) yield return $"{nameof(ShuffleBufferRows)} must be at least 1; it was {ShuffleBufferRows}.";
        if (MaxEpochs < 1) yield return $"{nameof(MaxEpochs)} must be at least 1; it was {MaxEpochs}.";
        if (BatchSize < 1) yield return $"{nameof(BatchSize)} must be at least 1; it was {BatchSize}.";
        foreach (string fault in NumberRange.AboveZero.Faults(nameof(LearningRate), LearningRate)) yield return fault;
        foreach (string fault in Schedule.Faults()) yield return fault;
        foreach (string fault in NumberRange.ZeroToBelowOne.Faults(nameof(ValidationFraction), ValidationFraction)) yield return fault;
        foreach (string fault in Checkpoints?.Faults() ?? []) yield return fault;
        foreach (string fault in EnumValues.Faults(nameof(Backend), Backend)) yield return fault;
        if (NumberOfThreads < 1) yield return $"{nameof(NumberOfThreads)} must be at least 1; it was {NumberOfThreads}.";
        if (Patience < 1) yield return $"{nameof(Patience)} must be at least 1; it was {Patience}.";
        foreach (string fault in NumberRange.FromZero.Faults(nameof(MinDelta), MinDelta)) yield return fault;
    }
}

/// <summary>A value of a record that takes no part in its equality: all are equal.</summary>
/// <param name="Value">The value.</param>
internal readonly record struct Uncompared<T>(T Value)
{
    public bool Equals(Uncompared<T> other) => true;

    public override int GetHashCode() => 0;
}
