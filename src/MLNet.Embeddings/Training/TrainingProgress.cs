using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>What networks are trained for, of which a fit reports.</summary>
public enum TrainingPhase
{
    /// <summary>The networks of the model.</summary>
    Training,

    /// <summary>Settings are compared: with <see cref="TrainingEffort.Thorough"/> only, before the model's networks.</summary>
    Search,
}

/// <summary>How far a fit is.</summary>
public sealed record TrainingProgress
{
    /// <summary>What the network at hand is trained for.</summary>
    public TrainingPhase Phase { get; init; }

    /// <summary>Number of the epoch at hand, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Most epochs there will be.</summary>
    public required int MaxEpochs { get; init; }

    /// <summary>Steps done in this epoch.</summary>
    public required int Step { get; init; }

    /// <summary>Steps of an epoch.</summary>
    public required int Steps { get; init; }

    /// <summary>Mean training loss of this epoch so far.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Time until the end of this epoch's steps, at the pace so far.</summary>
    public required TimeSpan EpochRemaining { get; init; }

    /// <summary>Number of the network at hand, from 1, where several are trained side by side: those of the model, or those of a round of the search.</summary>
    public int Network { get; init; } = 1;

    /// <summary>How many these are.</summary>
    public int Networks { get; init; } = 1;

    /// <summary>Time until the end of the fit, of all networks of all phases together, at the pace so far, if no early stop comes before.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>The result of the epoch when this report ends it; null within an epoch.</summary>
    public EpochResult? Completed { get; init; }
}

/// <summary>Tells the caller how far training is, about ten times a second and after each epoch.</summary>
/// <param name="options">How training goes.</param>
/// <param name="maxEpochs">Most epochs.</param>
internal sealed class ProgressReporter(TrainingOptions options, int maxEpochs)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _epochStart, _last;
    private TrainingProgress? _current;
    private int? _epochsBefore;

    internal void Begin(int epoch, int steps)
    {
        _epochStart = Stopwatch.GetTimestamp();
        _epochsBefore ??= epoch - 1; // those of a checkpoint took none of this time
        _current = new TrainingProgress
        {
            Epoch = epoch,
            MaxEpochs = maxEpochs,
            Step = 0,
            Steps = steps,
            TrainingLoss = 0,
            EpochRemaining = TimeSpan.Zero,
            Remaining = TimeSpan.Zero,
        };
    }

    internal void Step(int step, double loss)
    {
        if (options.Progress is null || Stopwatch.GetElapsedTime(_last) < Interval) return;
        _last = Stopwatch.GetTimestamp();
        double share = (double)step / _current!.Steps;
        Report(step, loss, Stopwatch.GetElapsedTime(_epochStart) * ((1 - share) / share), _current.Epoch - 1 + share, null);
    }

    internal void Complete(EpochResult result) => Report(_current!.Steps, result.TrainingLoss, TimeSpan.Zero, result.Epoch, result);

    /// <summary>An epoch's result in one line.</summary>
    internal static string Describe(EpochResult result)
    {
        string validation = result.ValidationLoss is null ? "" : FormattableString.Invariant($", validation loss {result.ValidationLoss:F4}");
        string metrics = string.Concat(result.Metrics.Select(metric => FormattableString.Invariant($", {metric.Name} {metric.Value:F4}")));
        return FormattableString.Invariant($"Epoch {result.Epoch}: loss {result.TrainingLoss:F4}{validation}{metrics}, {result.Duration.TotalSeconds:F1} s");
    }

    private void Report(int step, double loss, TimeSpan epochRemaining, double epochsDone, EpochResult? completed) => options.Progress?.Report(_current! with
    {
        Step = step,
        TrainingLoss = loss,
        EpochRemaining = epochRemaining,
        Remaining = Stopwatch.GetElapsedTime(_start) * ((maxEpochs - epochsDone) / (epochsDone - _epochsBefore!.Value)),
        Completed = completed,
    });
}
