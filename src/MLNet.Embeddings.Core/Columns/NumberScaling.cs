namespace MLNet.Embeddings;

/// <summary>A kind of <see cref="NumberScale"/>.</summary>
internal enum NumberScaling
{
    /// <summary>Deviations from the mean.</summary>
    Standard,

    /// <summary>Quantiles of a normal distribution.</summary>
    Normal,

    /// <summary>Bins that are filled.</summary>
    Bins,
}
