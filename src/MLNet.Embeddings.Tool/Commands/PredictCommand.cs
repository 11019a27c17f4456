using System.ComponentModel;
using Microsoft.ML;
using Microsoft.ML.Data;
using Spectre.Console;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>predict</c> is told.</summary>
internal sealed class PredictSettings : ReadingSettings
{
    [CommandArgument(0, "<MODEL>")]
    [Description("The model's file.")]
    public string Model { get; init; } = "";

    [CommandArgument(1, "<DATA>")]
    [Description("The rows to score, with or without the label, columns in any order; - for standard input.")]
    public string Data { get; init; } = "";

    [CommandOption("-o|--out <FILE>")]
    [Description("The file to write: .csv, .tsv, .jsonl or .parquet; - for standard output.")]
    [DefaultValue(Standard)]
    public string Out { get; init; } = "";

    [CommandOption("--format <KIND>")]
    [Description("The format of standard input and output: csv or jsonl.")]
    [DefaultValue("csv")]
    public string Format { get; init; } = "";

    /// <summary>Whether the scores go to standard output.</summary>
    internal bool IsOutStandard => Out == Standard;

    /// <summary>Whether the rows come from standard input.</summary>
    internal bool IsDataStandard => Data == Standard;

    private const string Standard = "standard output";

    /// <summary>An argument as the command line takes it, which takes a lone - for an option without a name.</summary>
    internal static string Marked(string argument) => argument == "-" ? Standard : argument;

    public override ValidationResult Validate() =>
        Format is not ("csv" or "jsonl") ? ValidationResult.Error($"--format must be csv or jsonl; it was '{Format}'.") : base.Validate();
}

/// <summary>Scores the rows of a file: its columns, then the predictions.</summary>
internal sealed class PredictCommand : Command<PredictSettings>
{
    public override int Execute(CommandContext context, PredictSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet, toErrors: settings.IsOutStandard);
        var mlContext = new MLContext();
        var model = ModelFile.Load(mlContext, settings.Model);
        using var input = InputFile.Of(settings.Data, settings.IsDataStandard, settings.Format);
        var read = model.Open(mlContext, input.Path, settings.Reading);
        var scored = model.Model.ForScoring().Transform(read);
        var scores = ModelFile.ScoresOf(scored.Schema);
        if (scores.Count == 0) throw new UserException($"'{settings.Model}' makes no scores; it does not end in a trainer.");

        var kept = Kept(mlContext, input.Path, settings, read);
        TellOf(output, kept.Schema, model.Needed, scores);
        var predictions = mlContext.Transforms.SelectColumns([.. scores]).Fit(scored).Transform(scored);
        var rows = new JoinedRows(Without(mlContext, kept, scores), predictions, cancellationToken);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        if (settings.IsOutStandard)
        {
            using var stream = Console.OpenStandardOutput();
            mlContext.Data.SaveTable(rows, stream, settings.Format == "csv" ? TableFormat.Delimited : TableFormat.Json);
        }
        else mlContext.Data.SaveTable(rows, settings.Out);
        var time = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        string written = settings.IsOutStandard ? "" : $", written to {settings.Out}";
        output.Line($"{rows.Count:N0} rows scored in {Output.Time(time)}{written}, with {Describe(scores)}.");
        return ExitCodes.Done;
    }

    /// <summary>The columns of the file as they stand in it, if the scores go to a file of text as well; else with their types.</summary>
    private static IDataView Kept(MLContext mlContext, string path, PredictSettings settings, IDataView read)
    {
        string name = settings.IsOutStandard ? $"x.{settings.Format}" : settings.Out;
        if (!IsDelimited(path) || !IsDelimited(name)) return read;
        return mlContext.Data.LoadTable(path, settings.Reading with { Types = read.Schema.ToDictionary(column => column.Name, _ => DataKind.String) });
    }

    private static bool IsDelimited(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() is not (".jsonl" or ".ndjson" or ".json" or ".parquet");
    }

    private static IDataView Without(MLContext mlContext, IDataView kept, IReadOnlyList<string> names)
    {
        string[] there = [.. names.Where(name => kept.Schema.GetColumnOrNull(name) is not null)];
        return there.Length == 0 ? kept : mlContext.Transforms.DropColumns(there).Fit(kept).Transform(kept);
    }

    private static void TellOf(Output output, DataViewSchema kept, IReadOnlyList<string> needed, IReadOnlyList<string> scores)
    {
        string[] unread = [.. kept.Select(column => column.Name).Except(needed)];
        if (unread.Length > 0) output.Line($"The model does not read {Describe(unread)}.");
        string[] replaced = [.. kept.Select(column => column.Name).Intersect(scores)];
        if (replaced.Length > 0) output.Line($"The file's own {Describe(replaced)} is replaced by that of the model.");
    }

    private static string Describe(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(10).Select(name => $"'{name}'")) + (names.Count > 10 ? $" and {names.Count - 10} others" : "");
}
