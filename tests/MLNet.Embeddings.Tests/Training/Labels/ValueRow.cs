using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row whose label follows from its number, in a type of its own.</summary>
internal sealed class ValueRow<T>
{
    public float Number { get; set; }

    public T Area { get; set; } = default!;

    /// <summary>A row for each label, whose number is that of the label among those given.</summary>
    internal static IDataView View(IReadOnlyList<T> labels, int times = 1, params T[] more) => new MLContext(1).Data.LoadFromEnumerable(
        Enumerable.Range(0, labels.Count * times).Select(i => new ValueRow<T> { Number = i % labels.Count, Area = labels[i % labels.Count] })
            .Concat(more.Select(label => new ValueRow<T> { Area = label })));
}

/// <summary>The same without a label.</summary>
internal sealed class UnlabelledRow
{
    public float Number { get; set; }
}

/// <summary>What is predicted of a row of two classes.</summary>
internal sealed class AreaPrediction
{
    public bool PredictedLabel { get; set; }
}

/// <summary>What is predicted of a row of many classes.</summary>
internal sealed class AreaKeyPrediction
{
    [KeyType(3)] public uint PredictedLabel { get; set; }
}
