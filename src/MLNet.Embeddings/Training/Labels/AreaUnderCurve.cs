namespace MLNet.Embeddings;

/// <summary>The area under the ROC curve: how often a positive row scores above a negative one, an equal score counting half.</summary>
internal static class AreaUnderCurve
{
    /// <summary>The weighted area; NaN if all rows are of one class.</summary>
    internal static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        float[] ordered = scores.ToArray();
        int[] rows = [.. Enumerable.Range(0, ordered.Length)];
        Array.Sort(ordered, rows);

        double area = 0, negativesBelow = 0, positives = 0;
        for (int start = 0, end; start < rows.Length; start = end)
        {
            double negative = 0, positive = 0;
            for (end = start; end < rows.Length && ordered[end].Equals(ordered[start]); end++)
            {
                if (labels[rows[end]] > 0.5f) positive += weights[rows[end]];
                else negative += weights[rows[end]];
            }
            area += positive * (negativesBelow + negative / 2);
            negativesBelow += negative;
            positives += positive;
        }
        return area / (positives * negativesBelow);
    }
}
