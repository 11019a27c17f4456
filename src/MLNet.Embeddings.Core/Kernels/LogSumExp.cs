namespace MLNet.Embeddings;

/// <summary>The logarithm of a sum of exponentials, without large numbers in between; with it, softmax is e^(x - log sum).</summary>
internal static class LogSumExp
{
    internal static double Of(ReadOnlySpan<float> values)
    {
        float largest = float.NegativeInfinity;
        foreach (float value in values) largest = MathF.Max(largest, value);
        double sum = 0;
        foreach (float value in values) sum += Math.Exp(value - largest);
        return largest + Math.Log(sum);
    }
}
