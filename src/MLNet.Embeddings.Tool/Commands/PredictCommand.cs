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

    /// <summary>The arguments as the command line takes them, for which a lone - is an option without a name: those of predict name streams.</summary>
    internal static IEnumerable<string> Marked(string[] arguments) =>
        arguments is ["predict", ..] ? arguments.Select(argument => argument == "-" ? Standard : argument) : arguments;

    public override ValidationResult Validate() =>
        Format is not ("csv" or "jsonl") ? ValidationResult.Error($"--format must be csv or jsonl; it was '{Format}'.") : base.Validate();
}

/// <summary>Scores the rows of a file: its columns, then the predictions.</summary>
internal sealed class PredictCommand : Command<PredictSettings>
{
    public override int Execute(CommandContext context, PredictSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet, toErrors: settings.IsOutStandard);
        if (!settings.IsOutStandard) OutputFile.Require(settings.Out);
        var mlContext = new MLContext();
        var model = ModelFile.Load(mlContext, settings.Model);
        using var input = InputFile.Of(settings.Data, settings.IsDataStandard, settings.Format, cancellationToken);
        var read = Interruptible.Run(() => model.Open(mlContext, input.Path, settings.Reading), cancellationToken);
        var scored = model.Model.ForScoring().Transform(read);
        var scores = ModelFile.ScoresOf(scored.Schema);
        if (scores.Count == 0) throw new UserException($"'{settings.Model}' makes no scores; it does not end in a trainer.");

        var kept = Interruptible.Run(() => Kept(mlContext, input.Path, settings, model, read.Schema), cancellationToken);
        string[] replaced = [.. kept.Schema.Select(column => column.Name).Intersect(scores.SelectMany(name => WrittenNames(scored.Schema[name])))];
        TellOf(output, kept.Schema, model.Needed, replaced);
        var predictions = mlContext.Transforms.SelectColumns([.. scores]).Fit(scored).Transform(scored);
        var rows = new JoinedRows(Without(mlContext, kept, replaced), predictions, cancellationToken);
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

    /// <summary>
    /// The columns of the file as they stand in it: as text, if the scores go to a file of text as well; else with the types that their values have, whatever
    /// the model reads them as.
    /// </summary>
    private static IDataView Kept(MLContext mlContext, string path, PredictSettings settings, ModelFile model, DataViewSchema read)
    {
        string name = settings.IsOutStandard ? $"x.{settings.Format}" : settings.Out;
        if (!IsDelimited(path) || !IsDelimited(name)) return mlContext.Data.LoadTable(path, settings.Reading);
        return mlContext.Data.LoadTable(path,
            model.Reading(settings.Reading) with { Types = read.ToDictionary(column => column.Name, _ => DataKind.String) });
    }

    /// <summary>The names that a column is written under: a vector's slots have one each.</summary>
    private static IEnumerable<string> WrittenNames(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: > 0 and var size }) return [column.Name];
        var slots = default(VBuffer<ReadOnlyMemory<char>>);
        if (column.HasSlotNames()) column.GetSlotNames(ref slots);
        return Enumerable.Range(0, size).Select(slot =>
            slots.Length == size && slots.GetItemOrDefault(slot) is { IsEmpty: false } name ? $"{column.Name}.{name}" : $"{column.Name}.{slot}");
    }

    private static bool IsDelimited(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() is not (".jsonl" or ".ndjson" or ".json" or ".parquet");
    }

    private static IDataView Without(MLContext mlContext, IDataView kept, string[] names) =>
        names.Length == 0 ? kept : mlContext.Transforms.DropColumns(names).Fit(kept).Transform(kept);

    private static void TellOf(Output output, DataViewSchema kept, IReadOnlyList<string> needed, string[] replaced)
    {
        string[] unread = [.. kept.Select(column => column.Name).Except(needed)];
        if (unread.Length > 0) output.Line($"The model does not read {Describe(unread)}.");
        if (replaced.Length > 0) output.Line($"The file's own {Describe(replaced)} is replaced by what the model predicts.");
    }

    private static string Describe(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(10).Select(name => $"'{name}'")) + (names.Count > 10 ? $" and {names.Count - 10} others" : "");
}
