using System.Globalization;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What came of groups of sets: a row each. Times of LightGBM's fit are the median of the sets'.</summary>
internal static class SuiteSummary
{
    private const string Header = """
        | group | sets | at or above the best | mean ratio of errors | at or above strong LightGBM | mean ratio | fit, s: median | all | times LightGBM's |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|
        """;

    internal static void Write(TextWriter writer, IReadOnlyList<SuiteResult> results)
    {
        writer.WriteLine(Header);
        foreach (var group in results.GroupBy(result => result.Set.Group).OrderBy(group => group.Key, StringComparer.Ordinal))
            writer.WriteLine(Row(group.Key, [.. group]));
        writer.WriteLine(Row("all", results));
    }

    private static string Row(string name, IReadOnlyList<SuiteResult> results)
    {
        double[] strong = [.. results.Select(result => result.StrongRatio).OfType<double>()];
        string besideStrong = strong.Length == 0 ? " | " : string.Create(CultureInfo.InvariantCulture,
            $"{results.Count(IsAtOrAboveStrong)} of {strong.Length} | {strong.Average():0.000}");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {results.Count} | {results.Count(result => result.IsAtOrAbove)} | {results.Average(result => result.Ratio):0.000} | " +
            $"{besideStrong} | " +
            $"{Median(results.Select(result => result.Seconds)):0.0} | {results.Sum(result => result.Seconds):0} | " +
            $"{Median(results.Select(result => result.Seconds / result.LightGbmSeconds).OfType<double>()):0.0} |");
    }

    private static bool IsAtOrAboveStrong(SuiteResult result) => result.Strong is { } strong && result.Set.Metric.IsAtOrAbove(result.Ours, strong);

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return double.NaN;
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
