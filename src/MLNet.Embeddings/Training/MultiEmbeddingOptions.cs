namespace MLNet.Embeddings;

/// <summary>Settings of a <see cref="MultiEmbeddingTrainer"/>.</summary>
/// <remarks>Immutable. The trainer checks them when it is made and reports every fault at once. The defaults are meant to work as they are.</remarks>
public sealed record MultiEmbeddingOptions
{
    /// <summary>Name of the column to predict.</summary>
    /// <value>Default "Label". A Boolean column for binary classification, a key for multiclass classification, Single for regression. Has no effect with <see cref="Labels"/>.</value>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The labels with settings of their own, such as class weights or the loss; several of them for a network of several outputs.</summary>
    /// <value>
    /// Default empty: the one column that <see cref="LabelColumnName"/> names. The trainers of a task take one label of their kind; those of
    /// <c>mlContext.MultiOutput()</c> take one or more of any kind, which share the network but for its last layer.
    /// </value>
    public IReadOnlyList<LabelColumn> Labels { get; init; } = [];

    /// <summary>The columns that the network reads, in any order.</summary>
    /// <value>Default none. At least one, each name once.</value>
    public IReadOnlyList<InputColumn> Columns { get; init; } = [];

    /// <summary>Name of a column that says how much a row counts; null for all alike.</summary>
    /// <value>Default null. A number of 0 or more in every row.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>How the columns' vectors become one.</summary>
    /// <value>Default <see cref="ColumnCombination.Concatenate"/>.</value>
    public ColumnCombination Combination { get; init; } = ColumnCombination.Concatenate;

    /// <summary>Units of the hidden dense layers between the combined columns and the output.</summary>
    /// <value>Default one layer of 64 units. Empty for none; each from 1 to 65,536.</value>
    public IReadOnlyList<int> HiddenUnits { get; init; } = [64];

    /// <summary>What the hidden layers do with each value.</summary>
    /// <value>Default <see cref="ActivationFunction.Relu"/>.</value>
    public ActivationFunction Activation { get; init; } = ActivationFunction.Relu;

    /// <summary>How the hidden layers bring their values to mean 0 and deviation 1, before the activation.</summary>
    /// <value>Default <see cref="Normalization.None"/>.</value>
    public Normalization Normalization { get; init; } = Normalization.None;

    /// <summary>Number of networks in one: they share columns and dense weights but for cheap scales and biases, and their predictions are averaged.</summary>
    /// <value>
    /// Default 1: a single network. From 1 to 256; 32 in the source, TabM (Gorishniy et al. 2024, arXiv 2410.24210), whose hidden layers have several hundred units. At
    /// least one hidden layer. Training and scoring of the layers take as many times longer.
    /// </value>
    public int EnsembleSize { get; init; } = 1;

    /// <summary>What keeps the network from learning its training rows by heart.</summary>
    /// <value>Default a <see cref="RegularizationOptions"/> with its own defaults.</value>
    public RegularizationOptions Regularization { get; init; } = new();

    /// <summary>Rows to have in memory at a time, for data larger than memory; null to read all rows once and keep them.</summary>
    /// <value>
    /// Default null. At least 1; 100,000 is a good number. With a number, the data is read from the view in each epoch, the rows of a buffer are shuffled among
    /// each other, and the next buffer is read while the last one is trained on, so that up to three are in memory at a time, with the rows held out for
    /// validation. Those are chosen by their ids, at random among all rows. Rows that are sorted in the data, by label for instance, must be shuffled
    /// beforehand. One pass more measures the data first, and needs 4 bytes a row for the labels.
    /// </value>
    public int? ShuffleBufferRows { get; init; }

    /// <summary>Most passes over the training data.</summary>
    /// <value>Default 50 epochs. At least 1. Early stopping usually ends before.</value>
    public int MaxEpochs { get; init; } = 50;

    /// <summary>Rows per step.</summary>
    /// <value>
    /// Default null: 32 rows for fewer than 5,000 training rows, else 64 with a sequence column and 256 without (the ranges that
    /// Keras, fastai and TabM use); larger ones hardly train more rows a second. At least 1.
    /// </value>
    public int? BatchSize { get; init; }

    /// <summary>Step size of Adam.</summary>
    /// <value>Default 0.001, as Kingma and Ba recommend (arXiv 1412.6980). Above 0.</value>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>How the step size changes during the fit.</summary>
    /// <value>Default <see cref="LearningRateSchedule.Constant"/>.</value>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant();

