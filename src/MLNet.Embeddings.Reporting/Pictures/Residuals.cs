namespace MLNet.Embeddings;

/// <summary>How far predicted numbers are from the true ones.</summary>
/// <param name="Rows">The true number and the predicted one, in the order of the data.</param>
internal sealed record Residuals(IReadOnlyList<(float Label, float Score)> Rows)
{
    /// <summary>What each row's label is above its prediction.</summary>
    internal IEnumerable<double> Values => Rows.Select(row => (double)row.Label - row.Score);

    /// <summary>The mean; predictions are too low if it is above 0.</summary>
    internal double Mean => Values.Average();

    /// <summary>Root of the mean square.</summary>
    internal double RootMeanSquare => Math.Sqrt(Values.Average(value => value * value));
}
