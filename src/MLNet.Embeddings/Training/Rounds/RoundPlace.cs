namespace MLNet.Embeddings;

/// <summary>A round of a training.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Number">Number of the round in it, from 0.</param>
/// <param name="Count">Rounds of an epoch.</param>
internal readonly record struct RoundPlace(int Epoch, int Number, int Count)
{
    /// <summary>The next round; in the next epoch behind the last one.</summary>
    internal RoundPlace Next => Number + 1 < Count ? this with { Number = Number + 1 } : new(Epoch + 1, 0, Count);

    /// <summary>The first batch of it, of so many of an epoch.</summary>
    internal int Start(int batches) => (int)((long)Number * batches / Count);

    /// <summary>The one behind its last.</summary>
    internal int End(int batches) => (int)((Number + 1L) * batches / Count);

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Epoch);
        writer.Write(Number);
        writer.Write(Count);
    }

    /// <exception cref="FormatException">There is no such round.</exception>
    internal static RoundPlace Read(BinaryReader reader)
    {
        var place = new RoundPlace(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        bool exists = place is { Epoch: >= 1, Number: >= 0 } && place.Number < place.Count;
        return exists ? place : throw RoundCoding.Damaged($"round {place.Number} of {place.Count} in epoch {place.Epoch}");
    }
}
