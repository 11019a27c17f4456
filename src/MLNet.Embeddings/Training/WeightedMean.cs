namespace MLNet.Embeddings;

/// <summary>A mean of weighted values, added up one after the other.</summary>
internal sealed class WeightedMean
{
    /// <summary>The values' sum, each times its weight.</summary>
    internal double Sum { get; private set; }

    /// <summary>Sum of the weights.</summary>
    internal double Weight { get; private set; }

    internal double Value => Weight > 0 ? Sum / Weight : 0;

    internal void Add(double weightedSum, double weight)
    {
        Sum += weightedSum;
        Weight += weight;
    }
}
