using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fitted network over category, sequence and number columns, which scores rows.</summary>
/// <remarks>
/// <para>
/// Adds the columns that ML.NET's own trainers of the task add, so its evaluators and calibrators work on them. In networks made by <c>MultiOutput</c> their
/// names begin with that of the label, as in "Rating.Score".
/// </para>
/// <list type="table">
/// <listheader><term>column</term><description>type and meaning</description></listheader>
/// <item><term>PredictedLabel, binary</term><description>Boolean: whether the probability is above the threshold of
/// <see cref="WithThreshold"/>: one half, a score of 0, unless it was set. Where the label has other values, as "yes" and "no",
/// <c>model.Predict</c> and <c>model.Score(frame)</c> give these.</description></item>
/// <item><term>Score, binary</term><description>Single: the logit of the positive class, less that of the threshold, so that it is above 0
/// where PredictedLabel is true; always finite.</description></item>
/// <item><term>Probability, binary</term><description>Single: effectively computes 1 / (1 + e⁻ˢ) of logit s.</description></item>
/// <item><term>PredictedLabel, multiclass</term><description>Key of the label's values: the most probable class.</description></item>
/// <item><term>Score, multiclass</term><description>Vector of Single: a probability for each class, the softmax of the network's outputs; the slots are named
/// by the classes, as texts, or by their keys from 1 where these have no values.</description></item>
/// <item><term>PredictedLabel, set</term><description>Vector of keys, of any length: the labels whose probability is one half or more.</description></item>
/// <item><term>Score, set</term><description>Vector of Single: for each label the probability that it is in the set, 1 / (1 + e⁻ˢ) of the network's output s;
/// the slots are named by the labels.</description></item>
/// <item><term>Score, regression</term><description>Single: in the label's unit.</description></item>
/// <item><term>The label, where the data has it in a type that ML.NET's evaluators cannot read</term><description>A column of the same name in the one that
/// they can: a key of the classes of PredictedLabel, key 0 for a value that is none; Boolean, where to read a value that is none of the two is an error;
/// Single. So <c>Evaluate</c> works as it stands.</description></item>
/// </list>
/// <para>
/// Scoring is managed code: it loads no native library. Any number of threads may use one transformer at once. It is lazy: nothing is computed until a cursor
/// asks for an added column. The cursor then reads ahead, at most as many rows as it has given out and never more than 256, and scores them together on all
/// cores; the cursors of a set share the cores. A row's score has the same bits as that of a prediction engine. What a sequence's term gives to a GRU is
/// computed when the term is first met, then kept.
/// </para>
/// <para>
/// Missing values are legal: a key of 0, an empty sequence and a number that is NaN get a score; an infinite number counts as the end of the range of the
/// training rows. Reading a row throws <see cref="InvalidOperationException"/> when a key is above those of training, or a vector has another length than in
/// training.
/// </para>
/// </remarks>
public sealed class MultiEmbeddingTransformer : RowMappingTransformer, INetworkModel
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = ModelEntries.Kind;

    private readonly IReadOnlyList<RowMappingTransformer> _steps;
    private readonly Scorer _scorer;
    private readonly Lazy<Scorer> _features;

    // Of no use for scoring, so it is read from a model file when it is asked for.
    private readonly Lazy<TrainingHistory> _history;

    /// <param name="steps">What makes keys of raw columns, in order.</param>
    /// <param name="model">What scores the columns behind the steps.</param>
    /// <param name="history">How the fit went.</param>
    internal MultiEmbeddingTransformer(IReadOnlyList<RowMappingTransformer> steps, TrainedModel model, TrainingHistory history)
        : this(steps, model, new Scorer(model), new Lazy<TrainingHistory>(() => history))
    {
    }

    private MultiEmbeddingTransformer(IReadOnlyList<RowMappingTransformer> steps, TrainedModel model, Scorer scorer, Lazy<TrainingHistory> history) =>
        (_steps, Model, _scorer, _features, _history) = (steps, model, scorer, new(scorer.ForFeatures), history);

    /// <summary>What scores the columns behind the steps.</summary>
    internal TrainedModel Model { get; }

    /// <summary>What makes keys of raw columns, in order.</summary>
    internal IReadOnlyList<RowMappingTransformer> Steps => _steps;

    /// <summary>How the fit went, epoch by epoch; saved with the model.</summary>
    /// <exception cref="FormatException">The model was loaded from a file whose history is damaged.</exception>
    public TrainingHistory History => _history.Value;

    /// <summary>The same model with another probability above which PredictedLabel is the positive class; this transformer stays as it is.</summary>
    /// <param name="threshold">The probability, from 0, with which every row is predicted positive, to 1, with which none is.</param>
    /// <param name="labelColumnName">The label; may be null where the model has one binary label only.</param>
    /// <remarks>
    /// Probability stays as it is. Score is moved, so that it is above 0 where PredictedLabel is true: ML.NET's evaluators count by that, and so agree with the
    /// threshold. It is saved with the model. <c>model.BestThreshold(data)</c> finds one.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is below 0, above 1 or NaN.</exception>
    /// <exception cref="ArgumentException">The model has no such binary label, or several and none is named.</exception>
    public MultiEmbeddingTransformer WithThreshold(double threshold, string? labelColumnName = null)
    {
        if (!(threshold is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold,
                "The threshold is a probability; give a number from 0, which predicts every row positive, to 1, which predicts none.");
        }
        var label = BinaryLabel(labelColumnName);
        LabelShape[] labels = [.. Model.Shape.Labels.Select(one => one == label ? label with { Threshold = threshold } : one)];
        var shape = Model.Shape with { Labels = labels };
        var model = Model with { Networks = [.. Model.Networks.Select(network => network with { Shape = shape })] };
        return new MultiEmbeddingTransformer(_steps, model, _scorer, _history);
    }

    /// <summary>The binary label of a name, or the only one.</summary>
    /// <param name="labelColumnName">The name; null for the only one.</param>
    /// <exception cref="ArgumentException">There is no such label, or there are several and no name.</exception>
    internal BinaryLabelShape BinaryLabel(string? labelColumnName)
    {
        BinaryLabelShape[] labels = [.. BinaryLabels(labelColumnName)], all = [.. BinaryLabels(null)];
        if (labels is [var found]) return found;
        if (all.Length == 0)
        {
            string others = string.Join(", ", Model.Shape.Labels.Select(label => $"'{label.Name}' ({KindOf(label)})"));
            throw new ArgumentException(
                $"A threshold belongs to a binary label; the model has none: it predicts {others}. Use a model that has one.", nameof(labelColumnName));
        }
        string asked = labelColumnName is null ? "no label is named" : $"'{labelColumnName}' is none of them";
        throw new ArgumentException(
            $"A threshold belongs to one binary label; the model has {all.Length} ({string.Join(", ", all.Select(label => $"'{label.Name}'"))}), " +
            $"and {asked}. Name a binary label, or use a model that has one.", nameof(labelColumnName));
    }

    private static string KindOf(LabelShape label) => label switch
    {
        BinaryLabelShape => "binary",
        MulticlassLabelShape => "multiclass",
        SetLabelShape => "a set",
        _ => "regression",
    };

    /// <summary>Whether there is a binary label of a name, or any where none is given.</summary>
    internal bool HasBinaryLabel(string? name) => BinaryLabels(name).Any();

    private IEnumerable<BinaryLabelShape> BinaryLabels(string? name) =>
        Model.Shape.Labels.OfType<BinaryLabelShape>().Where(label => name is null || label.Name == name);

    /// <summary>Reads a transformer from a model file.</summary>
    /// <exception cref="FormatException">The file is damaged, or holds what is no network.</exception>
    internal static MultiEmbeddingTransformer Read(EntryReader entries)
    {
        var saved = entries.ReadShape(json => json);
        var (model, steps) = ModelEntries.Read(entries);
        return new MultiEmbeddingTransformer(
            [.. steps.Select(step => step.Transformer(entries.Warn))], model, new Scorer(model),
            new Lazy<TrainingHistory>(() => EntryReader.Deserialize(saved, NetworkJson.Default.SavedNetwork).History));
    }

    private protected override RowBinding Bind(DataViewSchema input) => BindBehindSteps(input, (schema, scorer) => new ScoreBinding(
        schema, scorer, ScoreColumns.Of(Model.Shape.Labels, Model.Shape.NamesLabels), EvaluatedLabel.Of(Model.Shape.Labels, schema)));

    /// <summary>Binds what reads the columns that the steps make.</summary>
    /// <param name="input">The schema of the raw columns.</param>
    /// <param name="bind">Binds to the schema behind the steps.</param>
    internal RowBinding BindBehindSteps(DataViewSchema input, Func<DataViewSchema, Scorer, RowBinding> bind) =>
        ChainedBinding.Of(input, _steps, schema => bind(schema, _scorer));

    IReadOnlyList<RowMappingTransformer> INetworkModel.Steps => _steps;

    IReadOnlyList<(string Name, ColumnShape Shape)> INetworkModel.Columns => [.. Model.Shape.Columns.Select(column => (column.Name, column))];

    IReadOnlyList<TrainedArrays> INetworkModel.Networks => Model.Networks;

    RowBinding INetworkModel.BindFeatures(DataViewSchema input, string outputColumnName) => ChainedBinding.Of(input, _steps, schema =>
        new FeaturesBinding(schema, _features.Value, FeaturesColumn.Detach(outputColumnName, Model.Networks.Count * Model.Shape.HiddenSize)));

    internal override void AddTo(OnnxPipeline pipeline)
    {
        (string Name, OnnxValue Value)[] labels =
            [.. EvaluatedLabel.Of(Model.Shape.Labels, pipeline.Schema).Select(label => (label.Column.Name, label.ToOnnx(pipeline)))];
        AddTo(pipeline, new OnnxInputs(pipeline.Graph, _steps.Fitted(), pipeline.Column));
        foreach (var (name, value) in labels) pipeline.Set(name, value);
    }

    /// <summary>Adds what comes behind the steps to a graph; what the networks read becomes inputs.</summary>
    internal void AddFromKeys(OnnxPipeline pipeline)
    {
        var inputs = ReadColumn.OfNetworks(Model).Concat(ReadColumn.OfWide(Model)).DistinctBy(column => column.Name)
            .ToDictionary(column => column.Name, column => new Lazy<OnnxColumn>(() => Input(pipeline.Graph, column)));
        AddTo(pipeline, new OnnxInputs(pipeline.Graph, [], name => inputs[name].Value, areFilledUp: true));
    }

    private static OnnxColumn Input(OnnxGraph graph, ReadColumn column)
    {
        var (type, extent) = column switch
        {
            ReadNumbers numbers => (OnnxType.Double, (object)numbers.Count),
            ReadCategory => (OnnxType.Int64, 1),
            _ => (OnnxType.Int64, $"{column.Name} keys"),
        };
        return new OnnxColumn(graph.Input(column.Name, type, [OnnxPipeline.Rows, extent]), type);
    }

    private void AddTo(OnnxPipeline pipeline, OnnxInputs inputs)
    {
        var outputs = OnnxNetwork.Outputs(pipeline.Graph, Model, inputs);
        foreach (var score in OnnxScores.Of(Model.Shape, outputs)) pipeline.Set(score.Name, score.Value);
    }

    internal override void Write(EntryWriter entries) => ModelEntries.Write(entries, Model, _steps.Fitted(), History);
}
