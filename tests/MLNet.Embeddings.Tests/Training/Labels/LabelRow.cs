using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row with a label of each kind, all of which follow from the same inputs.</summary>
internal sealed class LabelRow
{
    internal static readonly string[] Kinds = ["small", "middle", "large", "rare"];

    [KeyType(8)] public uint Place { get; set; }
    [KeyType(8)] public uint[] Words { get; set; } = [];
    public float Number { get; set; }
    public bool IsHigh { get; set; }
    public string Kind { get; set; } = "";
    public float Amount { get; set; }

    /// <summary>Rows whose labels follow from number and place; one of forty is of the rare kind.</summary>
    internal static LabelRow[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float number = random.NextSingle() * 3;
            uint place = (uint)random.Next(7);
            bool isRare = i % 40 == 0;
            return new LabelRow
            {
                Place = isRare ? 7u : place,
                Words = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (uint)random.Next(1, 9))],
                Number = number,
                IsHigh = number > 1.5f,
                Kind = isRare ? Kinds[3] : Kinds[(int)number],
                Amount = 1_000 + 200 * number + (place % 2 == 0 ? 100 : 0),
            };
        })];
    }

    /// <summary>The rows, with their kind as a key beside them.</summary>
    internal static IDataView View(LabelRow[] rows)
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromEnumerable(rows);
        var keys = context.Data.LoadFromEnumerable(Kinds.Select(kind => new KindRow { Kind = kind }));
        return context.Transforms.Conversion.MapValueToKey("KindKey", "Kind", keyData: keys).Fit(view).Transform(view);
    }

    private sealed class KindRow
    {
        public string Kind { get; set; } = "";
    }
}
