using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>A sum written as digits, and what it comes to: a small task for an encoder-decoder.</summary>
internal sealed class SumRow
{
    public string? Sum { get; set; }

    public string? Result { get; set; }

    /// <summary>All sums of two numbers below a bound, in a random order.</summary>
    internal static SumRow[] All(int bound, int seed)
    {
        SumRow[] rows = [.. from first in Enumerable.Range(0, bound) from second in Enumerable.Range(0, bound) select Of(first, second)];
        new Random(seed).Shuffle(rows);
        return rows;
    }

    internal static SumRow Of(int first, int second) => new() { Sum = $"{first}+{second}", Result = $"{first + second}" };

    internal static IDataView View(params SumRow[] rows) => new MLContext().Data.LoadFromEnumerable(rows);
}