    /// <summary>Whether a step moves every row of the tables, and not only those that its batch looked up.</summary>
    /// <value>
    /// Default false: a row that a step does not look up keeps still, with its moments, so that the time of a step does not depend on the vocabulary;
    /// as torch.optim.SparseAdam. True: Adam over the whole tables as of Kingma and Ba (arXiv 1412.6980), torch.optim.Adam and Keras; a row that was
    /// looked up once goes on moving by its decaying moments. A step then takes about half a millisecond more per million values of the tables.
    /// </value>
    public bool DenseTableUpdates { get; init; }

    /// <summary>Share of the rows to hold out for validation, chosen at random within each class. Not used when a validation view is given to <c>Fit</c>.</summary>
    /// <value>Default 0.1. From 0 (no validation: all epochs are trained, the last weights stay) to below 1.</value>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Epochs without a better validation loss after which training ends; the weights of the best epoch stay. Not used without validation rows.</summary>
    /// <value>Default 5 epochs. At least 1.</value>
    public int Patience { get; init; } = 5;

    /// <summary>How much smaller a validation loss must be to count as better.</summary>
    /// <value>Default 0. At least 0.</value>
    public double MinDelta { get; init; }

    /// <summary>Seed of everything random in a fit: initial weights, order of rows, dropout, the validation rows.</summary>
    /// <value>
    /// Default null: a number drawn from the <c>MLContext</c>'s generator when the trainer is made, so that its seed decides; it depends on how many
    /// components were made before. One seed, the same data and number of threads give the same model.
    /// </value>
    public int? Seed { get; init; }

    /// <summary>Where to write the state of training down now and then, and to go on from; null for nowhere.</summary>
    /// <value>Default null. See <see cref="CheckpointOptions"/>.</value>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>How many threads may train.</summary>
    /// <value>
    /// Default null: as many as the machine has cores. At least 1. One more, which works little, prepares batches. The result depends on the number in its
    /// last digits, so that a fixed one makes machines of different size agree.
    /// </value>
    public int? NumberOfThreads { get; init; }

    /// <summary>Told about ten times a second, and after each epoch, how far training is. Called on the thread that trains, so it should return soon.</summary>
    /// <value>Default null.</value>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Ends training early. Once an epoch was validated, <c>Fit</c> returns the best model so far; before that it throws <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <value>Default none.</value>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The label of a trainer that learns one of a kind.</summary>
    /// <param name="make">Makes a label of the kind from its name.</param>
    /// <exception cref="ArgumentException">There are several labels, or one of another kind.</exception>
    internal IEnumerable<LabelColumn> OneLabel<TLabel>(Func<string, TLabel> make) where TLabel : LabelColumn
    {
        if (Labels.Count > 1 || Labels.Any(label => label is not TLabel))
        {
            OptionErrors.ThrowIfAny("The settings",
            [
                $"{nameof(Labels)} must hold one {typeof(TLabel).Name} for this trainer; it holds {string.Join(", ", Labels.Select(label => $"a {label.GetType().Name} '{label.Name}'"))}. " +
                "Use mlContext.MultiOutput().Trainers.MultiEmbedding for several labels, or the trainer of the label's task.",
            ], "options");
        }
        return Labels.Count > 0 ? Labels : [make(LabelColumnName)];
    }

    /// <summary>The labels of a trainer that learns any.</summary>
    /// <exception cref="ArgumentException">There is no label.</exception>
    internal IEnumerable<LabelColumn> AllLabels()
    {
        if (Labels.Count == 0) OptionErrors.ThrowIfAny("The settings", [$"{nameof(Labels)} must hold at least one label, such as LabelColumn.Regression(\"Rating\")."], "options");
        return Labels;
    }

    internal int Threads => NumberOfThreads ?? Environment.ProcessorCount;

