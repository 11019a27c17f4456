using System.Globalization;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What came of one set: a row of the report.</summary>
/// <param name="Set">The set.</param>
/// <param name="Ours">Our metric.</param>
/// <param name="Best">The best baseline's.</param>
/// <param name="Strong">That of LightGBM with stronger settings; null where there are texts.</param>
/// <param name="Seconds">Seconds of our fit.</param>
/// <param name="LightGbmSeconds">Seconds of LightGBM's fit with ML.NET's defaults on the same rows; null where ML.NET cannot learn the set.</param>
internal sealed record SuiteResult(SuiteSet Set, double Ours, double Best, double? Strong, double Seconds, double? LightGbmSeconds)
{
    internal const string Header = """
        | set | metric | ours | best baseline | strong LightGBM | ratio of errors | fit, s | LightGBM's, s |
        |---|---|--:|--:|--:|--:|--:|--:|
        """;

    internal double Ratio => Set.Metric.Ratio(Ours, Best);

    internal double? StrongRatio => Strong is { } strong ? Set.Metric.Ratio(Ours, strong) : null;

    internal bool IsAtOrAbove => Set.Metric.IsAtOrAbove(Ours, Best);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {Set.Name} | {Set.Metric.Name} | {Ours:0.0000} | {Best:0.0000} | {Strong:0.0000} | {Ratio:0.000} | {Seconds:0.0} | {LightGbmSeconds:0.0} |");
}
