using System.ComponentModel;
using Microsoft.ML;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>evaluate</c> is told.</summary>
internal sealed class EvaluateSettings : ReadingSettings
{
    [CommandArgument(0, "<MODEL>")]
    [Description("The model's file.")]
    public string Model { get; init; } = "";

    [CommandArgument(1, "<DATA>")]
    [Description("The rows to judge by, with the label; columns in any order.")]
    public string Data { get; init; } = "";

    [CommandOption("-l|--label <COLUMN>")]
    [Description("The label, where the model does not say.")]
    public string? Label { get; init; }
}

/// <summary>Judges a model by rows that have the label.</summary>
internal sealed class EvaluateCommand : Command<EvaluateSettings>
{
    public override int Execute(CommandContext context, EvaluateSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet);
        var mlContext = new MLContext();
        var model = ModelFile.Load(mlContext, settings.Model);
        string label = model.Label(settings.Label);
        var rows = Interruptible.Run(() => model.OpenLabelled(mlContext, settings.Data, settings.Reading, label), cancellationToken);
        var scored = model.Model.Transform(rows.View);
        output.Line($"{rows.Rows:N0} rows of {Path.GetFileName(settings.Data)}.");
        if (rows.LeftOut > 0) output.Line($"{rows.LeftOut:N0} others are left out: their '{label}' is missing, or a value that the model does not know.");
        if (rows.OnlyClass is { } only) output.Line($"All of them are '{only}': they do not tell how well classes are told apart.");
        MeasureReport.Print(output, Interruptible.Run(() => Measure.Of(mlContext, ModelFile.TaskOf(scored.Schema), scored, label), cancellationToken));
        return ExitCodes.Done;
    }
}
