using System.Globalization;
using Spectre.Console;

namespace MLNet.Embeddings.Tool;

/// <summary>Shows what the columns of a row added to its score as bars, and the words of texts coloured by what they added.</summary>
internal static class ExplanationReport
{
    private const int BarWidth = 24, MostWords = 60, MostPlainWords = 8;

    internal static void Print(Output output, int row, RowExplanation explanation)
    {
        string what = explanation.Class is { } name ? $"{explanation.Label} = {name}" : explanation.Label;
        output.Result($"");
        output.Result($"[bold deepskyblue1]Row {row}[/]  {what}: {Signed(explanation.Score)} = {Signed(explanation.Baseline)} without values, and");
        double most = explanation.Columns.Max(column => Math.Abs(column.Contribution));
        var table = output.Table("Column", " Adds", "", "Value");
        foreach (var column in explanation.Columns.OrderByDescending(column => Math.Abs(column.Contribution)))
        {
            string colour = column.Contribution < 0 ? "red" : "green";
            table.AddRow(Markup.Escape(column.Column), Signed(column.Contribution), $"[{colour}]{Bar(column.Contribution, most)}[/]", Value(output, column));
        }
        output.Result(table);
    }

    private static string Bar(double contribution, double most)
    {
        int width = most == 0 ? 0 : (int)Math.Round(Math.Abs(contribution) / most * BarWidth);
        return new string(contribution < 0 ? '▒' : '█', width);
    }

    /// <summary>The value; of a text on a terminal, its words in colour; in a file, those that added most.</summary>
    private static string Value(Output output, ColumnContribution column)
    {
        if (column.Words.Count == 0) return column.Value is null ? "[grey]missing[/]" : Markup.Escape(Output.Shorten(column.Value, 40));
        if (output.IsPlain)
        {
            var words = column.Words.OrderByDescending(word => Math.Abs(word.Contribution)).Take(MostPlainWords);
            return string.Join(", ", words.Select(word => $"{Markup.Escape(word.Word)} {Signed(word.Contribution)}"));
        }
        double most = column.Words.Max(word => Math.Abs(word.Contribution));
        string text = string.Join(' ', column.Words.Take(MostWords).Select(word => $"[{Colour(word.Contribution, most)}]{Markup.Escape(word.Word)}[/]"));
        return column.Words.Count > MostWords ? $"{text} …" : text;
    }

    private static string Colour(double contribution, double most) => (most == 0 ? 0 : contribution / most) switch
    {
        > 0.5 => "black on green",
        > 0.15 => "green",
        < -0.5 => "white on red",
        < -0.15 => "red",
        _ => "grey",
    };

    private static string Signed(double value) => Math.Abs(value) is > 0 and < 0.0005
        ? value.ToString(value > 0 ? "+0.##E-0" : "0.##E-0", CultureInfo.InvariantCulture)
        : value.ToString("+0.###;-0.###;0", CultureInfo.InvariantCulture);
}
