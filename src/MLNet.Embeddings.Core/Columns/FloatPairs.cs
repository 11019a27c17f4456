namespace MLNet.Embeddings;

/// <summary>Doubles as the sums of two floats each, which is how arrays of floats hold them: to about 48 bits of their 53 (Dekker 1971).</summary>
internal static class FloatPairs
{
    private const string Rest = ".rest";

    /// <summary>The nearest double that is such a sum.</summary>
    internal static double Round(double value) => Head(value) + (double)RestOf(value);

    /// <summary>The arrays that hold doubles: one of the nearest floats, and one of what they leave.</summary>
    /// <param name="part">Name of the first one.</param>
    /// <param name="values">The doubles.</param>
    internal static IEnumerable<(string Part, float[] Values)> Split(string part, double[] values) =>
        [(part, Array.ConvertAll(values, Head)), (RestName(part), Array.ConvertAll(values, RestOf))];

    /// <summary>The doubles that two arrays hold.</summary>
    /// <param name="heads">The nearest floats.</param>
    /// <param name="rests">What they leave; null for nothing.</param>
    internal static double[] Join(float[] heads, float[]? rests)
    {
        double[] values = new double[heads.Length];
        for (int i = 0; i < values.Length; i++) values[i] = heads[i] + (double)(rests?[i] ?? 0);
        return values;
    }

    /// <summary>Name of the second array.</summary>
    internal static string RestName(string part) => part + Rest;

    /// <summary>Names of the arrays, or of the first one alone where there is no second.</summary>
    internal static IEnumerable<string> Names(string part, bool hasRest) => hasRest ? [part, RestName(part)] : [part];

    private static float Head(double value) => (float)value;

    private static float RestOf(double value) => (float)(value - Head(value));
}
