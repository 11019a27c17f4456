using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>What a fit is at, in the order in which this comes; not every fit has all of them.</summary>
public enum TrainingPhase
{
    /// <summary>A first pass over the rows tells what columns are like: where settings are chosen by that, or no columns are named.</summary>
    Profiling,

    /// <summary>Vocabularies of raw columns are learned, and the formats of dates: a pass for each, over the column that is named in the report.</summary>
    Indexing,

    /// <summary>The rows are read into memory, the scales of numbers are measured, and files of pretrained vectors are read.</summary>
    Reading,

    /// <summary>Settings are compared: with <see cref="TrainingEffort.Thorough"/> only.</summary>
    Search,

    /// <summary>The networks of the model are trained.</summary>
    Training,

    /// <summary>The wide part is trained: side by side with the networks.</summary>
    Wide,

    /// <summary>Networks and the wide part are weighed against each other on held-out rows.</summary>
    Weighing,
}

/// <summary>How far a fit is.</summary>
public sealed record TrainingProgress
{
    /// <summary>What the fit is at. Of phases that run side by side, that of which this report is.</summary>
    public TrainingPhase Phase { get; init; }

    /// <summary>Share of the whole fit that is done, by time as it is expected: from 0, never less than before, to 1 in the last report.</summary>
    public double Done { get; init; }

    /// <summary>
    /// Time until the end of the fit, of all phases together, at the pace so far, if no early stop comes before. Null as long as nobody can tell: while columns
    /// are looked at by which is chosen what there is to do, and in the first pass over a view that does not say how many rows it has.
    /// </summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Name of the column, or of the table of vectors, that a pass is for; null for all, and in other phases than Indexing and Reading.</summary>
    public string? Column { get; init; }

    /// <summary>Number of the epoch at hand, from 1; 0 in other phases than Search and Training.</summary>
    public int Epoch { get; init; }

    /// <summary>Most epochs there will be; 0 in other phases than Search and Training.</summary>
    public int MaxEpochs { get; init; }

    /// <summary>Steps done in this epoch; in a pass over the data, its rows so far.</summary>
    public int Step { get; init; }

    /// <summary>Steps of an epoch; in a pass over the data, its rows. 0 if that is not known.</summary>
    public int Steps { get; init; }

    /// <summary>Mean training loss of this epoch so far; 0 in other phases than Search and Training.</summary>
    public double TrainingLoss { get; init; }

    /// <summary>Time until the end of this epoch's steps, at the pace so far.</summary>
    public TimeSpan EpochRemaining { get; init; }

    /// <summary>Number of the network at hand, from 1, where several are trained side by side: those of the model, or those of a round of the search.</summary>
    public int Network { get; init; } = 1;

    /// <summary>How many these are.</summary>
    public int Networks { get; init; } = 1;

    /// <summary>The result of the epoch when this report ends it; null within an epoch.</summary>
    public EpochResult? Completed { get; init; }
}

/// <summary>Tells how far the training of a network is, about ten times a second and after each epoch.</summary>
/// <param name="options">How training goes.</param>
/// <param name="maxEpochs">Most epochs.</param>
internal sealed class ProgressReporter(TrainingOptions options, int maxEpochs)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long _epochStart, _last;
    private TrainingProgress? _current;

    internal void Begin(int epoch, int steps)
    {
        _epochStart = Stopwatch.GetTimestamp();
        _current = new TrainingProgress { Epoch = epoch, MaxEpochs = maxEpochs, Steps = steps };
    }

    /// <summary>Says, not too often, how many steps of the epoch are done; all of them while it is judged.</summary>
    internal void Step(int step, double loss)
    {
        if (options.Progress is null || Stopwatch.GetElapsedTime(_last) < Interval) return;
        _last = Stopwatch.GetTimestamp();
        double share = (double)step / _current!.Steps;
        Report(step, loss, Stopwatch.GetElapsedTime(_epochStart) * ((1 - share) / share), null);
    }

    /// <summary>Says that an epoch is being judged.</summary>
    internal void Judge(double loss) => Step(_current!.Steps, loss);

    internal void Complete(EpochResult result) => Report(_current!.Steps, result.TrainingLoss, TimeSpan.Zero, result);

    /// <summary>An epoch's result in one line.</summary>
    internal static string Describe(EpochResult result)
    {
        string validation = result.ValidationLoss is null ? "" : FormattableString.Invariant($", validation loss {result.ValidationLoss:F4}");
        string metrics = string.Concat(result.Metrics.Select(metric => FormattableString.Invariant($", {metric.Name} {metric.Value:F4}")));
        return FormattableString.Invariant($"Epoch {result.Epoch}: loss {result.TrainingLoss:F4}{validation}{metrics}, {result.Duration.TotalSeconds:F1} s");
    }

    private void Report(int step, double loss, TimeSpan epochRemaining, EpochResult? completed) => options.Progress?.Report(_current! with
    {
        Step = step,
        TrainingLoss = loss,
        EpochRemaining = epochRemaining,
        Completed = completed,
    });
}
