using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A number and vectors of numbers of one type.</summary>
internal sealed class NumberRow<T>
{
    public T Number { get; set; } = default!;
    public T[] Numbers { get; set; } = [];
    public VBuffer<T> Sparse { get; set; }
}
