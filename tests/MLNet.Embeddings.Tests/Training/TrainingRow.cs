using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row to train on, with a column of each kind, as keys and numbers.</summary>
internal sealed class TrainingRow
{
    internal const int WordCount = 12;
    internal const int CategoryCount = 6;

    public bool Label { get; set; }

    /// <summary>Keys from 1 to <see cref="WordCount"/>; 0 is padding.</summary>
    [KeyType(WordCount)] public uint[] Words { get; set; } = [];

    /// <summary>ML.NET takes a scalar key of a class as an index and adds one: 0 is key 1.</summary>
    [KeyType(CategoryCount)] public uint Category { get; set; }

    public float Number { get; set; }
    [VectorType(2)] public float[] Numbers { get; set; } = [0, 0];
    public float Weight { get; set; } = 1;

    /// <summary>Rows whose columns say nothing about the label, which is true in about half of them; then changed by the given function.</summary>
    internal static TrainingRow[] Random(int count, int seed, Action<TrainingRow, Random>? change = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var row = new TrainingRow
            {
                Label = random.Next(2) == 1,
                Words = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => (uint)random.Next(1, WordCount + 1))],
                Category = (uint)random.Next(CategoryCount),
                Number = random.NextSingle(),
                Numbers = [random.NextSingle(), random.NextSingle()],
            };
            change?.Invoke(row, random);
            return row;
        })];
    }

    /// <summary>Random rows whose number is above one half where the label is true.</summary>
    internal static TrainingRow[] Learnable(int count, int seed) =>
        Random(count, seed, (row, random) => row.Number = random.NextSingle() / 2 + (row.Label ? 0.5f : 0));

    internal static IDataView View(params TrainingRow[] rows) => new MLContext(1).Data.LoadFromEnumerable(rows);
}
