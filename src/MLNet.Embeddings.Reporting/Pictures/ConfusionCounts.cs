using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>How often rows of each class were taken for each class.</summary>
/// <param name="Classes">Their names.</param>
/// <param name="Counts">Rows by true class, and by predicted class.</param>
internal sealed record ConfusionCounts(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<double>> Counts)
{
    /// <summary>All rows.</summary>
    internal double Rows => Counts.Sum(row => row.Sum());

    /// <summary>Share of the rows whose class was predicted.</summary>
    internal double Accuracy => Counts.Select((row, i) => row[i]).Sum() / Rows;

    /// <summary>The counts of a metric's matrix, with the names that it has.</summary>
    internal static ConfusionCounts Of(ConfusionMatrix matrix) => new([.. Names(matrix)], matrix.Counts);

    /// <summary>The classes with most rows, in their order, and their rows that were taken for one of them.</summary>
    internal ConfusionCounts Largest(int most)
    {
        int[] kept = [.. Counts.Select((row, i) => (Class: i, Rows: row.Sum())).OrderByDescending(row => row.Rows).Take(most).Select(row => row.Class).Order()];
        return new([.. kept.Select(i => Classes[i])], [.. kept.Select(i => kept.Select(j => Counts[i][j]).ToArray())]);
    }

    /// <summary>Share of the rows of a class that were taken for a class; 0 of a class without rows.</summary>
    internal double Share(int actual, int predicted) => Counts[actual].Sum() is > 0 and var rows ? Counts[actual][predicted] / rows : 0;

    private static IEnumerable<string> Names(ConfusionMatrix matrix) =>
        ClassNames(matrix) is { } names && names.Count == matrix.NumberOfClasses
            ? names.Select(name => name.ToString())
            : Enumerable.Range(0, matrix.NumberOfClasses).Select(i => i.ToString(CultureInfo.InvariantCulture));

    // ML.NET prints the names in a table, and keeps the list internal.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "PredictedClassesIndicators")]
    private static extern ref IReadOnlyList<ReadOnlyMemory<char>> ClassNames(ConfusionMatrix matrix);
}
