namespace MLNet.Embeddings;

/// <summary>What the error of a regression costs.</summary>
public enum RegressionLoss
{
    /// <summary>The square of the error: scores tend to the mean.</summary>
    Squared,

    /// <summary>The absolute error: scores tend to the median, and rare large labels matter little.</summary>
    Absolute,

    /// <summary>Half the square of small errors, and in proportion to large ones. Huber 1964 (Annals of Mathematical Statistics 35).</summary>
    Huber,
}
