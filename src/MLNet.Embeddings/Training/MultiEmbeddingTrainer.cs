using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Trains a model over columns as they stand, or over columns of keys: networks that learn an embedding per column, and a wide part.</summary>
/// <remarks>
/// <para>
/// In a network the columns' vectors are put one after the other and pass through dense layers; it is trained by Adam. Several networks are trained side by
/// side and averaged, the wide part beside them is linear, and rows held out say how much each counts. A network that the options describe is trained alone
/// (<see cref="MultiEmbeddingOptions"/>). Raw columns are indexed by the trainer; the fitted model reads them as they are. Scoring is managed code that needs
/// no native library.
/// </para>
/// <list type="table">
/// <listheader><term>Column</term><description>Type</description></listheader>
/// <item><term>Label, in</term><description>For binary classification Boolean, or two values of another type; for multiclass classification a scalar key, text,
/// Boolean or a number type; for regression a number type; for a set of labels a vector of text or keys. Rows with no label (empty text, key 0, NaN) are left
/// out, counted and reported.</description></item>
/// <item><term>Text columns, in</term><description>Text. An empty one is missing.</description></item>
/// <item><term>Category columns, in</term><description>Text, Boolean, a number type or a key, scalar. Empty text, NaN and key 0 are the missing
/// value.</description></item>
/// <item><term>Date columns, in</term><description>DateTime, DateTimeOffset, TimeSpan, or text in one date format.</description></item>
/// <item><term>Bag columns, in</term><description>Vector of what a category may be, of any length. Missing values are skipped.</description></item>
/// <item><term>Sequence columns, in</term><description>Vector of keys, of any length. Key 0 is padding.</description></item>
/// <item><term>Number columns, in</term><description>Any number type or Boolean, scalar or vector. NaN is missing.</description></item>
/// <item><term>Example weight, in</term><description>A number of 0 or more; optional.</description></item>
/// <item><term>PredictedLabel, Score, Probability, out</term><description>As <see cref="MultiEmbeddingTransformer"/> lists them.</description></item>
/// </list>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Reads the data</term><description>Once, into memory, 4 bytes a token, key, number, label and weight and 4 a sequence; before that in a pass for
/// what is known of the columns, where settings are chosen by it, and one for each raw column that is indexed. It shuffles by itself.
/// <see cref="TrainingOptions.ShuffleBufferRows"/> is for data larger than memory.</description></item>
/// <item><term>Threads</term><description><see cref="TrainingOptions.NumberOfThreads"/>, all cores by default.</description></item>
/// <item><term>Several fits at once</term><description>Allowed, each on its own threads; with <see cref="TrainingBackend.Torch"/> they take
/// turns.</description></item>
/// <item><term>GPU</term><description>
/// That of <c>MLContext.GpuDeviceId</c>, where the application brings a CUDA libtorch: see <see cref="TrainingBackend"/>. Without one, <c>FallbackToCpu</c>
/// decides between the CPU and an error.
/// </description></item>
/// <item><term>Deterministic</term><description>Yes, for one <see cref="TrainingOptions.Seed"/>, the same data and number of threads.</description></item>
/// <item><term>Needed package</term><description>None; with <see cref="TrainingBackend.Torch"/> TorchSharp-cpu, or a CUDA one.</description></item>
/// </list>
/// </remarks>
/// <example><code>
/// var trainer = mlContext.BinaryClassification.Trainers.MultiEmbedding("Recommended",
///     InputColumn.Text("Body"), InputColumn.Category("Department"), InputColumn.Number("Age"));
/// MultiEmbeddingTransformer model = trainer.Fit(trainData);
/// var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(testData), "Recommended");
/// mlContext.Model.SaveAtomically(model, trainData.Schema, "model.zip");
/// </code></example>
public sealed class MultiEmbeddingTrainer : IEstimator<MultiEmbeddingTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly MultiEmbeddingOptions _options;
    private readonly LabelTask[] _tasks;
    private readonly bool _namesLabels;
    private readonly int _seed;

    /// <param name="environment">The context.</param>
    /// <param name="options">The settings.</param>
    /// <param name="labels">Picks the labels from the settings, which are checked.</param>
    /// <param name="namesLabels">True if the names of score columns begin with that of their label.</param>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    internal MultiEmbeddingTrainer(
        IHostEnvironment environment, MultiEmbeddingOptions options, Func<MultiEmbeddingOptions, IEnumerable<LabelColumn>> labels, bool namesLabels = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _environment = environment;
        _host = environment.Register(nameof(MultiEmbeddingTrainer));
        _options = options;
        _tasks = [.. labels(options).Select(LabelTask.Of)];
        _namesLabels = namesLabels;
        _seed = options.Seed ?? _host.Rand.Next();
    }

    /// <summary>Trains on a data view and holds out <see cref="TrainingOptions.ValidationFraction"/> of its rows for validation.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, only one class, or a value that cannot be used; a checkpoint that cannot be used; or the
    /// loss is no longer a number.</exception>
    /// <exception cref="IOException">A file of pretrained vectors is not there, or cannot be read; or the folder of the checkpoints
    /// cannot be made, or a checkpoint not be read.</exception>
    /// <exception cref="FormatException">A file of pretrained vectors holds something else.</exception>
    /// <exception cref="DllNotFoundException">libtorch is needed, and a native file of it is in none of the application's folders, or does not load on this
    /// system.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was validated.</exception>
    public MultiEmbeddingTransformer Fit(IDataView input) => Fit(input, null, null);

    /// <summary>Trains on all rows of one data view and validates on those of another, made by the same fitted steps.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="validationData">The validation data; null to hold rows of the training data out.</param>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    [OverloadResolutionPriority(1)] // so that null means no validation data
    public MultiEmbeddingTransformer Fit(IDataView trainData, IDataView? validationData) => Fit(trainData, validationData, null);

    /// <summary>Trains on from an earlier model, on new data or more of it.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="previous">The earlier model, fitted or loaded; it stays as it is.</param>
    /// <inheritdoc cref="Fit(IDataView, IDataView?, MultiEmbeddingTransformer?)" path="/remarks"/>
    /// <inheritdoc cref="Fit(IDataView, IDataView?, MultiEmbeddingTransformer?)" path="/exception"/>
    public MultiEmbeddingTransformer Fit(IDataView trainData, MultiEmbeddingTransformer previous)
    {
        ArgumentNullException.ThrowIfNull(previous);
        return Fit(trainData, null, previous);
    }

    /// <summary>Trains on from an earlier model, on new data or more of it, and validates on the rows of another data view.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="validationData">The validation data; null to hold rows of the training data out.</param>
    /// <param name="previous">The earlier model, fitted or loaded; it stays as it is. Null to begin anew.</param>
    /// <remarks>
    /// The settings must describe the earlier network. Vocabularies may have grown, by <c>Fit(data, previous)</c> of the indexing steps: the vectors of known
    /// keys go on, those of new keys begin anew, by <see cref="EmbeddingColumn.Vectors"/> where there are any; so do the outputs of new classes, where they
    /// come behind the known ones. Numbers and number labels keep the scale of the earlier fit. The optimizer begins anew; a smaller
    /// <see cref="TrainingOptions.LearningRate"/> than at first keeps more of what was learned. Settings of the network that were left out, and vocabularies of
    /// raw columns, go on by themselves. A wide part is fitted anew to the new data, but drawn to the earlier weights in the place of zero, more or less as
    /// held-out rows ask for: few new rows change little of it.
    /// </remarks>
    /// <exception cref="ArgumentException">The settings do not describe the earlier network; the message has a line for each difference.</exception>
    /// <exception cref="FormatException">The earlier model was loaded from a file whose history is damaged.</exception>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public MultiEmbeddingTransformer Fit(IDataView trainData, IDataView? validationData, MultiEmbeddingTransformer? previous)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        using var log = FitLog.Start(_host, "Training");
        using var cancellation = new FitCancellation(_host, _options.CancellationToken);
        var options = _options with { CancellationToken = cancellation.Token };
        return new ModelFit(_environment, options, _tasks, _namesLabels, _seed, log).Train(trainData, validationData, previous);
    }

    /// <summary>The columns that the fitted transformer will add.</summary>
    /// <param name="inputSchema">The columns of the training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        LabelShape[] labels = [.. _tasks.Select(task => Promise(task, inputSchema.Find("label", task.Label.Name)))];
        foreach (var column in _options.Columns) RawInputs.Require(column, (role, name) => InputType.Of(inputSchema.Find(role, name)));
        if (_options.ExampleWeightColumnName is { } weight) InputType.Of(inputSchema.Find("example weight", weight)).RequireWeight(weight);
        return inputSchema.With(ScoreColumns.Of(labels, _namesLabels).Select(column => column.Promise())).With(EvaluatedLabel.Promise(labels, inputSchema));
    }

    private static LabelShape Promise(LabelTask task, SchemaShape.Column column)
    {
        task.CheckType(InputType.Of(column));
        return task.Promise(column);
    }
}
