using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Trains the network of a fit by workers.</summary>
/// <param name="workers">The workers.</param>
/// <param name="rounds">How training is divided.</param>
/// <param name="threads">Threads of each worker.</param>
/// <param name="checkpoint">Keeps the state of a training; null where it is not kept.</param>
/// <param name="log">Takes messages.</param>
internal sealed class RoundTraining(
    ShardWorkers workers, RoundOptions rounds, int threads, CheckpointPlace? checkpoint, FitLog log)
{
    /// <summary>Rows are validated on up to about so many; more would tell no more, and their scores are sent in each epoch.</summary>
    private const double MostValidationRows = 200_000;

    private const double LabelPortion = 0.1;

    /// <summary>As often as takes at most a twentieth of the time.</summary>
    private static readonly CheckpointTimes Times = new(TimeSpan.FromSeconds(1), EveryEpochs: 1, Spared: 20);

    private IReadOnlyList<WorkerRows> _rows = [];

    /// <summary>Rows that are trained on.</summary>
    internal int TrainingRows => _rows.Sum(rows => rows.Training);

    /// <summary>Rows that are validated on.</summary>
    internal int ValidationRows => _rows.Sum(rows => rows.Validation);

    /// <summary>Rows that were left out since their label is missing.</summary>
    internal int SkippedRows => _rows.Sum(rows => rows.Skipped);

    /// <summary>Memory of the rows of all workers.</summary>
    internal long Bytes => _rows.Sum(rows => rows.Bytes);

    /// <summary>Lets the workers read their rows, and measures these.</summary>
    /// <param name="options">The settings, whose columns are those behind the steps.</param>
    /// <param name="plan">The steps.</param>
    /// <param name="schema">A view of no rows behind the steps.</param>
    /// <param name="count">Number of rows, as far as it is known; else 0.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="progress">Takes how far the passes are.</param>
    internal MeasuredRows Measure(
        MultiEmbeddingOptions options, InputPlan plan, IDataView schema, long count, int seed, FitProgress.Part progress)
    {
        var cancellation = options.CancellationToken;
        var labels = ShardLabels.Begin(options, schema.Schema);
        byte[] settings = Message.Of(writer => writer.Write(SettingsText.Write(options)));
        if (labels.Readers.Any(label => label.PartCollector is not null))
        {
            foreach (byte[] answer in workers.AskAll(WorkerCall.CollectLabels, settings, progress.Pass(null, LabelPortion, cancellation), cancellation))
                labels.MergeCollected(Message.Reader(answer));
        }
        labels.Decide();
        double share = count > 0 ? Math.Min(options.ValidationFraction, MostValidationRows / count) : options.ValidationFraction;
        ulong heldOut = RandomStreams.Of(seed, RandomPurpose.Validation).Next();
        byte[] message = Message.Of(writer => ShardRows.Write(writer, options, plan.Steps.Fitted(), labels, share, heldOut));
        var reader = labels.Reader(options);
        var measures = new RowMeasures(reader, reader.Read(schema, 1, null, null, cancellation).Single().Columns);
        measures.RequireCommonLabels();
        foreach (byte[] answer in workers.AskAll(WorkerCall.Measure, message, progress.Pass(null, 1 - LabelPortion, cancellation), cancellation))
            measures.Merge(Message.Reader(answer));
        measures.RequireRows();
        return new MeasuredRows(measures, labels.Learn(measures));
    }

    /// <summary>Trains the network.</summary>
    /// <param name="fit">Says what form it has.</param>
    /// <param name="options">The settings.</param>
    /// <param name="measured">What was measured of the rows.</param>
    /// <param name="vectors">The pretrained vectors that tables begin with.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="begins">Called when the workers have begun.</param>
    internal (TrainedNetwork Network, TrainingHistory History) Train(
        NetworkFit fit, MultiEmbeddingOptions options, MeasuredRows measured, VectorTables vectors, int seed, Action begins)
    {
        var (measures, objective) = measured;
        var scales = measures.Scales;
        var shape = fit.Shape(vectors, measures.Columns, scales, objective);
        int batchRows = RoundOptions.BatchRowsOf(options.BatchSizeFor((int)measures.Count), workers.Count);
        var start = new RoundStart(options, rounds, shape, vectors.Starts, Message.Of(measures.Write), batchRows, threads, seed);
        byte[] message = Message.Of(start.Write);
        _rows = [.. workers.AskAll(WorkerCall.Begin, message, pass: null, options.CancellationToken).Select(answer => WorkerRows.Read(Message.Reader(answer)))];
        begins();
        var initial = ColumnNetwork.Draw(shape, seed, vectors.Starts);
        var network = new SharedNetwork(shape, initial, scales, options.EngineSettings(seed), rounds);
        var trainee = new RoundTrainee(network, workers, _rows, objective, rounds, Settings(options, seed, message), options.CancellationToken);
        var settings = CheckpointSettings.Of(options, trainee);
        var keeper = checkpoint is null ? null : new CheckpointKeeper(new CheckpointFile(checkpoint), Times, settings, trainee, log);
        var best = checkpoint is null ? new BestWeights() : new StoredBestWeights(checkpoint, log);
        var (weights, history) = new TrainingLoop(trainee, options, keeper, log, best: best).Run();
        double asked = Math.Max(1.0, (double)trainee.Rounds * workers.Count);
        if (workers.Dropped > 0)
        {
            log.Warn(string.Create(CultureInfo.InvariantCulture,
                $"In {workers.Dropped} of {trainee.Rounds:N0} rounds a worker took so long that what it had learned was dropped. Use machines of like speed, " +
                $"or raise {nameof(RoundOptions.SlowestFactor)} (it is {rounds.SlowestFactor})."));
        }
        return (new TrainedNetwork(shape, weights), history with
        {
            Rounds = new()
            {
                Workers = workers.Count,
                Rounds = trainee.Rounds,
                ModelBytes = network.Bytes,
                BytesSent = trainee.Traffic.Sent / asked,
                BytesReceived = trainee.Traffic.Received / asked,
                LostWorkers = workers.Losses,
                DroppedRounds = workers.Dropped,
            },
        });
    }

    private IEnumerable<(string Name, string Value)> Settings(MultiEmbeddingOptions options, int seed, byte[] start) =>
    [
        ("workers", workers.Count.ToString(CultureInfo.InvariantCulture)),
        ("rounds", CheckpointSettings.Text(rounds)),
        (nameof(options.Seed), seed.ToString(CultureInfo.InvariantCulture)),
        ("columns, labels, rows or settings", CheckpointSettings.Hash(start)),
    ];
}

/// <summary>What is known of the rows of all workers.</summary>
/// <param name="Rows">What was measured of those to train on.</param>
/// <param name="Objective">What is learned.</param>
internal sealed record MeasuredRows(RowMeasures Rows, NetworkObjective Objective);
