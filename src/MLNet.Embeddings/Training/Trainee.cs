using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>What a <see cref="TrainingLoop"/> trains: a network with the rows that it learns from, in this process or in many.</summary>
internal abstract class Trainee
{
    /// <summary>Rows to train on.</summary>
    internal abstract int TrainingRows { get; }

    /// <summary>Rows to validate on.</summary>
    internal abstract int ValidationRows { get; }

    /// <summary>Rows left out since their label is missing.</summary>
    internal abstract int SkippedRows { get; }

    /// <summary>What must stay the same for a training to go on, by name, beside the options.</summary>
    internal abstract IEnumerable<(string Name, string Value)> Settings { get; }

    /// <summary>Trains the rest of a pass over the training rows.</summary>
    /// <param name="epoch">Number of the pass, from 1.</param>
    /// <param name="done">Steps of it that are done.</param>
    /// <param name="settingsOf">Gives the settings of a step, by its number and the number of steps; asked before each.</param>
    internal abstract EpochSteps Train(int epoch, int done, Func<int, int, StepSettings> settingsOf);

    /// <summary>Puts the moving average in the place of the weights until the result is disposed; null, and no change, without averaging.</summary>
    internal abstract IDisposable? UseAverage();

    /// <summary>The mean loss over validation rows, and metrics.</summary>
    /// <param name="visit">Called now and then, to tell how far it is or to end it.</param>
    internal abstract (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(Action visit);

    /// <summary>The arrays of a model, as they are now.</summary>
    /// <param name="lasts">False where they are read before the next step, so that they need not be copies.</param>
    internal abstract TrainedArrays Export(bool lasts);

    /// <inheritdoc cref="ITrainable.Save"/>
    internal abstract TrainingState Save();

    /// <inheritdoc cref="ITrainable.Restore"/>
    internal abstract void Restore(TrainingState state);
}

/// <summary>How a step is taken.</summary>
/// <param name="LearningRate">Its size.</param>
/// <param name="Done">Share of all steps that is done, from 0 to 1.</param>
internal readonly record struct StepSettings(double LearningRate, double Done);

/// <summary>What a step brought; one whose loss is not a finite number was not taken.</summary>
/// <param name="Loss">The weighted sum of the losses of its rows.</param>
/// <param name="Weight">The sum of their weights.</param>
internal readonly record struct StepResult(double Loss, double Weight);

/// <summary>The steps of a pass.</summary>
/// <param name="Count">How many there are, those included that were done before.</param>
/// <param name="Rest">Takes those that are left, each when it is asked for; to be enumerated once.</param>
internal sealed record EpochSteps(int Count, IEnumerable<StepResult> Rest);

/// <summary>A network that is trained on rows of this process.</summary>
/// <param name="learner">The network, and what it is trained for.</param>
/// <param name="data">The rows.</param>
/// <param name="options">The settings.</param>
/// <param name="seed">Seed of everything random.</param>
internal sealed class LearnerTrainee(Learner learner, FitData data, TrainingOptions options, int seed) : Trainee
{
    /// <summary>Rows by which running statistics are measured for averaged weights.</summary>
    private const int RowsToMeasure = 20_000;

    private readonly int _batchSize = options.BatchSizeFor(data.TrainingCount);

    internal override int TrainingRows => data.TrainingCount;

    internal override int ValidationRows => data.ValidationCount;

    internal override int SkippedRows => data.SkippedRows;

    internal override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("training rows", Text(data.TrainingCount)),
        ("labels or example weights", data.Targets),
        ("validation rows", Text(data.ValidationCount)),
        (nameof(options.ShuffleBufferRows), Text(options.ShuffleBufferRows ?? 0)),
        (nameof(options.Seed), Text(seed)),
        (nameof(options.NumberOfThreads), Text(options.Threads)),
        .. learner.Settings,
    ];

    internal override EpochSteps Train(int epoch, int done, Func<int, int, StepSettings> settingsOf)
    {
        var unknown = new UnknownDropout(options.Regularization.UnknownDropout, RandomStreams.Of(seed, RandomPurpose.UnknownDropout, epoch));
        var feed = data.TrainingBatches(_batchSize, learner.Network.Pads, unknown, RandomStreams.Of(seed, RandomPurpose.Order, epoch));
        return new EpochSteps(feed.Count, feed.Batches.Skip(done).Select((batch, i) =>
        {
            int step = done + i;
            var settings = settingsOf(step, feed.Count);
            double loss = learner.Learn(batch, settings.Done, (epoch - 1L) * feed.Count + step);
            if (double.IsFinite(loss)) learner.Network.Step(settings.LearningRate);
            return new StepResult(loss, learner.WeightOf(batch));
        }));
    }

    internal override IDisposable? UseAverage()
    {
        var average = learner.Network.UseAverage();
        if (average is not null) learner.Measure(data.SomeTrainingBatches(_batchSize, RowsToMeasure));
        return average;
    }

    internal override (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(Action visit) =>
        learner.Validate(data.ValidationBatches(_batchSize).Select(batch =>
        {
            visit();
            return batch;
        }));

    internal override TrainedArrays Export(bool lasts) => learner.Export();

    internal override TrainingState Save() => learner.Network.Save();

    internal override void Restore(TrainingState state) => learner.Network.Restore(state);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
