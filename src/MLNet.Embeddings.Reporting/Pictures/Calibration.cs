namespace MLNet.Embeddings;

/// <summary>Whether of the rows to which a model gives a probability of 70 % about 70 % are positive.</summary>
/// <param name="Bins">By rising probability, those that have rows.</param>
/// <param name="Rows">How many rows there are.</param>
internal sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, int Rows)
{
    private const int BinCount = 10;

    /// <summary>Expected calibration error (Naeini and others 2015): how far probabilities are off, on average over the rows.</summary>
    internal double Error => Bins.Sum(bin => bin.Rows * Math.Abs(bin.MeanProbability - bin.PositiveShare)) / Rows;

    /// <summary>Bins of equal width: the first of probabilities below 0.1, the last from 0.9 to 1.</summary>
    /// <exception cref="ArgumentException">A probability is not between 0 and 1.</exception>
    internal static Calibration Of(IReadOnlyList<(bool IsPositive, float Probability)> rows)
    {
        foreach (var (_, probability) in rows)
        {
            if (probability is < 0 or > 1)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"A probability must be from 0 to 1; one was {probability}. Name the column of probabilities."), nameof(rows));
            }
        }
        var bins =
            from row in rows
            group row by Math.Min((int)(row.Probability * BinCount), BinCount - 1) into bin
            orderby bin.Key
            select new CalibrationBin(bin.Count(), bin.Average(row => (double)row.Probability), bin.Average(row => row.IsPositive ? 1.0 : 0));
        return new([.. bins], rows.Count);
    }
}

/// <summary>Rows of about the same probability.</summary>
/// <param name="Rows">How many they are; at least one.</param>
/// <param name="MeanProbability">Share of positive rows that the model expects.</param>
/// <param name="PositiveShare">Share of positive rows that there is.</param>
internal readonly record struct CalibrationBin(int Rows, double MeanProbability, double PositiveShare);
