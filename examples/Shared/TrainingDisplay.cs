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

    /// <summary>How the whole fit stands, as markup.</summary>
    internal static string DescribeWhole(TrainingProgress progress) =>
        $"Whole fit {progress.Done,4:P0}{(progress.Remaining is { } time ? $"  at most {Seconds(time)} left" : "")}";

    /// <summary>How what the fit is at stands, as markup.</summary>
    internal static string Describe(TrainingProgress progress) => progress switch
    {
        { Completed: { } result } => $"Epoch {result.Epoch,2}  [grey]loss[/] {result.TrainingLoss:F4}{Validation(result)}  [grey]{Seconds(result.Duration)}[/]",
        { Epoch: > 0 } => $"Epoch {progress.Epoch,2}  [grey]loss[/] {progress.TrainingLoss:F4}  {Seconds(progress.EpochRemaining)} left",
        _ => $"[grey]{Phase(progress)}[/]",
    };

    private static string Phase(TrainingProgress progress) => progress.Phase switch
    {
        TrainingPhase.Profiling => "Looking at the columns",
        TrainingPhase.Indexing => $"Learning the values of '{Markup.Escape(progress.Column ?? "")}'",
        TrainingPhase.Reading => progress.Column is null ? "Reading the rows" : $"Reading the vectors of '{Markup.Escape(progress.Column)}'",
        TrainingPhase.Wide => "Training the wide part",
        _ => "Weighing networks and the wide part",
    };

    private static string Validation(EpochResult result) => result.ValidationLoss is null ? ""
        : $"  [grey]validation[/] {result.ValidationLoss:F4}{string.Concat(result.Metrics.Select(metric => $"  [grey]{metric.Name}[/] {metric.Value:F3}"))}";

    private static string Seconds(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => $"{time.TotalSeconds:F1} s",
        < 60 => $"{time.TotalSeconds:F0} s",
        _ => $"{(int)time.TotalMinutes}:{time.Seconds:00} min",
    };
}
