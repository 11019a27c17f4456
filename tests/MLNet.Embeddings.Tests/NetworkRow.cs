using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row for the network of <see cref="Networks.OfEveryKind"/>.</summary>
internal sealed class NetworkRow
{
    /// <summary>ML.NET takes a scalar key of a class as an index: it adds one, and what is out of range becomes 0, the missing key.</summary>
    [KeyType(3)] public uint Category { get; set; }

    [NoColumn] public uint CategoryKey { get => Category + 1; set => Category = value - 1; }
    [KeyType(5)] public uint[] Gru { get; set; } = [];
    [KeyType(5)] public uint[] Mean { get; set; } = [];
    [KeyType(5)] public uint[] Max { get; set; } = [];
    [KeyType(5)] public uint[] Attention { get; set; } = [];
    [KeyType(5)] public uint[] Bag { get; set; } = [];
    [VectorType(2)] public float[] Numbers { get; set; } = [0, 0];
    public bool Label { get; set; }

    /// <summary>The columns' values in the order of the network.</summary>
    internal object[] Values() =>
        [(int)CategoryKey, .. new[] { Gru, Mean, Max, Attention, Bag }.Select(keys => Array.ConvertAll(keys, Convert.ToInt32)), Numbers];

    /// <summary>Reproducible random rows with missing values, padding and empty sequences among them.</summary>
    internal static NetworkRow[] Random(int count, int seed = 7)
    {
        var random = new Random(seed);
        uint[] Sequence() => [.. Enumerable.Range(0, random.Next(8)).Select(_ => (uint)random.Next(6))];
        float Number() => random.Next(5) == 0 ? float.NaN : random.NextSingle() * 10 - 5;
        return [.. Enumerable.Range(0, count).Select(_ => new NetworkRow
        {
            CategoryKey = (uint)random.Next(4),
            Gru = Sequence(),
            Mean = Sequence(),
            Max = Sequence(),
            Attention = Sequence(),
            Bag = Sequence(),
            Numbers = [Number(), Number()],
            Label = random.Next(2) == 1,
        })];
    }

    internal static IDataView View(params NetworkRow[] rows) => new MLContext(1).Data.LoadFromEnumerable(rows);
}
