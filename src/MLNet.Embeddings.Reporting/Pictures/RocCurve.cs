namespace MLNet.Embeddings;

/// <summary>What shares of the negative and of the positive rows score above each threshold.</summary>
/// <param name="Points">From (0, 0) to (1, 1), one for each score that there is: rows of equal scores are told apart by no threshold.</param>
/// <param name="Rows">How many rows there are.</param>
internal sealed record RocCurve(IReadOnlyList<RocPoint> Points, int Rows)
{
    /// <summary>Area under the curve: how often a positive row scores above a negative one, a tie counted as half.</summary>
    internal double Area => Points.Zip(Points.Skip(1), (from, to) =>
        (to.FalsePositiveRate - from.FalsePositiveRate) * (from.TruePositiveRate + to.TruePositiveRate) / 2).Sum();

    /// <exception cref="ArgumentException">The rows are all of one class.</exception>
    internal static RocCurve Of(IReadOnlyList<(bool IsPositive, float Score)> rows)
    {
        int positives = rows.Count(row => row.IsPositive), negatives = rows.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            throw new ArgumentException(
                $"All {rows.Count} rows are {(positives == 0 ? "negative" : "positive")}; a ROC curve needs rows of both classes: give other rows.",
                nameof(rows));
        }

        var points = new List<RocPoint> { new(0, 0) };
        int above = 0, positivesAbove = 0;
        foreach (var tied in rows.GroupBy(row => row.Score).OrderByDescending(tied => tied.Key))
        {
            above += tied.Count();
            positivesAbove += tied.Count(row => row.IsPositive);
            points.Add(new((double)(above - positivesAbove) / negatives, (double)positivesAbove / positives));
        }
        return new(points, rows.Count);
    }
}

/// <summary>What a threshold of the score does.</summary>
/// <param name="FalsePositiveRate">Share of the negative rows at or above it.</param>
/// <param name="TruePositiveRate">Share of the positive rows at or above it.</param>
internal readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate);
