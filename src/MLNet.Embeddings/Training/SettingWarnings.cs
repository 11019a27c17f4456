using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Settings that have no effect, or another one than meant, beside others: a sentence each. Nobody is told of a default.</summary>
/// <param name="given">The settings as they were given.</param>
/// <param name="hasValidationData">Whether validation data is given to the fit.</param>
/// <param name="gpu">The GPU that the context asks for; null for none.</param>
internal sealed class SettingWarnings(TrainingOptions given, bool hasValidationData, int? gpu)
{
    private bool Validates => hasValidationData || given.ValidationFraction > 0;

    private bool SetsFraction => given.ValidationFraction is > 0 and not TrainingOptions.DefaultValidationFraction;

    /// <summary>Those of training, whatever the network.</summary>
    /// <param name="filled">The settings with what was chosen by the data.</param>
    /// <param name="maxEpochs">Most passes over the training rows.</param>
    /// <param name="networks">Number of networks.</param>
    /// <param name="hasUnknown">Whether any column has a key for unknown values that is to be trained.</param>
    internal IEnumerable<string> OfTraining(TrainingOptions filled, int maxEpochs, int networks, bool hasUnknown)
    {
        const string NoRows = "no row is validated on: ValidationFraction is 0 and no validation data is given";
        double unknown = given.Regularization.UnknownDropout;
        int patience = filled.PatienceFor(maxEpochs);
        return Told(
            (!Validates && given.Patience is not null,
                $"Patience = {given.Patience} has no effect, because {NoRows}. Training goes on to its last epoch."),
            (!Validates && given.MinDelta > 0, $"MinDelta = {Text(given.MinDelta)} has no effect, because {NoRows}."),
            (!Validates && given.Schedule is PlateauSchedule, $"Schedule = {given.Schedule.Name} has no effect, because {NoRows}: the step size stays."),
            (Validates && given.Schedule is PlateauSchedule plateau && plateau.Patience >= patience,
                $"Schedule = {given.Schedule.Name} has no effect: it waits for {(given.Schedule as PlateauSchedule)?.Patience} epochs without a better loss, " +
                $"after Patience = {patience} of which training ends. Give it a smaller patience, or a larger Patience to the training."),
            (Validates && filled.Schedule.HasEnd && given.Patience < maxEpochs,
                $"Patience = {patience} may end training before Schedule = {filled.Schedule.Name} has brought the learning rate down, for which " +
                "it needs all epochs. Leave Patience out, or choose a schedule without an end."),
            (SetsFraction && hasValidationData,
                $"ValidationFraction = {Text(given.ValidationFraction)} has no effect, because Fit is given validation data: all other rows are trained on."),
            (SetsFraction && !hasValidationData && networks > 1,
                $"ValidationFraction = {Text(given.ValidationFraction)} has no effect: of {networks} networks each holds out an equal part of its own. Set " +
                "Members = 1 to hold out this fraction, or leave it out."),
            (unknown is > 0 and not RegularizationOptions.DefaultUnknownDropout && !hasUnknown && !given.AreOfModel,
                $"UnknownDropout = {Text(unknown)} has no effect: no column has a key for unknown values, as raw texts and categories have, and those of " +
                "IndexTokens and IndexCategories, without HashBuckets."),
            (gpu is not null && given.Backend == TrainingBackend.Kernels,
                $"Backend is {TrainingBackend.Kernels}, so that training uses the CPU, though the MLContext asks for GPU {gpu}."));
    }

