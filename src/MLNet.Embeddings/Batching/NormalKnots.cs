namespace MLNet.Embeddings;

/// <summary>Quantiles of numbers, and where they would lie if the numbers were distributed normally.</summary>
internal static class NormalKnots
{
    /// <summary>As many quantiles as TabM's protocol takes.</summary>
    private const int Least = 10, Most = 1_000, NumbersPerKnot = 30;

    /// <summary>Rising values, those at equal steps of the numbers' order.</summary>
    internal static float[] Of(DistinctValues values)
    {
        int count = Math.Clamp(values.Total / NumbersPerKnot, Least, Most);
        return [.. Enumerable.Range(0, count).Select(knot => values[values.IndexAt((int)((long)knot * (values.Total - 1) / (count - 1)))]).Distinct()];
    }

    /// <summary>The place of each knot under a normal distribution: that of the share of numbers below it, those equal to it counted half.</summary>
    internal static IEnumerable<float> Heights(DistinctValues values, float[] knots) => knots.Select(knot => (float)NormalQuantile(values.MiddleRank(values.IndexOf(knot))));

    /// <summary>Φ⁻¹ of a probability above 0 and below 1, to within 1e-6: Giles, Approximating the erfinv function (GPU Computing Gems 2, 2011), single precision.</summary>
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
