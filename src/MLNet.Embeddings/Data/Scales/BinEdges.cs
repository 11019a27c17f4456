namespace MLNet.Embeddings;

/// <summary>Edges of bins that hold about as many numbers each.</summary>
internal static class BinEdges
{
    /// <param name="values">The numbers.</param>
    /// <param name="most">The most bins.</param>
    /// <returns>Rising edges, one more than there are bins: the least and the largest number and some between them; one edge where all numbers are
    /// equal.</returns>
    internal static double[] Of(DistinctValues values, int most)
    {
        if (values.Count <= most + 1) return [.. Enumerable.Range(0, values.Count).Select(i => values[i])];

        // A value that more numbers have than a bin should hold is an edge by itself; the others share the edges that are left.
        double share = (double)values.Total / most;
        int[] crowded = [.. Enumerable.Range(1, values.Count - 2).Where(i => values.CountOf(i) >= share)];
        int rest = Enumerable.Range(1, values.Count - 2).Sum(values.CountOf) - crowded.Sum(values.CountOf);
        int shared = most - crowded.Length;
        double step = (double)rest / shared;

        List<double> edges = [values[0]];
        double passed = 0, next = step;
        for (int i = 1; i < values.Count - 1; i++)
        {
            bool isCrowded = values.CountOf(i) >= share;
            if (!isCrowded) passed += values.CountOf(i);
            if (isCrowded || passed >= next && next <= (shared - 0.5) * step) edges.Add(values[i]);
            while (passed >= next) next += step;
        }
        edges.Add(values[values.Count - 1]);
        return [.. edges];
    }
}

/// <summary>Quantiles of numbers, and where they would lie if the numbers were distributed normally.</summary>
internal static class NormalKnots
{
    /// <summary>As many quantiles as TabM's protocol takes.</summary>
    private const int Least = 10, Most = 1_000, NumbersPerKnot = 30;

    /// <summary>Rising values, those at equal steps of the numbers' order.</summary>
    internal static double[] Of(DistinctValues values)
    {
        int count = Math.Clamp(values.Total / NumbersPerKnot, Least, Most);
        return [.. Enumerable.Range(0, count).Select(knot => values[values.IndexAt((int)((long)knot * (values.Total - 1) / (count - 1)))]).Distinct()];
    }

    /// <summary>The place of each knot under a normal distribution: that of the share of numbers below it, those equal to it counted half.</summary>
    internal static IEnumerable<float> Heights(DistinctValues values, double[] knots) =>
        knots.Select(knot => (float)NormalQuantile(values.MiddleRank(values.IndexOf(knot))));

    /// <summary>
    /// Φ⁻¹ of a probability above 0 and below 1, to within 1e-6: Giles, Approximating the erfinv function (GPU Computing Gems 2, 2011), single precision.
    /// </summary>
    internal static double NormalQuantile(double probability)
    {
        double x = 2 * probability - 1, w = -Math.Log((1 - x) * (1 + x));
        ReadOnlySpan<double> coefficients = w < 5
            ? [2.81022636e-08, 3.43273939e-07, -3.5233877e-06, -4.39150654e-06, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941]
            : [-0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682];
        w = w < 5 ? w - 2.5 : Math.Sqrt(w) - 3;
        double polynomial = 0;
        foreach (double coefficient in coefficients) polynomial = polynomial * w + coefficient;
        return Math.Sqrt(2) * polynomial * x;
    }
}

/// <summary>The different values of some numbers in rising order, and of how many numbers each is.</summary>
internal sealed class DistinctValues
{
    private readonly double[] _values;
    private readonly int[] _below;

    /// <param name="numbers">The numbers in rising order, none of them NaN.</param>
    internal DistinctValues(double[] numbers)
    {
        List<double> values = [];
        List<int> below = [];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i > 0 && numbers[i] == numbers[i - 1]) continue;
            values.Add(numbers[i]);
            below.Add(i);
        }
        below.Add(numbers.Length);
        (_values, _below) = ([.. values], [.. below]);
    }

    /// <summary>How many different values there are.</summary>
    internal int Count => _values.Length;

    /// <summary>How many numbers there are.</summary>
    internal int Total => _below[^1];

    /// <summary>The different values, rising.</summary>
    internal double this[int index] => _values[index];

    /// <summary>The place of a value among the different ones.</summary>
    internal int IndexOf(double value) => Array.BinarySearch(_values, value);

    /// <summary>How many numbers have a value.</summary>
    internal int CountOf(int index) => _below[index + 1] - _below[index];

    /// <summary>The share of the numbers below a value, those equal to it counted half.</summary>
    internal double MiddleRank(int index) => (_below[index] + CountOf(index) / 2.0) / Total;

    /// <summary>Which value the number at a place in rising order has.</summary>
    internal int IndexAt(int place)
    {
        int found = Array.BinarySearch(_below, place);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The value in the middle; the lower one of two.</summary>
    internal double Median => _values[IndexAt((Total - 1) / 2)];
}
