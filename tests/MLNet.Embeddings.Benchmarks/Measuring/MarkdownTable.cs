using System.Globalization;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Writes comparisons as a Markdown table.</summary>
internal static class MarkdownTable
{
    internal static void Write(TextWriter writer, IEnumerable<Comparison> comparisons)
    {
        writer.WriteLine("| measure | peer | ours | peer's | times better | reach | reached |");
        writer.WriteLine("|---|---|--:|--:|--:|---|---|");
        foreach (var row in comparisons)
        {
            string reached = row.Reach is null ? "" : row.Reach.IsMet(row) ? "yes" : "no";
            string[] cells =
            [
                row.Measure, row.Peer, Figure(row.Ours, row.Unit), Figure(row.Theirs, row.Unit), Number(row.Ratio), row.Reach?.Text ?? "", reached,
            ];
            writer.WriteLine($"| {string.Join(" | ", cells)} |");
        }
    }

    private static string Figure(double value, Unit unit) => $"{Number(value)} {unit.Name}";

    /// <summary>A number with three digits or more.</summary>
    private static string Number(double value) =>
        value.ToString(value switch { >= 100 => "N0", >= 10 => "N1", _ => "N2" }, CultureInfo.InvariantCulture);
}
