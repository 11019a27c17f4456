using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>What a worker needs to begin to train.</summary>
/// <param name="Options">The settings.</param>
/// <param name="Rounds">How training is divided.</param>
/// <param name="Shape">The network's form.</param>
/// <param name="Vectors">Arrays that begin with something else than random numbers, by name.</param>
/// <param name="Measures">What was measured of the rows of all workers, as a message.</param>
/// <param name="BatchRows">Rows of a worker's step.</param>
/// <param name="Threads">Threads of a worker.</param>
/// <param name="Seed">Seed of everything random.</param>
internal sealed record RoundStart(
    MultiEmbeddingOptions Options, RoundOptions Rounds, NetworkShape Shape, IReadOnlyDictionary<string, InitialArray> Vectors, byte[] Measures,
    int BatchRows, int Threads, int Seed)
{
    internal void Write(BinaryWriter writer)
    {
        writer.Write(SettingsText.Write(Options));
        writer.Write(Rounds.StepsPerRound);
        writer.Write(Rounds.HalfPrecision);
        writer.WriteBytes(JsonSerializer.SerializeToUtf8Bytes(Shape, NetworkJson.Default.NetworkShape));
        writer.Write(Vectors.Count);
        foreach (var (name, array) in Vectors)
        {
            writer.Write(name);
            writer.Write(array.Extents.Length);
            foreach (int extent in array.Extents) writer.Write(extent);
            writer.Write((int)array.Role);
            writer.Write(array.IsTrained);
            writer.WriteFloats(array.Values, half: false);
        }
        writer.WriteBytes(Measures);
        writer.Write(BatchRows);
        writer.Write(Threads);
        writer.Write(Seed);
    }

    /// <exception cref="FormatException">The message is damaged.</exception>
    internal static RoundStart Read(BinaryReader reader)
    {
        var options = SettingsText.Read(reader.ReadString());
        var rounds = new RoundOptions { StepsPerRound = reader.ReadInt32(), HalfPrecision = reader.ReadBoolean() };
        var shape = JsonSerializer.Deserialize(reader.ReadBytes(), NetworkJson.Default.NetworkShape)!;
        Dictionary<string, InitialArray> vectors = [];
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            int[] extents = new int[reader.ReadInt32()];
            for (int i = 0; i < extents.Length; i++) extents[i] = reader.ReadInt32();
            var role = (ArrayRole)reader.ReadInt32();
            bool isTrained = reader.ReadBoolean();
            float[] values = new float[InitialArray.LengthOf(name, extents)];
            reader.ReadFloats(values, half: false);
            vectors.Add(name, new(extents, values, role, isTrained));
        }
        return new(options, rounds, shape, vectors, reader.ReadBytes(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
    }
}
