using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>
/// Trains an encoder-decoder, which turns one sequence into another: a spelling into sounds, a question into a query, a date in words into one in digits.
/// </summary>
/// <remarks>
/// <para>
/// A GRU reads the tokens of the source through a trained table; its last states start another GRU that gives out the tokens of the target one by one,
/// through a
/// table of its own, and looks back at the states of the source by attention. It is trained to find each next token from those before (teacher forcing), by the
/// cross-entropy of the softmax over the target's terms. The architecture is that of Sutskever et al. 2014 (arXiv 1409.3215) and Cho et al. 2014 (arXiv
/// 1406.1078) with the attention of Luong et al. 2015 (arXiv 1508.04025).
/// </para>
/// <list type="table">
/// <listheader><term>column</term><description>type</description></listheader>
/// <item><term>source, in</term><description>Text, which is cut into tokens as <see cref="SequenceToSequenceOptions.SourceTokens"/> says; or Vector of Key,
/// as <c>IndexTokens</c> makes it</description></item>
/// <item><term>target, in</term><description>The same; needed for fitting only. Keys must have values of text</description></item>
/// <item><term>output</term><description>Text, and further columns whose names begin with its own: see
/// <see cref="SequenceToSequenceTransformer"/></description></item>
/// </list>
/// <list type="table">
/// <listheader><term>characteristic</term><description>value</description></listheader>
/// <item><term>Looks at the data to fit?</term><description>
/// Yes: a pass for each vocabulary that is learned, then one into memory, 4 bytes a token; it shuffles by itself.
/// <see cref="TrainingOptions.ShuffleBufferRows"/> is for
/// data larger than memory
/// </description></item>
/// <item><term>Rows left out</term><description>those with an empty source or target, and those whose target has more than <c>TargetTokens.MaxLength</c>
/// tokens; they are counted and reported. Longer sources are cut off</description></item>
/// <item><term>Several fits at once</term><description>Allowed, each on its own threads; with <see cref="TrainingBackend.Torch"/> they take
/// turns</description></item>
/// <item><term>GPU</term><description>
/// That of <c>MLContext.GpuDeviceId</c>, where the application brings a CUDA libtorch: see <see cref="TrainingBackend"/>. Without one, <c>FallbackToCpu</c>
/// decides between
/// the CPU and an error
/// </description></item>
/// <item><term>Deterministic</term><description>Yes, for one <see cref="TrainingOptions.Seed"/>, the same data and number of threads</description></item>
/// <item><term>Native package needed?</term><description>None; with <see cref="TrainingBackend.Torch"/> TorchSharp-cpu, or a CUDA one, in an application that
/// trains</description></item>
/// </list>
/// Made by <c>mlContext.Transforms.Text.SequenceToSequence</c>.
/// </remarks>
/// <example><code>
/// var estimator = mlContext.Transforms.Text.SequenceToSequence("Spoken", sourceColumnName: "Spelling", targetColumnName: "Phonemes");
/// SequenceToSequenceTransformer model = estimator.Fit(trainData);
/// SequenceMetrics metrics = mlContext.EvaluateSequences(model.Transform(testData), "Spoken");
/// </code></example>
public sealed class SequenceToSequenceEstimator : IEstimator<SequenceToSequenceTransformer>
{
    /// <summary>Seconds that a row takes to be read, and to be trained on, roughly: until both have a pace of their own.</summary>
    private const double CostOfReading = 1e-5, CostOfTraining = 5e-4;

    private readonly IHostEnvironment _environment;
    private readonly IHost _host;
    private readonly string _output, _source, _target;
    private readonly SequenceToSequenceOptions _options;
    private readonly int _seed;

    internal SequenceToSequenceEstimator(IHostEnvironment environment, string output, string source, string target, SequenceToSequenceOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(output);
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        options.Validate();
        (_environment, _output, _source, _target, _options) = (environment, output, source, target, options);
        _host = environment.Register(nameof(SequenceToSequenceEstimator));
        _seed = options.Seed ?? _host.Rand.Next();
    }

    /// <summary>Trains on a data view and holds out <see cref="TrainingOptions.ValidationFraction"/> of its rows for validation.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows with a source and a target, or a value that cannot be used; a checkpoint that cannot be
    /// used; or the loss is no longer a number.</exception>
    /// <exception cref="IOException">The folder of the checkpoints cannot be made, or a checkpoint cannot be read.</exception>
    /// <exception cref="DllNotFoundException">libtorch is needed, and a native file of it is in none of the application's folders, or does not load on this
    /// system.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was validated.</exception>
    public SequenceToSequenceTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains on all rows of one data view and validates on those of another, made by the same fitted steps.</summary>
    /// <param name="trainData">The training data.</param>
    /// <param name="validationData">The validation data; null to hold rows of the training data out.</param>
    /// <inheritdoc cref="Fit(IDataView)" path="/exception"/>
    public SequenceToSequenceTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        using var log = FitLog.Start(_host, "Training");
        using var cancellation = new FitCancellation(_host, _options.CancellationToken);
        var progress = new FitProgress(_options.Progress, trainData.GetRowCount());
        var indexing = progress.Add(TrainingPhase.Indexing, rows => rows * CostOfReading);
        var reading = progress.Add(TrainingPhase.Reading, rows => rows * CostOfReading);
        var training = progress.Add(TrainingPhase.Training, rows => rows * _options.MaxEpochsFor(int.CreateSaturating(rows)) * CostOfTraining);
        progress.Planned();
        var source = IndexedTokens.Learn(_environment, "source", _source, $"{_output}.SourceKeys", _options.SourceTokens, trainData, log,
            indexing.Pass(_source, 0.5, cancellation.Token));
        var target = IndexedTokens.Learn(_environment, "target", _target, $"{_output}.TargetKeys",
            _options.TargetTokens with { MaxLength = Array.MaxLength, KeepsSpacing = _options.KeepsSpacing, AreDecoded = true }, trainData, log,
            indexing.Pass(_target, 0.5, cancellation.Token));
        indexing.Finish();
        var terms = target.Terms();
        var pairs = new PairRows(source.Column, source.KeysName, target.Column, target.KeysName,
            target.IsText ? Math.Min(_options.TargetTokens.MaxLength, EncoderDecoderShape.MostTokens) : EncoderDecoderShape.MostTokens);

