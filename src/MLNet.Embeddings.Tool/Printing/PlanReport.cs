using System.Globalization;
using Microsoft.ML.Data;
using Spectre.Console;

namespace MLNet.Embeddings.Tool;

/// <summary>Shows what was found in a table and decided of it.</summary>
internal static class PlanReport
{
    private const int ExampleLength = 20, NameLength = 24;

    private static readonly string[] Titles = ["Column", "Type", "Read as", " Missing", " Values"];

    internal static void Print(Output output, TrainingPlan plan, ColumnKinds kinds)
    {
        if (output.IsQuiet) return;
        output.Heading(Path.GetFileName(plan.Table.Path));
        output.Line($"{plan.Table.Rows:N0} rows, {plan.Table.Columns.Count} columns; {Format(plan.Options)}");
        string[][] cells = [.. plan.Table.Columns.Select(column => Cells(plan, kinds, column))];
        var table = output.Table([.. Titles, "Examples"]);
        int used = Titles.Index().Sum(title => cells.Max(row => Math.Max(title.Item.Trim().Length, Markup.Remove(row[title.Index]).Length)));
        int left = output.Width - used - 4 * (Titles.Length + 1);
        foreach (var (row, column) in cells.Zip(plan.Table.Columns)) table.AddRow([.. row, $"[grey]{Markup.Escape(Examples(column, Math.Max(12, left)))}[/]"]);
        output.Show(table);
        output.Line($"To read a column otherwise: --text, --category, --number, --date or --ignore NAME.");
        PrintTask(output, plan);
    }

    private static string[] Cells(TrainingPlan plan, ColumnKinds kinds, ColumnDescription column) =>
    [
        Markup.Escape(Output.Shorten(column.Name, NameLength)),
        TypeName(plan.Options.Types[column.Name]),
        ReadAs(plan, kinds, column),
        column.Missing == 0 ? "" : Percent(column.Missing),
        column.Distinct.ToString("N0", CultureInfo.InvariantCulture) + (column.Distinct == ColumnDescription.MostDistinct ? "+" : ""),
    ];

    private static string Examples(ColumnDescription column, int length) =>
        Output.Shorten(string.Join(", ", column.Examples.Take(3).Select(example => Output.Shorten(example, ExampleLength))), length);

    private static void PrintTask(Output output, TrainingPlan plan)
    {
        var counts = plan.Labels.Counts;
        switch (plan.Task)
        {
            case PredictionTask.Binary:
                var positive = counts.First(count => count.Value == plan.Positive);
                string how = plan.IsPositivePlain ? "" : "; the rarer value counts as positive, --positive names another";
                string share = Percent((double)positive.Rows / counts.Sum(count => count.Rows));
                output.Line($"Predicting whether {plan.Label} is '{positive.Value}' ({share} of rows){how}.");
                break;
            case PredictionTask.Multiclass:
                string some = string.Join(", ", counts.OrderByDescending(count => count.Rows).Take(4).Select(count => Output.Shorten(count.Value, 20)));
                output.Line($"Predicting which of {counts.Count:N0} classes {plan.Label} is: {some}{(counts.Count > 4 ? ", …" : "")}.");
                break;
            default:
                output.Line($"Predicting {plan.Label} as a number.");
                break;
        }
        if (plan.Labels.Unlabelled == 0) return;
        string words = string.Join(", ", plan.Labels.MissingWords.Select(word => $"'{word}'"));
        output.Line($"{plan.Labels.Unlabelled:N0} rows have no {plan.Label}{(words.Length > 0 ? $" ({words} counts as none)" : "")}; they are left out.");
    }

    /// <summary>How the rows of a file are written, in words.</summary>
    internal static string Format(TableOptions options) => options.Format switch
    {
        TableFormat.Parquet => "Parquet",
        TableFormat.Json => "JSON",
        _ => $"separated by {options.Separator switch { ',' => "commas", ';' => "semicolons", '\t' => "tabs", '|' => "bars", var other => $"'{other}'" }}" +
            (options.HasHeader == true ? ", with a header" : ", without a header") + (options.DecimalSeparator == ',' ? ", decimal commas" : "") +
            (options.Quoted == false ? ", quotes stand for themselves" : ""),
    };

    private static string ReadAs(TrainingPlan plan, ColumnKinds kinds, ColumnDescription column)
    {
        if (column.Name == plan.Label) return "[bold]label[/]";
        if (plan.Columns.FirstOrDefault(read => read.Name == column.Name) is { } input)
        {
            string kind = KindOf(input) + (column.DateFormat is { } format && input is DateColumn ? $" {Markup.Escape(format)}" : "");
            return kinds.Kinds.ContainsKey(column.Name) ? $"{kind}, as told" : kind;
        }
        string why = kinds.Ignored.Contains(column.Name) ? "as told" : column.Distinct == 0 ? "no values" : "an id";
        return $"[grey]left out: {why}[/]";
    }

    private static string KindOf(InputColumn column) => column switch
    {
        TextColumn => "text",
        CategoryColumn => "category",
        NumberColumn => "number",
        DateColumn => "date",
        _ => "bag",
    };

    private static string TypeName(DataKind kind) => kind == DataKind.String ? "Text" : kind.ToString();

    private static string Percent(double share) => share is > 0 and < 0.001 ? "<0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
