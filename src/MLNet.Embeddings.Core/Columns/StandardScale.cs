namespace MLNet.Embeddings;

/// <summary>Numbers in deviations from their means, 0 where they are missing.</summary>
internal sealed class StandardScale(float[] mean, float[] deviation, bool hasMissing) : NumberScale(mean.Length, hasMissing)
{
    internal const string MeanPart = "mean", DeviationPart = "deviation";

    /// <summary>Numbers are cut off at this many deviations from the mean, so that the largest float cannot make a score infinite.</summary>
    /// <remarks>Among n numbers none lies more than √(n - 1) deviations from their mean, so no number of up to 10 billion training rows is cut.</remarks>
    private const float MostDeviations = 100_000;

    internal float[] Mean => mean;

    internal float[] Deviation => deviation;

    internal override IEnumerable<(string Part, float[] Values)> Arrays => [(MeanPart, mean), (DeviationPart, deviation)];

    private protected override float Scale(int index, float number) =>
        float.IsNaN(number) ? 0 : Math.Clamp((number - mean[index]) / deviation[index], -MostDeviations, MostDeviations);
}