        var options = _options.For(target.Column.KeyCount) with { CancellationToken = cancellation.Token, Progress = training.Network };
        var keys = Keys(trainData);
        var (data, lengths) = new FitDataReader(pairs.Reader, options, reading, log).Read(
            keys, validationData is null ? null : ValidationData.Read(() => Keys(validationData)), table => new float[table.RowCount], _seed);
        using var owned = data;
        reading.Finish();
        Warn();
        if (data.SkippedRows > 0)
        {
            long rows = (long)data.SkippedRows + data.TrainingCount + data.ValidationCount;
            string share = string.Create(CultureInfo.InvariantCulture, $"{100.0 * data.SkippedRows / rows:0.#} %");
            log.Warn($"{data.SkippedRows} rows of {rows} ({share}) were left out because {pairs.Reasons}.", MessageSensitivity.Schema);
        }
        log.Info(FitData.Describe(data.TrainingCount, data.ValidationCount, data.Bytes));

        var shape = Shape(source, target, longestTarget: (int)((LabelMoments)lengths[0]).Numbers.Most);
        shape.RequireSizes();
        using var network = Engine.Open(
            shape, EncoderDecoderNetwork.Draw(shape, _seed), options.EngineSettings(_seed), options.EngineChoice(_environment, log));
        var trainee = new LearnerTrainee(new SequenceLearner(network, options, _seed), data, options, _seed);
        var (weights, history) = new TrainingLoop(trainee, options, CheckpointKeeper.Of(options, trainee, log), log).Run();
        training.Finish();
        if (options.Checkpoints is { } checkpoints && history.StopReason != StopReason.Cancelled) new FitCheckpoints(checkpoints).Delete(log);
        progress.Complete();
        var fitted = new SequenceToSequenceShape(
            _output, _source, _target, source.Column.Indexing?.Shape, target.Column.Indexing?.Shape,
            _options.SeparatorFor(target.IsText), _options.Decoding.Decided, shape, history with { Warnings = log.Warnings });
        return new SequenceToSequenceTransformer(fitted, source.Column.Indexing, terms, new TrainedEncoderDecoder(shape, weights));

        IDataView Keys(IDataView view) => target.KeysOf(source.KeysOf(view));

        void Warn()
        {
            var settings = new SettingWarnings(_options, validationData is not null, ClosedSide.GpuOf(_environment).DeviceId);
            int epochs = options.MaxEpochsFor(data.TrainingCount);
            var idle = settings.OfTraining(options, epochs, networks: 1, source.HasUnknown).Concat(SequenceSettingWarnings.Of(_options, source, target));
            foreach (string warning in idle) log.Warn(warning);
            foreach (string loss in new[] { source, target }.Select(side => KeyColumn.LossesOf(keys.Schema[side.KeysName])).OfType<string>())
                log.Warn(loss, MessageSensitivity.UserData);
        }
    }

    /// <summary>The columns that the fitted transformer will add.</summary>
    /// <param name="inputSchema">The columns of the training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TokenColumn.IsText("source", _source, InputType.Of(inputSchema.Find("source", _source)));
        TokenColumn.IsText("target", _target, InputType.Of(inputSchema.Find("target", _target)));
        var any = new TargetTerms(new Vocabulary([VocabularySettings.DefaultUnknownTerm]), "", Cutting: null);
        return inputSchema.With(OutputColumns.Of(_output, any, _options.Decoding.Alternatives, _options.Attention, hasTarget: true)
            .Select(column => column.Detach(setId: 1).Promise()));
    }

    private EncoderDecoderShape Shape(IndexedTokens source, IndexedTokens target, int longestTarget)
    {
        var (sourceTerms, targetTerms) = (source.Column.KeyCount, target.Column.KeyCount);
        return new(
            new SequenceShape("source", sourceTerms, SequenceToSequenceOptions.DimensionsFor(_options.SourceDimensions, sourceTerms),
                SequenceEncoder.Gru(_options.Units, _options.Layers, _options.Bidirectional)),
            new SequenceShape("target", targetTerms, SequenceToSequenceOptions.DimensionsFor(_options.TargetDimensions, targetTerms),
                SequenceEncoder.Gru(_options.Units, _options.Layers)),
            _options.Attention, _options.TiesFor(targetTerms), target.HasUnknown, longestTarget);
    }
}
