using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A row of the table that network B reads.</summary>
internal sealed class TableRow : ILabelled
{
    /// <summary>An index, from which ML.NET makes the key one higher.</summary>
    [KeyType(NetworkB.GenderKeys)] public uint Gender { get; set; }

    /// <summary>An index, from which ML.NET makes the key one higher.</summary>
    [KeyType(NetworkB.LocationKeys)] public uint Location { get; set; }

    public float Age { get; set; }

    public bool Label { get; set; }

    /// <summary>Makes up rows.</summary>
    internal static TableRow[] Generate(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new TableRow
        {
            Gender = (uint)random.Next(NetworkB.GenderKeys),
            Location = (uint)random.Next(NetworkB.LocationKeys),
            Age = random.Next(18, 90),
            Label = random.Next(2) == 0,
        })];
    }
}
