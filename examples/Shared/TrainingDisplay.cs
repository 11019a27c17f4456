using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Shows how far training is: bars on a terminal, a line per epoch in a file or pipe.</summary>
internal static class TrainingDisplay
{
    internal static T Show<T>(Func<IProgress<TrainingProgress>, T> fit)
    {
        if (!AnsiConsole.Profile.Capabilities.Ansi) return fit(new EpochLines());

        return AnsiConsole.Progress()
            .Columns(new ProgressBarColumn { Width = 14 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => fit(new EpochBars(context)));
    }

    /// <summary>How an epoch stands, as markup.</summary>
    internal static string Describe(TrainingProgress progress) => progress.Completed is { } result
        ? $"Epoch {result.Epoch,2}  [grey]loss[/] {result.TrainingLoss:F4}{Validation(result)}  [grey]{Seconds(result.Duration)}[/]"
        : $"Epoch {progress.Epoch,2}  [grey]loss[/] {progress.TrainingLoss:F4}  {Seconds(progress.EpochRemaining)} left  " +
            $"[grey]all epochs: at most {Seconds(progress.Remaining)}[/]";

    private static string Validation(EpochResult result) => result.ValidationLoss is null ? ""
        : $"  [grey]validation[/] {result.ValidationLoss:F4}{string.Concat(result.Metrics.Select(metric => $"  [grey]{metric.Name}[/] {metric.Value:F3}"))}";

    private static string Seconds(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => $"{time.TotalSeconds:F1} s",
        < 60 => $"{time.TotalSeconds:F0} s",
        _ => $"{(int)time.TotalMinutes}:{time.Seconds:00} min",
    };
}
