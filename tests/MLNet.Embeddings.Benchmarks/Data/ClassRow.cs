using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A row of network B's columns with one of many classes as its label.</summary>
internal sealed class ClassRow
{
    internal const int ClassCount = 10_000;

    [KeyType(NetworkB.GenderKeys)] public uint Gender { get; set; }

    [KeyType(NetworkB.LocationKeys)] public uint Location { get; set; }

    public float Age { get; set; }

    /// <summary>An index, from which ML.NET makes the key one higher.</summary>
    [KeyType(ClassCount)] public uint Class { get; set; }

    /// <summary>Makes up rows.</summary>
    internal static ClassRow[] Generate(int count, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. TableRow.Generate(count, seed)
                .Select(row => new ClassRow { Gender = row.Gender, Location = row.Location, Age = row.Age, Class = (uint)random.Next(ClassCount) }),
        ];
    }
}
