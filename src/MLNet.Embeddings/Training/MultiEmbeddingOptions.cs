namespace MLNet.Embeddings;

/// <summary>Settings of a <see cref="MultiEmbeddingTrainer"/>.</summary>
/// <remarks>
/// <para>
/// Immutable, and equal to others of equal settings; one that is left out differs from one that is set to its default. The trainer checks them when it is
/// made and reports every fault at once. The defaults are meant to work as they are.
/// </para>
/// <para>
/// What is left out is chosen by the data, by fixed rules for the rows, the kinds of columns and the lengths of texts, the same for one seed; what is set is
/// obeyed. What was chosen stands in the model (<c>model.Settings</c>). A network is <em>described</em> as soon as <see cref="HiddenUnits"/>,
/// <see cref="Combination"/>, <see cref="Activation"/>, <see cref="Normalization"/> or <see cref="EnsembleSize"/> is set, or
/// <see cref="TrainingOptions.ShuffleBufferRows"/>: then nothing is chosen. One network is trained exactly as the settings say, and those that are left out
/// have the fixed defaults that each of them names.
/// </para>
/// </remarks>
public sealed record MultiEmbeddingOptions : TrainingOptions
{
    private readonly ColumnCombination? _combination;
    private readonly IReadOnlyList<int>? _hiddenUnits;
    private readonly ActivationFunction? _activation;
    private readonly Normalization? _normalization;
    private readonly int? _ensembleSize;

    /// <summary>Name of the column to predict.</summary>
    /// <value>Default "Label". Its types are those of <see cref="LabelColumn.Binary"/>, <see cref="LabelColumn.Multiclass"/> or
    /// <see cref="LabelColumn.Regression"/>, by the trainer. Has no effect with <see cref="Labels"/>.</value>
    public string LabelColumnName { get; init; } = DefaultLabel;

    internal const string DefaultLabel = "Label";

    /// <summary>The labels with settings of their own, such as class weights or the loss; several of them for a network of several outputs.</summary>
    /// <value>
    /// Default empty: the one column that <see cref="LabelColumnName"/> names. The trainers of a task take one label of their kind; those of
    /// <c>mlContext.MultiOutput()</c> take one or more of any kind, which share the network but for its last layer.
    /// </value>
    public IReadOnlyList<LabelColumn> Labels { get; init => field = ValueList.Of(value); } = ValueList.Of<LabelColumn>([]);

    /// <summary>The columns that the network reads, in any order.</summary>
    /// <value>
    /// Default empty: every column of the data but the labels, the example weight and ids (integers that are different in all rows), each by its type and
    /// values; what was decided is told to the log, and stands in the model's settings. Each name once. A column's own settings, such as a text's
    /// <see cref="TextColumn.Encoder"/>, may be set without describing the network.
    /// </value>
    public IReadOnlyList<InputColumn> Columns { get; init => field = ValueList.Of(value); } = ValueList.Of<InputColumn>([]);

    /// <summary>Name of a column that says how much a row counts; null for all alike.</summary>
    /// <value>Default null. A number of 0 or more in every row.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>How much time a fit may take to become better.</summary>
    /// <value>
    /// Default <see cref="TrainingEffort.Normal"/>. It decides <see cref="Members"/>, <see cref="TrainingOptions.MaxEpochs"/> and whether other settings are
    /// searched for; it has no effect on what is set, and none where the network is described.
    /// </value>
    public TrainingEffort Effort { get; init; } = TrainingEffort.Normal;

    /// <summary>Number of networks that are trained apart, each on all rows but a part of its own, and whose predictions are averaged.</summary>
    /// <value>
    /// Default null: by <see cref="Effort"/>, 1 (Quick), 4 (Normal; 6 below 20,000 rows) or 8 (Thorough); 1 where the network is described. From 1 to 64. They
    /// are trained side by side on the cores; each row is validated once, by a network that has not seen it. Training, file and scoring grow with them. Hansen
    /// and Salamon 1990 (IEEE PAMI 12); Lakshminarayanan et al. 2017 (arXiv 1612.01474).
    /// </value>
    public int? Members { get; init; }

    /// <summary>
    /// Whether a wide part is trained in addition to the networks: a linear model of word n-grams and character n-grams of texts (TF-IDF), of categories, of
    /// the pairs of two where there are at most nine, and of numbers between knots. Validation rows decide its weight. Character n-grams are left out where the
    /// texts of all rows together have more than 20 million characters.
    /// </summary>
    /// <value>
    /// Default null: true; false where the network is described. It is trained by itself, to the optimum of the penalty that serves held-out rows best, and not
    /// by the network's optimizer; always on the CPU. Cheng et al. 2016 (arXiv 1606.07792).
    /// </value>
    public bool? Wide { get; init; }

    /// <summary>How the columns' vectors become one.</summary>
    /// <value>Default <see cref="ColumnCombination.Concatenate"/>, always. Setting it describes the network.</value>
    public ColumnCombination Combination
    {
        get => _combination ?? ColumnCombination.Concatenate;
        init => _combination = value;
    }

    /// <summary>Units of the hidden dense layers between the combined columns and the output.</summary>
    /// <value>
    /// Default: chosen by the data, one layer of 128 units where there are texts or sequences, else two of 256 and 128; one of 64 where the network is
    /// described by another setting. Empty for none; each from 1 to 65,536. Setting it describes the network.
    /// </value>
    public IReadOnlyList<int> HiddenUnits
    {
        get => _hiddenUnits ?? ValueList.Of([64]);
        init => _hiddenUnits = ValueList.Of(value);
    }

