namespace MLNet.Embeddings;

/// <summary>A number column: a scalar or a vector of numbers, standardised inside to mean 0 and deviation 1.</summary>
/// <remarks>
/// Missing values (NaN) are filled with the mean; where the training data had any, a 0/1 indicator per number tells the network that the value was missing.
/// </remarks>
public sealed record NumberColumn : InputColumn
{
    private const float Limit = 1e6f;

    internal NumberColumn(string name) : base(name) { }

    /// <summary>The number as the network takes it: in deviations from the mean, 0 where it is missing, kept within ±1,000,000 so that nothing overflows.</summary>
    internal static float Standardize(float number, float mean, float deviation) =>
        float.IsNaN(number) ? 0 : Math.Clamp((number - mean) / deviation, -Limit, Limit);
}