    /// <summary>Rows per step for a number of training rows.</summary>
    internal int BatchSizeFor(int rows) => BatchSize ?? (rows < 5000 ? 32 : Columns.Any(column => column is SequenceColumn) ? 64 : 256);

    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    internal void Validate() => OptionErrors.ThrowIfAny("The settings", Faults(), "options");

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(LabelColumnName)) yield return $"{nameof(LabelColumnName)} must not be empty.";
        if (ExampleWeightColumnName is "") yield return $"{nameof(ExampleWeightColumnName)} must not be empty; leave it null for no weights.";
        foreach (string fault in LabelFaults([.. Labels ?? [null!]])) yield return fault;
        foreach (string fault in ColumnFaults([.. Columns ?? []])) yield return fault;
        if (HiddenUnits is null) yield return $"{nameof(HiddenUnits)} must not be null; use [] for no hidden layer.";
        foreach (int units in (HiddenUnits ?? []).Where(units => units is < 1 or > 65_536)) yield return $"{nameof(HiddenUnits)} must be from 1 to 65536 each; one was {units}.";
        if (!Enum.IsDefined(Combination)) yield return $"{nameof(Combination)} must be Concatenate, Add or Multiply; it was {Combination}.";
        if (!Enum.IsDefined(Activation)) yield return $"{nameof(Activation)} must be Relu, Silu, Tanh or Sigmoid; it was {Activation}.";
        if (!Enum.IsDefined(Normalization)) yield return $"{nameof(Normalization)} must be None, Layer or Batch; it was {Normalization}.";
        if (EnsembleSize is < 1 or > 256) yield return $"{nameof(EnsembleSize)} must be from 1 to 256; it was {EnsembleSize}.";
        if (EnsembleSize > 1 && HiddenUnits is { Count: 0 }) yield return $"{nameof(HiddenUnits)} must name a layer where {nameof(EnsembleSize)} is above 1: without one, the members could not differ.";
        foreach (string fault in Regularization?.Faults() ?? [$"{nameof(Regularization)} must not be null; leave it out for its defaults."]) yield return fault;
        if (ShuffleBufferRows < 1) yield return $"{nameof(ShuffleBufferRows)} must be at least 1; it was {ShuffleBufferRows}.";
        if (MaxEpochs < 1) yield return $"{nameof(MaxEpochs)} must be at least 1; it was {MaxEpochs}.";
        if (BatchSize < 1) yield return $"{nameof(BatchSize)} must be at least 1; it was {BatchSize}.";
        if (!(LearningRate > 0) || double.IsInfinity(LearningRate)) yield return $"{nameof(LearningRate)} must be above 0; it was {LearningRate}.";
        foreach (string fault in Schedule?.Faults() ?? [$"{nameof(Schedule)} must not be null; leave it out for a constant step size."]) yield return fault;
        if (!(ValidationFraction is >= 0 and < 1)) yield return $"{nameof(ValidationFraction)} must be from 0 to below 1; it was {ValidationFraction}.";
        foreach (string fault in Checkpoints?.Faults() ?? []) yield return fault;
        if (NumberOfThreads < 1) yield return $"{nameof(NumberOfThreads)} must be at least 1; it was {NumberOfThreads}.";
        if (Patience < 1) yield return $"{nameof(Patience)} must be at least 1; it was {Patience}.";
        if (!(MinDelta >= 0) || double.IsInfinity(MinDelta)) yield return $"{nameof(MinDelta)} must be at least 0; it was {MinDelta}.";
    }

    private IEnumerable<string> ColumnFaults(InputColumn?[] given)
    {
        InputColumn[] columns = [.. given.OfType<InputColumn>()];
        if (given.Length == 0) yield return $"{nameof(Columns)} must hold at least one input column, such as InputColumn.Number(\"Age\").";
        if (columns.Length < given.Length) yield return $"{nameof(Columns)} must not hold null.";
        foreach (string fault in columns.SelectMany(column => column.Faults())) yield return fault;
        foreach (string name in columns.Select(column => column.Name ?? "").CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key))
            yield return $"{nameof(Columns)} must name each column once; '{name}' is there more often.";
        foreach (string fault in SharedTables.Faults(columns)) yield return fault;
        string[] labels = Labels is { Count: > 0 } ? [.. Labels.OfType<LabelColumn>().Select(label => label.Name)] : [LabelColumnName];
        foreach (string label in labels.Intersect(columns.Select(column => column.Name))) yield return $"{nameof(Columns)} must not hold the label column '{label}'.";
    }

    private static IEnumerable<string> LabelFaults(LabelColumn?[] given)
    {
        LabelColumn[] labels = [.. given.OfType<LabelColumn>()];
        if (labels.Length < given.Length) yield return $"{nameof(Labels)} must not be or hold null.";
        foreach (string fault in labels.SelectMany(label => label.Faults())) yield return fault;
        foreach (string name in labels.CountBy(label => label.Name ?? "").Where(name => name.Value > 1).Select(name => name.Key))
            yield return $"{nameof(Labels)} must name each column once; '{name}' is there more often.";
    }
}
