namespace MLNet.Embeddings.Benchmarks;

/// <summary>A metric of ML.NET's evaluators and the figure to reach.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reach">The figure to reach; null for none.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
internal sealed record QualityMetric(string Name, double? Reach, bool HigherIsBetter)
{
    internal bool IsReached(double figure) => Reach is null || (HigherIsBetter ? figure >= Reach : figure <= Reach);
}
