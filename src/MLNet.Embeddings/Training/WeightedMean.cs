namespace MLNet.Embeddings;

/// <summary>A mean over rows of different weight, collected batch by batch.</summary>
internal sealed class WeightedMean
{
    private double _sum, _weight;

    /// <summary>The mean so far; 0 before anything was added.</summary>
    internal double Value => _weight > 0 ? _sum / _weight : 0;

    /// <param name="weightedSum">Sum of value × weight over some rows.</param>
    /// <param name="weight">Sum of their weights.</param>
    internal void Add(double weightedSum, double weight)
    {
        _sum += weightedSum;
        _weight += weight;
    }
}
