using Microsoft.ML;
using Spectre.Console;

namespace MLNet.Embeddings.Tool;

/// <summary>Writes a model's report and shows how far it is.</summary>
internal static class ReportDisplay
{
    internal const string None = "none";

    internal static void Save(Output output, ITransformer model, IDataView testData, string path, ReportOptions options)
    {
        if (output.IsQuiet || output.IsPlain)
        {
            model.SaveReport(testData, path, options);
            return;
        }
        var columns = new ProgressColumn[] { new ProgressBarColumn { Width = 14 }, new TaskDescriptionColumn { Alignment = Justify.Left } };
        AnsiConsole.Progress().AutoClear(true).Columns(columns).Start(context =>
        {
            var bar = context.AddTask("Report", maxValue: 1);
            model.SaveReport(testData, path, options with { Progress = new Bar(bar) });
        });
    }

    /// <summary>Moves a bar as the report tells.</summary>
    private sealed class Bar(ProgressTask task) : IProgress<ReportProgress>
    {
        public void Report(ReportProgress value)
        {
            task.Value = value.Share;
            task.Description = Markup.Escape($"Report: {value.Doing}{(value.Remaining is { } time ? $", {Output.Time(time)} left" : "")}");
        }
    }
}
