using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>What a fit says of data that are not what they seem to be; null where they are.</summary>
internal static class FitWarnings
{
    /// <summary>A greater share of unknown keys is told.</summary>
    private const double MuchUnknown = 0.2;

    /// <summary>Classes of a label of which no row is validated on.</summary>
    /// <param name="label">The label.</param>
    /// <param name="trained">The labels of rows to learn from.</param>
    /// <param name="validated">Those of validation rows.</param>
    internal static string? OfClasses(LabelShape label, LabelStatistics trained, LabelStatistics validated)
    {
        if (label is not (BinaryLabelShape or MulticlassLabelShape)) return null;
        int[] classes = [.. ((ClassCounts)trained).Classes], measured = [.. ((ClassCounts)validated).Classes];
        int[] missing = [.. classes.Except(measured)];
        if (measured.Length == 0 || missing.Length == 0) return null;
        var texts = (label as BinaryLabelShape)?.Classes?.Texts ?? (label as ClassesLabelShape)?.Classes?.Texts;
        string first = texts?[missing[0]] ?? (label is BinaryLabelShape ? $"{missing[0] > 0}" : $"{missing[0] + 1}");
        return $"{missing.Length} of {classes.Length} classes of label '{label.Name}' have no row among the validation rows, such as '{first}': nothing is " +
            "measured of them, and they do not count for the end of training. Give a larger ValidationFraction, or validation data with rows of all classes.";
    }

    /// <summary>A large share of values that have no key of their own.</summary>
    /// <param name="column">Name of a column whose first key stands for unknown values.</param>
    /// <param name="counts">How often each key was met.</param>
    internal static string? OfUnknown(string column, ReadOnlySpan<long> counts)
    {
        long all = 0;
        foreach (long count in counts) all += count;
        return counts[1] <= MuchUnknown * all
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"{100.0 * counts[1] / all:0.#} % of the values of column '{column}' ({counts[1]:N0} of {all:N0}) are unknown to the step that made its " +
                $"keys. Fit that step on these data, let it grow by Fit(data, previous), or let it keep more terms (MaxTerms, MinCount).");
    }
}
