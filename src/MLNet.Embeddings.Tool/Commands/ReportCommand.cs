using System.ComponentModel;
using Microsoft.ML;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>report</c> is told.</summary>
internal sealed class ReportSettings : ReadingSettings
{
    [CommandArgument(0, "<MODEL>")]
    [Description("The model's file.")]
    public string Model { get; init; } = "";

    [CommandArgument(1, "<DATA>")]
    [Description("Rows with the label that the model was not trained on.")]
    public string Data { get; init; } = "";

    [CommandOption("-o|--out <FILE>")]
    [Description("The page to write.")]
    [DefaultValue("report.html")]
    public string Out { get; init; } = "";

    [CommandOption("-l|--label <COLUMN>")]
    [Description("The label, where the model does not say.")]
    public string? Label { get; init; }

    [CommandOption("--title <TEXT>")]
    [Description("The heading of the page.")]
    public string? Title { get; init; }
}

/// <summary>Writes a page that shows what a model has learned and how good it is.</summary>
internal sealed class ReportCommand : Command<ReportSettings>
{
    public override int Execute(CommandContext context, ReportSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet);
        var mlContext = new MLContext();
        OutputFile.Require(settings.Out);
        var model = ModelFile.Load(mlContext, settings.Model);
        string label = model.Label(settings.Label);
        var rows = Interruptible.Run(() => model.OpenLabelled(mlContext, settings.Data, settings.Reading, label), cancellationToken);
        if (rows.OnlyClass is { } only)
            throw new UserException($"'{label}' is '{only}' in all rows of {Path.GetFileName(settings.Data)}; a report needs rows of other classes too.");
        ReportDisplay.Save(output, model.Model, rows.View, settings.Out,
            new() { LabelColumnName = label, Title = settings.Title, CancellationToken = cancellationToken });
        output.Line($"{settings.Out}: the report, on {rows.Rows:N0} rows of {Path.GetFileName(settings.Data)}.");
        return ExitCodes.Done;
    }
}
