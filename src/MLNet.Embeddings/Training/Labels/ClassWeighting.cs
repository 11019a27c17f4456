namespace MLNet.Embeddings;

/// <summary>The weights of a label's classes, worked out from its rows.</summary>
internal static class ClassWeighting
{
    /// <summary>A weight per class.</summary>
    /// <param name="weights">The setting; null for all alike.</param>
    /// <param name="label">Name of the label column.</param>
    /// <param name="names">Names of the classes.</param>
    /// <param name="labels">Number of the class of each row; NaN is missing.</param>
    /// <exception cref="InvalidOperationException">A weight is given for a class that does not exist.</exception>
    internal static double[] Of(ClassWeights? weights, string label, IReadOnlyList<string> names, ReadOnlySpan<float> labels)
    {
        if (weights is null) return [.. names.Select(_ => 1.0)];
        if (weights.Given is not { } given) return Balanced(names.Count, labels);

        if (given.Keys.Except(names).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException(
                $"ClassWeights of label '{label}' names the class '{unknown}', which does not exist. The classes are: " +
                $"{string.Join(", ", names.Take(20).Select(name => $"'{name}'"))}{(names.Count > 20 ? ", ..." : "")}. Correct the name.");
        }
        return [.. names.Select(name => given.GetValueOrDefault(name, 1))];
    }

    private static double[] Balanced(int classes, ReadOnlySpan<float> labels)
    {
        double[] counts = new double[classes];
        foreach (float label in labels)
        {
            if (!float.IsNaN(label)) counts[(int)label]++;
        }
        double present = counts.Count(count => count > 0), rows = counts.Sum();
        return Array.ConvertAll(counts, count => count > 0 ? rows / (present * count) : 1);
    }
}
