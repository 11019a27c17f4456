namespace MLNet.Embeddings;

/// <summary>A number column: a scalar or a vector of numbers, standardised inside to mean 0 and deviation 1.</summary>
/// <remarks>
/// Missing values (NaN) are filled with the mean; where the training data had any, a 0/1 indicator per number tells the network that the value was missing.
/// </remarks>
public sealed record NumberColumn : InputColumn
{
    /// <summary>Standardised numbers are cut off at this many deviations from the mean, so that the largest float cannot make a score infinite.</summary>
    /// <remarks>Among n numbers none lies more than √(n - 1) deviations from their mean, so no number of up to 10 billion training rows is cut.</remarks>
    private const float MostDeviations = 100_000;

    internal NumberColumn(string name) : base(name) { }

    /// <summary>The number as the network takes it, in training and in scoring: in deviations from the mean, 0 where it is missing.</summary>
    internal static float Standardize(float number, float mean, float deviation) =>
        float.IsNaN(number) ? 0 : Math.Clamp((number - mean) / deviation, -MostDeviations, MostDeviations);
}
