using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Counts different values up to a number, and says whether any of those that it keeps came again.</summary>
/// <remarks>
/// Kept are the values of the least hashes, as many as are counted (Bar-Yossef et al., Counting Distinct Elements in a Data Stream, RANDOM 2002): each of them
/// from the first time on that it was there, so that what is found does not go by the order of the rows, nor by the parts that they came in.
/// </remarks>
/// <param name="most">The most that are counted.</param>
internal sealed class DistinctCount(int most) : IMergeable
{
    private Dictionary<ulong, bool> _isRepeated = [];
    private ulong _limit = ulong.MaxValue;

    /// <summary>How many different values there are, or as many as are counted.</summary>
    internal int Count => Math.Min(_isRepeated.Count, most);

    /// <summary>Whether a value that is kept was there more than once.</summary>
    internal bool HasRepeats
    {
        get
        {
            Keep();
            return _isRepeated.ContainsValue(true);
        }
    }

    /// <summary>Takes a value into account, by 64 bits that are its own.</summary>
    internal void Add(ulong bits) => Add(Hash(bits), isRepeated: false);

    public void Write(BinaryWriter writer)
    {
        Keep();
        Merging.Begin(writer, nameof(DistinctCount));
        writer.Write7BitEncodedInt(most);
        writer.Write7BitEncodedInt(_isRepeated.Count);
        foreach (var (hash, isRepeated) in _isRepeated.OrderBy(value => value.Key))
        {
            writer.Write(hash);
            writer.Write(isRepeated);
        }
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(DistinctCount), () =>
    {
        Merging.Require(reader, most, "values to count");
        for (long left = Merging.ReadCount(reader, most); left > 0; left--) Add(reader.ReadUInt64(), reader.ReadBoolean());
    });

    private void Add(ulong hash, bool isRepeated)
    {
        if (hash > _limit) return;
        ref bool value = ref CollectionsMarshal.GetValueRefOrAddDefault(_isRepeated, hash, out bool isThere);
        value |= isThere || isRepeated;
        if (_isRepeated.Count >= 2 * most) Keep();
    }

    /// <summary>Forgets all but the values of the least hashes.</summary>
    private void Keep()
    {
        if (_isRepeated.Count <= most) return;
        ulong[] hashes = [.. _isRepeated.Keys];
        hashes.AsSpan().Sort();
        _limit = hashes[most - 1];
        _isRepeated = _isRepeated.Where(value => value.Key <= _limit).ToDictionary();
    }

    /// <summary>One hash for each value and one value for each hash.</summary>
    private static ulong Hash(ulong bits)
    {
        bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
        return bits ^ bits >> 31;
    }
}
