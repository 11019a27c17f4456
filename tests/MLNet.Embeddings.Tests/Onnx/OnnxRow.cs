using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row of keys and numbers for networks that are exported.</summary>
internal sealed class OnnxRow
{
    internal const int Keys = 7;

    public uint Category { get; set; }
    public uint OtherCategory { get; set; }
    public uint[] Sequence { get; set; } = [];
    public uint[] OtherSequence { get; set; } = [];
    [VectorType(3)] public double[] Numbers { get; set; } = [0, 0, 0];
    public float Number { get; set; }

    /// <summary>Random rows, behind some of which every value is missing, empty, unknown or at an end.</summary>
    internal static IDataView Random(int count)
    {
        var random = new Random(3);
        uint[] Sequence(int longest) => [.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => (uint)random.Next(Keys + 1))];
        double Number() => random.Next(6) == 0 ? double.NaN : random.NextDouble() * 4 - 2;
        OnnxRow[] rows =
        [
            new() { Category = 0, OtherCategory = 0, Numbers = [double.NaN, double.NaN, double.NaN], Number = float.NaN },
            new() { Category = 1, OtherCategory = 1, Sequence = [1], OtherSequence = [1, 1], Numbers = [1e30, -1e30, 0], Number = 1e20f },
            new() { Sequence = [0, 0], OtherSequence = [.. Enumerable.Repeat(3u, 70)], Numbers = [double.PositiveInfinity, double.NegativeInfinity, 0] },
            .. Enumerable.Range(0, count).Select(_ => new OnnxRow
            {
                Category = (uint)random.Next(Keys + 1),
                OtherCategory = (uint)random.Next(Keys + 1),
                Sequence = Sequence(9),
                OtherSequence = Sequence(3),
                Numbers = [Number(), Number(), Number()],
                Number = (float)Number(),
            }),
        ];
        // ML.NET takes a key of a class as an index.
        foreach (var row in rows) (row.Category, row.OtherCategory) = (row.Category - 1, row.OtherCategory - 1);
        var schema = SchemaDefinition.Create(typeof(OnnxRow));
        var key = new KeyDataViewType(typeof(uint), Keys);
        foreach (string name in new[] { nameof(Category), nameof(OtherCategory) }) schema[name].ColumnType = key;
        foreach (string name in new[] { nameof(Sequence), nameof(OtherSequence) }) schema[name].ColumnType = new VectorDataViewType(key);
        return new MLContext(1).Data.LoadFromEnumerable(rows, schema);
    }
}
