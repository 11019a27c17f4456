using System.ComponentModel;
using System.Globalization;
using Microsoft.ML;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>train</c> is told.</summary>
internal sealed class TrainSettings : PlanSettings
{
    [CommandOption("--test <FILE>")]
    [Description("Rows to judge the model by; a fifth of the data is held out if left out.")]
    public string? Test { get; init; }

    [CommandOption("-o|--out <FILE>")]
    [Description("The model's file.")]
    [DefaultValue("model.zip")]
    public string Out { get; init; } = "";

    [CommandOption("--report <FILE>")]
    [Description("The page that shows what was learned; none for none.")]
    [DefaultValue("report.html")]
    public string Report { get; init; } = "";

    [CommandOption("--no-baseline")]
    [Description("Do not train one of ML.NET's own trainers to compare with.")]
    public bool NoBaseline { get; init; }
}

/// <summary>Trains a model of a table, judges it and saves it.</summary>
internal sealed class TrainCommand : Command<TrainSettings>
{
    private const double TestShare = 0.2;

    public override int Execute(CommandContext context, TrainSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet);
        var mlContext = new MLContext(settings.Seed);
        bool reports = settings.Report != ReportDisplay.None;
        OutputFile.Require(settings.Out);
        if (reports) OutputFile.Require(settings.Report);
        var table = mlContext.Data.DescribeTable(settings.Data, settings.Reading);
        var plan = TrainingPlan.Make(mlContext, table, settings.Request);
        PlanReport.Print(output, plan, settings.KindsIn(table));
        var rows = TrainingRows.Of(mlContext, plan, settings.Test, TestShare, settings.Seed);
        output.Line($"{rows.Describe()}");

        output.Heading("Training");
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        var model = Fit(mlContext, plan, settings, rows.Train, output, cancellationToken);
        var time = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        bool isCancelled = model.History.StopReason == StopReason.Cancelled;
        output.Line($"{(isCancelled ? "Cancelled; the best model so far is kept" : "Trained")} after {Output.Time(time)}.");
        mlContext.Model.SaveAtomically(model, rows.Train.Schema, settings.Out);

        var baseline = settings.NoBaseline || isCancelled ? null : Baseline.Fit(mlContext, plan, model, rows.Train);
        output.Heading($"On {rows.TestRows.ToString("N0", CultureInfo.InvariantCulture)} rows that were not trained on");
        var measures = Measures(model);
        MeasureReport.Print(output, measures, baseline is null ? null : Measures(baseline.Model));
        if (measures[0].Value > 0.9999 && plan.Task != PredictionTask.Regression)
            output.Line($"[yellow]All is predicted right: does a column give the label away? Leave it out by --ignore NAME.[/]");
        if (baseline is not null) output.Line($"[grey]Baseline: ML.NET's {baseline.Name}, trained in {Output.Time(baseline.Duration)}.[/]");

        reports &= !isCancelled;
        if (reports)
        {
            ReportDisplay.Save(output, model, rows.Test, settings.Report, new()
            {
                Baseline = baseline?.Model,
                BaselineName = baseline is null ? null : $"ML.NET's {baseline.Name}",
                CancellationToken = cancellationToken,
            });
        }
        output.Heading("Written");
        output.Line($"{settings.Out}: the model, {new FileInfo(settings.Out).Length / 1e6:F1} MB");
        if (reports) output.Line($"{settings.Report}: what it has learned and how good it is, to open in a browser");
        output.Line($"Next: mlnet-embeddings predict {settings.Out} new.csv --out scored.csv");
        return isCancelled ? ExitCodes.Cancelled : ExitCodes.Done;

        IReadOnlyList<Measure> Measures(ITransformer judged) => Measure.Of(mlContext, plan.Task, judged.Transform(rows.Test), plan.Label);
    }

    private static MultiEmbeddingTransformer Fit(
        MLContext mlContext, TrainingPlan plan, TrainSettings settings, IDataView train, Output output, CancellationToken cancellationToken)
    {
        var options = new MultiEmbeddingOptions
        {
            Labels = [plan.LabelColumn],
            Columns = plan.Columns,
            Effort = settings.Effort,
            Seed = settings.Seed,
            CancellationToken = cancellationToken,
        };
        using var bar = output.IsQuiet ? null : ConsoleProgress.Bar();
        return Fit(mlContext, plan.Task, options with { Progress = bar }, train);
    }

    private static MultiEmbeddingTransformer Fit(MLContext mlContext, PredictionTask task, MultiEmbeddingOptions options, IDataView train) => (task switch
    {
        PredictionTask.Binary => mlContext.BinaryClassification.Trainers.MultiEmbedding(options),
        PredictionTask.Multiclass => mlContext.MulticlassClassification.Trainers.MultiEmbedding(options),
        _ => mlContext.Regression.Trainers.MultiEmbedding(options),
    }).Fit(train);
}
