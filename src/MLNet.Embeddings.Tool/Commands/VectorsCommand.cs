using System.ComponentModel;
using System.Globalization;
using Microsoft.ML;
using Spectre.Console;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>vectors</c> is told.</summary>
internal sealed class VectorsSettings : ToolSettings
{
    [CommandArgument(0, "<MODEL>")]
    [Description("The model's file.")]
    public string Model { get; init; } = "";

    [CommandOption("-c|--column <COLUMN>", isRequired: true)]
    [Description("A category, whose values have vectors, or a text, whose words have.")]
    public string Column { get; init; } = "";

    [CommandOption("--nearest <TERM>")]
    [Description("Show what is nearest to this value or word.")]
    public string? Nearest { get; init; }

    [CommandOption("--count <NUMBER>")]
    [Description("Number of those.")]
    [DefaultValue(10)]
    public int Count { get; init; }

    [CommandOption("-o|--out <FILE>")]
    [Description("The file to write: .vec (text of word2vec), .csv, .tsv, .jsonl or .parquet, or a map of them, .png or .svg.")]
    public string? Out { get; init; }

    public override ValidationResult Validate() => Count < 1 ? ValidationResult.Error($"--count must be at least 1; it was {Count}.") : base.Validate();
}

/// <summary>Shows the vectors that a model has learned of a column's values or words.</summary>
internal sealed class VectorsCommand : Command<VectorsSettings>
{
    public override int Execute(CommandContext context, VectorsSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet);
        if (settings.Out is not null) OutputFile.Require(settings.Out);
        var mlContext = new MLContext();
        var model = ModelFile.Load(mlContext, settings.Model);
        Suggestion.Require(settings.Column, model.Needed, "The model");
        var vectors = model.Model.Vectors(settings.Column);
        output.Line($"{vectors.Count:N0} vectors of {settings.Column}, {vectors.Dimensions} numbers each.");
        if (settings.Nearest is { } term) PrintNearest(output, vectors, settings.Column, term, settings.Count);
        if (settings.Out is { } path)
        {
            Interruptible.Run(() => Save(mlContext, vectors, path), cancellationToken);
            output.Line($"Written to {path}.");
        }
        if (settings.Nearest is null && settings.Out is null) PrintTerms(output, vectors, settings.Count);
        return ExitCodes.Done;
    }

    private static void PrintTerms(Output output, EmbeddingVectors vectors, int count)
    {
        var table = output.Table("Term", "Nearest");
        foreach (string term in vectors.Terms.Take(count))
        {
            string nearest = string.Join(", ", vectors.Nearest(term, 3).Select(near => near.Term));
            table.AddRow(Markup.Escape(Output.Shorten(term, 30)), Markup.Escape(Output.Shorten(nearest, 60)));
        }
        output.Result(table);
    }

    private static void PrintNearest(Output output, EmbeddingVectors vectors, string column, string term, int count)
    {
        if (!vectors.TryGetVector(term, out _)) throw new UserException($"'{column}' has no vector of '{term}'.{Suggestion.For(term, vectors.Terms)}");
        var table = output.Table("Term", " Similarity");
        foreach (var near in vectors.Nearest(term, count))
            table.AddRow(Markup.Escape(near.Term), near.Similarity.ToString("F3", CultureInfo.InvariantCulture));
        output.Result(table);
    }

    private static string Save(MLContext mlContext, EmbeddingVectors vectors, string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".vec": vectors.SaveAsText(path); break;
            case ".png" or ".svg": vectors.SavePlot(path); break;
            default: mlContext.Data.SaveTable(vectors.ToDataFrame(), path); break;
        }
        return path;
    }
}