    /// <summary>What the hidden layers do with each value.</summary>
    /// <value>Default <see cref="ActivationFunction.Relu"/>, always. Setting it describes the network.</value>
    public ActivationFunction Activation
    {
        get => _activation ?? ActivationFunction.Relu;
        init => _activation = value;
    }

    /// <summary>How the hidden layers bring their values to mean 0 and deviation 1, before the activation.</summary>
    /// <value>Default <see cref="Normalization.None"/>, always. Setting it describes the network.</value>
    public Normalization Normalization
    {
        get => _normalization ?? Normalization.None;
        init => _normalization = value;
    }

    /// <summary>Number of networks in one: they share columns and dense weights but for cheap scales and biases, and their predictions are averaged.</summary>
    /// <value>
    /// Default 1: a single network. From 1 to 256; 32 in the source, TabM (Gorishniy et al. 2024, arXiv 2410.24210), whose hidden layers have several hundred
    /// units. At least one hidden layer. Training and scoring of the layers take as many times longer. Setting it describes the network.
    /// <see cref="Members"/> are networks that share nothing.
    /// </value>
    public int EnsembleSize
    {
        get => _ensembleSize ?? 1;
        init => _ensembleSize = value;
    }

    /// <summary>Whether the settings describe a network, so that none is chosen by the data.</summary>
    internal bool DescribesNetwork =>
        _hiddenUnits is not null || _combination is not null || _activation is not null || _normalization is not null || _ensembleSize is not null;

    internal override IEnumerable<string> LeftOut => base.LeftOut.Concat(
        from setting in ((string, object?)[])
        [
            (nameof(HiddenUnits), _hiddenUnits), (nameof(Combination), _combination), (nameof(Activation), _activation),
            (nameof(Normalization), _normalization), (nameof(EnsembleSize), _ensembleSize),
        ]
        where setting.Item2 is null
        select setting.Item1);

    /// <summary>Whether what was left out is chosen by the data.</summary>
    internal bool ChoosesByData => !DescribesNetwork && ShuffleBufferRows is null;

    /// <summary>Whether anything hangs on what the data is like, so that a pass over it must find out first.</summary>
    internal bool NeedsFacts => Columns.Count == 0 || ChoosesByData || Wide == true;

    /// <summary>Number of networks.</summary>
    internal int MemberCount => Members ?? 1;

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

    internal override int BatchSizeFor(int rows) => BatchSize ?? (rows < 5000 ? 32 : Columns.Any(column => column is SequenceColumn or TextColumn) ? 64 : 256);

    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    internal void Validate() => OptionErrors.ThrowIfAny("The settings", Faults(), "options");

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(LabelColumnName)) yield return $"{nameof(LabelColumnName)} must not be empty.";
        if (ExampleWeightColumnName is "") yield return $"{nameof(ExampleWeightColumnName)} must not be empty; leave it null for no weights.";
        foreach (string fault in LabelFaults([.. Labels ?? [null!]])) yield return fault;
        foreach (string fault in ColumnFaults([.. Columns ?? []])) yield return fault;
        foreach (int units in HiddenUnits.Where(units => units is < 1 or > 65_536))
            yield return $"{nameof(HiddenUnits)} must be from 1 to 65536 each; one was {units}.";
        foreach (string fault in EnumValues.Faults(nameof(Combination), Combination)) yield return fault;
        foreach (string fault in EnumValues.Faults(nameof(Activation), Activation)) yield return fault;
        foreach (string fault in EnumValues.Faults(nameof(Normalization), Normalization)) yield return fault;
        if (Members is < 1 or > TrainedModel.MostNetworks)
            yield return $"{nameof(Members)} must be from 1 to {TrainedModel.MostNetworks}; it was {Members}.";
        if (ShuffleBufferRows is not null && (Members > 1 || Wide == true))
            yield return $"{nameof(Members)} above 1 and {nameof(Wide)} need all rows in memory; leave them out, or {nameof(ShuffleBufferRows)}.";
        foreach (string fault in EnumValues.Faults(nameof(Effort), Effort)) yield return fault;
        if (EnsembleSize is < 1 or > 256) yield return $"{nameof(EnsembleSize)} must be from 1 to 256; it was {EnsembleSize}.";
        if (EnsembleSize > 1 && HiddenUnits is { Count: 0 })
            yield return $"{nameof(HiddenUnits)} must name a layer where {nameof(EnsembleSize)} is above 1: without one, the members could not differ.";
        foreach (string fault in TrainingFaults()) yield return fault;
    }

    private IEnumerable<string> ColumnFaults(InputColumn?[] given)
    {
        InputColumn[] columns = [.. given.OfType<InputColumn>()];
        if (columns.Length < given.Length || Columns is null) yield return $"{nameof(Columns)} must not be or hold null.";
        foreach (var text in columns.OfType<TextColumn>())
        {
            var tokens = (text.Readings ?? []).Select(reading => reading?.Tokens).Append(text.Tokens);
            foreach (string fault in tokens.SelectMany(one => one?.Faults() ?? [])) yield return $"Of the tokens of column '{text.Name}': {fault}";
        }
        foreach (string fault in columns.SelectMany(column => column.Faults())) yield return fault;
        foreach (string name in columns.Select(column => column.Name ?? "").CountBy(name => name).Where(name => name.Value > 1).Select(name => name.Key))
            yield return $"{nameof(Columns)} must name each column once; '{name}' is there more often. To read it in two ways, copy it first: " +
                $"mlContext.Transforms.CopyColumns(\"{name}2\", \"{name}\").";
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
