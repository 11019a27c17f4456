using System.Globalization;
using System.Xml.Linq;

namespace MLNet.Embeddings;

/// <summary>What a row's score comes from: columns as bars, words marked by what they added.</summary>
internal static class ExplanationPart
{
    private const int MostWords = 300, LongestValue = 200, Strengths = 4;

    /// <summary>What the marks mean.</summary>
    internal static XElement Legend() => new("p", Html.Class("legend"), "Marks of words: ",
        new XElement("span", Html.Class("for-4"), "speaks strongly for"), " ", new XElement("span", Html.Class("for-2"), "a little"), " ",
        new XElement("span", Html.Class("against-2"), "a little against"), " ", new XElement("span", Html.Class("against-4"), "strongly"));

    internal static XElement Of(RowExplanation row)
    {
        string what = row.Class is { } name ? $"for '{Show.Short(name, 60)}'" : $"to {row.Label}";
        double largest = row.Columns.Select(column => Math.Abs(column.Contribution)).DefaultIfEmpty().Max();
        var columns = row.Columns.OrderByDescending(column => Math.Abs(column.Contribution)).ToArray();
        return new XElement("div", Html.Class("explanation"),
            Html.Paragraph($"{(row.Class is null ? "Score" : "Logit")} {what}: {Show.Number(row.Score)}, of which {Show.Number(row.Baseline)} without the row's " +
                "values."),
            Html.Table("What each column added", ["Column", "Added", "Value"], columns.Select(column => new object?[]
            {
                column.Column, new XElement("div", Html.Class("added"), new XElement("span", Html.Class("number"), Show.Signed(column.Contribution)),
                    Bar(column.Contribution, largest)), Value(column),
            })));
    }

    /// <summary>A bar from the middle: to the right for, to the left against.</summary>
    private static XElement Bar(double contribution, double largest)
    {
        double share = largest == 0 ? 0 : 50 * contribution / largest;
        XElement bar = new("svg", Html.Class("bar"), new XAttribute("viewBox", "0 0 100 12"), new XAttribute("aria-hidden", "true"));
        bar.Add(new XElement("rect", Html.Class(share < 0 ? "against" : "for"), Attribute("x", 50 + Math.Min(0, share)), Attribute("y", 1),
            Attribute("width", Math.Abs(share)), Attribute("height", 10)));
        bar.Add(new XElement("line", Attribute("x1", 50), Attribute("x2", 50), Attribute("y1", 0), Attribute("y2", 12)));
        return bar;
    }

    private static object?[] Value(ColumnContribution column)
    {
        if (column.Words.Count == 0) return [column.Value is null ? new XElement("em", "missing, or a vector") : Show.Short(Day(column.Value), LongestValue)];
        double largest = column.Words.Max(word => Math.Abs(word.Contribution));
        var words = column.Words.Take(MostWords).SelectMany(word => new object[] { Mark(word, largest), " " });
        return [.. words, column.Words.Count > MostWords ? $"… and {column.Words.Count - MostWords} more words" : null];
    }

    /// <summary>A time as a text, without that of day where it is midnight.</summary>
    private static string Day(string value) => value.EndsWith("T00:00:00", StringComparison.Ordinal) ? value[..^"T00:00:00".Length] : value;

    private static XElement Mark(WordContribution word, double largest)
    {
        int strength = largest == 0 ? 0 : (int)Math.Round(Strengths * Math.Abs(word.Contribution) / largest);
        XElement mark = new("span", word.Word);
        if (strength == 0) return mark;
        mark.Add(Html.Class($"{(word.Contribution < 0 ? "against" : "for")}-{strength}"), new XAttribute("title", Show.Signed(word.Contribution)));
        return mark;
    }

    private static XAttribute Attribute(string name, double value) => new(name, value.ToString("0.##", CultureInfo.InvariantCulture));
}
