using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A baseline's metric and the seconds of its fit.</summary>
internal sealed record Baseline(double Value, double Seconds);

/// <summary>Baselines computed once and kept in a file: a line each of set, split, training rows, peer, metric, value and seconds.
/// Seconds are those of the machine as busy as it was: a line that is taken out is measured again.
/// Of a figure that two runs at once have added, the first counts.</summary>
/// <param name="path">The file; made when the first is computed.</param>
internal sealed class Baselines(string path)
{
    private readonly Dictionary<string, Baseline> _known = File.Exists(path)
        ? File.ReadLines(path).Select(Parse).DistinctBy(line => line.Key).ToDictionary()
        : [];

    /// <summary>Of the file, or computed and added to it.</summary>
    internal Baseline Of(SuitePeer peer, MLContext context, SuiteSet set, SuiteData data, bool inside)
    {
        string key = $"{set.Name}|{(inside ? "inside" : "test")}|{data.Training.GetRowCount()}|{peer.Name}|{set.Metric.Name}";
        if (_known.TryGetValue(key, out var known)) return known;

        long start = Stopwatch.GetTimestamp();
        var model = peer.Fit(context, set, data.Training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var computed = new Baseline(SuiteMetric.Rounded(set.Task.Evaluate(context, data.Test, model.Transform(data.Test))), seconds);
        File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{key}|{computed.Value}|{computed.Seconds:F2}\n"));
        return _known[key] = computed;
    }

    private static KeyValuePair<string, Baseline> Parse(string line) => line.Split('|') switch
    {
        [.. var key, var value, var seconds] => new(
            string.Join('|', key), new(double.Parse(value, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture))),
        _ => throw new FormatException($"A line of a file of baselines has seven fields, separated by '|': {line}"),
    };
}