    /// <summary>Those of a model over columns.</summary>
    /// <param name="filled">The settings with what was chosen by the data.</param>
    /// <param name="read">The columns that networks read, behind what indexes raw ones.</param>
    /// <param name="schema">The columns of the data behind that.</param>
    /// <param name="goesOn">Whether training goes on from an earlier model.</param>
    internal IEnumerable<string> OfModel(MultiEmbeddingOptions filled, IReadOnlyList<InputColumn> read, DataViewSchema schema, bool goesOn)
    {
        var options = (MultiEmbeddingOptions)given;
        bool hasUnknown = read.OfType<EmbeddingColumn>().Any(column => schema[column.Name].HasUnknownKey());
        bool hasHidden = filled.HiddenUnits.Count > 0;
        return
        [
            .. OfTraining(filled, filled.MaxEpochsFor(rows: 0), filled.MemberCount, hasUnknown),
            .. OfEffort(options, filled, goesOn),
            .. Told(
                (options.Labels.Count > 0 && options.LabelColumnName != MultiEmbeddingOptions.DefaultLabel
                    && options.Labels.All(label => label.Name != options.LabelColumnName),
                    $"LabelColumnName = '{options.LabelColumnName}' has no effect, because Labels is set. Leave it out, or add that label."),
                (!hasHidden && options.Activation != ActivationFunction.Relu, $"Activation = {options.Activation} has no effect: HiddenUnits names no layer."),
                (!hasHidden && options.Normalization != Normalization.None,
                    $"Normalization = {options.Normalization} has no effect: HiddenUnits names no layer."),
                (!hasHidden && options.Regularization.Dropout > 0 && !read.Any(column => column is SequenceColumn),
                    $"Dropout = {Text(options.Regularization.Dropout ?? 0)} has no effect: there is no hidden layer, text or sequence to drop values of."),
                (options.Combination != ColumnCombination.Concatenate && read.Count == 1,
                    $"Combination = {options.Combination} has no effect: the network reads one column."),
                (options.DenseTableUpdates && read.OfType<EmbeddingColumn>().All(column => SharedTables.VectorsOf(column, read) is { Trainable: false }),
                    "DenseTableUpdates has no effect: no table is trained.")),
            .. OfColumns(options.Columns),
            .. OfLabels(options.Labels),
        ];
    }

    private IEnumerable<string> OfEffort(MultiEmbeddingOptions options, MultiEmbeddingOptions filled, bool goesOn)
    {
        string? noSearch = goesOn ? "training goes on from an earlier model"
            : !Validates ? "no row is validated on"
            : filled is { MemberCount: 1, Wide: false } ? "one network is trained, without a wide part" : null;
        bool isFree = options.ChoosesByData;
        return Told(
            (!isFree && options.Effort != TrainingEffort.Normal && !options.AreOfModel,
                $"Effort = {options.Effort} has no effect, because the network is described, by HiddenUnits, Combination, Activation, Normalization, " +
                "EnsembleSize or ShuffleBufferRows: nothing is chosen. Leave these out, or Effort."),
            (isFree && options is { Effort: TrainingEffort.Quick, Members: not null, MaxEpochs: not null },
                "Effort = Quick has no effect, because Members and MaxEpochs, which it decides, are set."),
            (isFree && options.Effort == TrainingEffort.Thorough && noSearch is not null,
                $"Effort = Thorough searches for no settings, because {noSearch}."));
    }

    private static IEnumerable<string> OfColumns(IReadOnlyList<InputColumn> columns) =>
    [
        .. from table in SharedTables.Of(columns)
           where table.Count() == 1
           select $"Table = '{table.Key}' of column '{table.First().Name}' has no effect: no other column names this table. Give the same name to both.",
        .. from column in columns
           where Encoder(column) is RecurrentEncoder { Layers: 1, Dropout: > 0 }
           select $"The dropout of the encoder of column '{column.Name}' has no effect: it falls between layers, and there is one. Set Regularization.Dropout.",
        .. from text in columns.OfType<TextColumn>()
           where text.Tokens is { FixedLength: true } || text.Readings?.Any(reading => reading.Tokens.FixedLength) == true
           select $"FixedLength of the tokens of column '{text.Name}' has no effect: networks leave padding out.",
        .. from text in columns.OfType<TextColumn>()
           where text.Vectors is { LowerCaseFallback: true } && SharedTables.TokensOf(text, columns) is null or { Standardize: not false }
           select $"LowerCaseFallback of the vectors of column '{text.Name}' has no effect: its terms are in lower case, as Tokens.Standardize is on.",
    ];

    private static IEnumerable<string> OfLabels(IReadOnlyList<LabelColumn> labels) =>
    [
        .. from label in labels
           where label.Weight != 1 && labels.Count == 1
           select $"Weight = {Text(label.Weight)} of label '{label.Name}' has no effect: there is no other label to count more or less than.",
        .. from label in labels.OfType<RegressionLabel>()
           where label.HuberDelta != 1 && label.Loss != RegressionLoss.Huber
           select $"HuberDelta = {Text(label.HuberDelta)} of label '{label.Name}' has no effect, because its Loss is {label.Loss}.",
    ];

    private static SequenceEncoder? Encoder(InputColumn column) => column switch
    {
        TextColumn text => text.Encoder,
        SequenceColumn sequence => sequence.Encoder,
        _ => null,
    };

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Told(params (bool Is, string Text)[] warnings) => warnings.Where(warning => warning.Is).Select(warning => warning.Text);
}
