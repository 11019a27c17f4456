using Spectre.Console;
using static System.FormattableString;

namespace MLNet.Embeddings;

/// <summary>Says how far a fit is, as Spectre.Console's markup.</summary>
internal static class ProgressText
{
    /// <summary>How the whole fit stands.</summary>
    internal static string OfWhole(TrainingProgress progress) =>
        Invariant($"Whole fit {progress.Done,4:P0}{(progress.Remaining is { } time ? $"  at most {Duration(time)} left" : "")}");

    /// <summary>How what the fit is at stands.</summary>
    internal static string Of(TrainingProgress progress) => progress switch
    {
        { Completed: { } result } => Invariant(
            $"Epoch {result.Epoch,2}  [grey]loss[/] {result.TrainingLoss:F4}{Validation(result)}  [grey]{Duration(result.Duration)}[/]"),
        { Epoch: > 0 } => Invariant($"Epoch {progress.Epoch,2}  [grey]loss[/] {progress.TrainingLoss:F4}  {Duration(progress.EpochRemaining)} left"),
        _ => $"[grey]{Phase(progress)}[/]",
    };

    private static string Phase(TrainingProgress progress) => progress.Phase switch
    {
        TrainingPhase.Profiling => "Looking at the columns",
        TrainingPhase.Indexing => $"Learning the values of '{Name(progress)}'",
        TrainingPhase.Reading => progress.Column is null ? "Reading the rows" : $"Reading the vectors of '{Name(progress)}'",
        TrainingPhase.Wide => "Training the wide part",
        _ => "Weighing networks and the wide part",
    };

    private static string Name(TrainingProgress progress) => Markup.Escape(progress.Column ?? "");

    private static string Validation(EpochResult result) => result.ValidationLoss is null
        ? ""
        : Invariant($"  [grey]validation[/] {result.ValidationLoss:F4}") +
          string.Concat(result.Metrics.Select(metric => Invariant($"  [grey]{Markup.Escape(metric.Name)}[/] {metric.Value:F3}")));

    private static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => Invariant($"{time.TotalSeconds:F1} s"),
        < 60 => Invariant($"{time.TotalSeconds:F0} s"),
        _ => Invariant($"{(int)time.TotalMinutes}:{time.Seconds:00} min"),
    };
}
