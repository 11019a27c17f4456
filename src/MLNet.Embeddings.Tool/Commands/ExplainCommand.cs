using System.ComponentModel;
using Microsoft.ML;
using Spectre.Console;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>explain</c> is told.</summary>
internal sealed class ExplainSettings : ReadingSettings
{
    [CommandArgument(0, "<MODEL>")]
    [Description("The model's file.")]
    public string Model { get; init; } = "";

    [CommandArgument(1, "<DATA>")]
    [Description("The rows to explain; they need no label.")]
    public string Data { get; init; } = "";

    [CommandOption("-n|--rows <NUMBER>")]
    [Description("Number of rows.")]
    [DefaultValue(5)]
    public int Rows { get; init; }

    [CommandOption("--skip <NUMBER>")]
    [Description("Number of rows to pass over first.")]
    [DefaultValue(0)]
    public int Skip { get; init; }

    [CommandOption("--class <NAME>")]
    [Description("The class to explain; the one that is predicted if left out.")]
    public string? Class { get; init; }

    public override ValidationResult Validate() =>
        Rows < 1 ? ValidationResult.Error($"--rows must be at least 1; it was {Rows}.")
        : Skip < 0 ? ValidationResult.Error($"--skip must be at least 0; it was {Skip}.") : base.Validate();
}

/// <summary>Shows what columns and words add to the scores of rows.</summary>
internal sealed class ExplainCommand : Command<ExplainSettings>
{
    public override int Execute(CommandContext context, ExplainSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet);
        var mlContext = new MLContext();
        var model = ModelFile.Load(mlContext, settings.Model);
        var view = Interruptible.Run(() => model.Open(mlContext, settings.Data, settings.Reading), cancellationToken);
        if (settings.Skip > 0) view = mlContext.Data.SkipRows(view, settings.Skip);
        view = mlContext.Data.TakeRows(view, settings.Rows);
        int row = settings.Skip;
        foreach (var explanation in model.Model.Explain(view, className: settings.Class))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ExplanationReport.Print(output, ++row, explanation);
        }
        if (row == settings.Skip) throw new UserException($"{Path.GetFileName(settings.Data)} has no more than {row} rows; pass over fewer by --skip.");
        return ExitCodes.Done;
    }
}
