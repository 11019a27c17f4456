namespace MLNet.Embeddings;

/// <summary>Settings of a <see cref="MultiEmbeddingTrainer"/>.</summary>
/// <remarks>Immutable. The trainer checks them when it is made and reports every fault at once. The defaults are meant to work as they are.</remarks>
public sealed record MultiEmbeddingOptions : TrainingOptions
{
    /// <summary>Name of the column to predict.</summary>
    /// <value>Default "Label". A Boolean column for binary classification, a key for multiclass classification, Single for regression. Has no effect with
    /// <see cref="Labels"/>.</value>
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
    /// Default 1: a single network. From 1 to 256; 32 in the source, TabM (Gorishniy et al. 2024, arXiv 2410.24210), whose hidden layers have several hundred
    /// units. At least one hidden layer. Training and scoring of the layers take as many times longer.
    /// </value>
    public int EnsembleSize { get; init; } = 1;

    /// <summary>The label of a trainer that learns one of a kind.</summary>
    /// <param name="make">Makes a label of the kind from its name.</param>
    /// <exception cref="ArgumentException">There are several labels, or one of another kind.</exception>
    internal IEnumerable<LabelColumn> OneLabel<TLabel>(Func<string, TLabel> make) where TLabel : LabelColumn
    {
        if (Labels.Count > 1 || Labels.Any(label => label is not TLabel))
        {
            OptionErrors.ThrowIfAny("The settings",
            [
                $"{nameof(Labels)} must hold one {typeof(TLabel).Name} for this trainer; it holds " +
                $"{string.Join(", ", Labels.Select(label => $"a {label.GetType().Name} '{label.Name}'"))}. " +
                "Use mlContext.MultiOutput().Trainers.MultiEmbedding for several labels, or the trainer of the label's task.",
            ], "options");
        }
        return Labels.Count > 0 ? Labels : [make(LabelColumnName)];
    }

    /// <summary>The labels of a trainer that learns any.</summary>
    /// <exception cref="ArgumentException">There is no label.</exception>
    internal IEnumerable<LabelColumn> AllLabels()
    {
        if (Labels.Count == 0)
            OptionErrors.ThrowIfAny("The settings", [$"{nameof(Labels)} must hold at least one label, such as LabelColumn.Regression(\"Rating\")."], "options");
        return Labels;
    }

    internal override int MaxEpochsFor(int rows) => MaxEpochs ?? 50;

    private protected override double DefaultDropout => 0.1;

    internal override int BatchSizeFor(int rows) => BatchSize ?? (rows < 5000 ? 32 : Columns.Any(column => column is SequenceColumn) ? 64 : 256);

    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    internal void Validate() => OptionErrors.ThrowIfAny("The settings", Faults(), "options");

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(LabelColumnName)) yield return $"{nameof(LabelColumnName)} must not be empty.";
        if (ExampleWeightColumnName is "") yield return $"{nameof(ExampleWeightColumnName)} must not be empty; leave it null for no weights.";
        foreach (string fault in LabelFaults([.. Labels ?? [null!]])) yield return fault;
        foreach (string fault in ColumnFaults([.. Columns ?? []])) yield return fault;
        if (HiddenUnits is null) yield return $"{nameof(HiddenUnits)} must not be null; use [] for no hidden layer.";
        foreach (int units in (HiddenUnits ?? []).Where(units => units is < 1 or > 65_536))
            yield return $"{nameof(HiddenUnits)} must be from 1 to 65536 each; one was {units}.";
        if (!Enum.IsDefined(Combination)) yield return $"{nameof(Combination)} must be Concatenate, Add or Multiply; it was {Combination}.";
        if (!Enum.IsDefined(Activation)) yield return $"{nameof(Activation)} must be Relu, Silu, Tanh or Sigmoid; it was {Activation}.";
        if (!Enum.IsDefined(Normalization)) yield return $"{nameof(Normalization)} must be None, Layer or Batch; it was {Normalization}.";
        if (EnsembleSize is < 1 or > 256) yield return $"{nameof(EnsembleSize)} must be from 1 to 256; it was {EnsembleSize}.";
        if (EnsembleSize > 1 && HiddenUnits is { Count: 0 })
            yield return $"{nameof(HiddenUnits)} must name a layer where {nameof(EnsembleSize)} is above 1: without one, the members could not differ.";
        foreach (string fault in TrainingFaults()) yield return fault;
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
        foreach (string label in labels.Intersect(columns.Select(column => column.Name)))
            yield return $"{nameof(Columns)} must not hold the label column '{label}'.";
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
