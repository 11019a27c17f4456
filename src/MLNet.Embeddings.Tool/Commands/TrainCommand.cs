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

    /// <summary>The file of the rows to judge by, and how it is read: as the rows to train on.</summary>
    internal (string File, TableOptions Reading)? TestFile => Test is null ? null : (Test, Reading);

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
        var plan = Interruptible.Run(() => settings.Plan(mlContext), cancellationToken);
        PlanReport.Print(output, plan, settings.KindsIn(plan.Table));
        var rows = Interruptible.Run(() => TrainingRows.Of(mlContext, plan, settings.TestFile, TestShare, settings.Seed), cancellationToken);
        output.Line($"{rows.Describe()}");
        if (rows.OnlyClass is { } only)
            output.Line($"[yellow]All rows to judge by are '{only}': they do not tell how well classes are told apart, and there is no report.[/]");
        reports &= rows.OnlyClass is null;

        output.Heading("Training");
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        var model = Fit(mlContext, plan, settings, rows.Train, output, cancellationToken);
        var time = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        bool isCancelled = model.History.StopReason == StopReason.Cancelled;
        mlContext.Model.SaveAtomically(model, rows.Train.Schema, settings.Out);
        string done = isCancelled ? "Cancelled" : "Trained", what = isCancelled ? "the best model so far" : "the model";
        output.Line($"{done} after {Output.Time(time)}; {what} is written to {settings.Out}.");
        // Of a cancelled training, the measures are still wanted; only a second Ctrl+C ends them.
        if (isCancelled) cancellationToken = CancellationToken.None;

        output.Heading($"On {rows.TestRows.ToString("N0", CultureInfo.InvariantCulture)} rows that were not trained on");
        var measures = Interruptible.Run(() => Measures(model), cancellationToken);
        MeasureReport.Print(output, measures);
        if (measures[0].Value > 0.9999 && plan.Task != PredictionTask.Regression && rows.OnlyClass is null)
            output.Line($"[yellow]All is predicted right: does a column give the label away? Leave it out by --ignore NAME.[/]");
        var baseline = settings.NoBaseline || isCancelled ? null : Compare();

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

        Baseline? Compare()
        {
            try
            {
                var (fitted, its) = Interruptible.Run(() =>
                {
                    var fitted = Baseline.Fit(mlContext, plan, model, rows.Train, settings.Seed);
                    return (fitted, Measures(fitted.Model));
                }, cancellationToken);
                output.Heading("Beside a baseline");
                MeasureReport.Print(output, measures, its);
                output.Line($"[grey]Baseline: ML.NET's {fitted.Name}, trained in {Output.Time(fitted.Duration)}.[/]");
                return fitted;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                output.Line($"There is no baseline: {Output.Shorten(error.GetBaseException().Message, 300)}");
                return null;
            }
        }
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
