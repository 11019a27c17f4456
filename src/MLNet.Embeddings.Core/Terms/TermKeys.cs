using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Turns terms into keys: 0 is missing or padding, 1 unknown. Immutable.</summary>
internal abstract class TermKeys
{
    internal const uint Missing = 0, Unknown = 1;

    /// <summary>Number of keys, without the missing one.</summary>
    internal abstract int Count { get; }

    /// <summary>The key of a term; 0 when it is empty.</summary>
    internal abstract uint KeyOf(ReadOnlySpan<char> term);
}

/// <summary>Turns terms into keys by hashing: each has one of the keys from 2, none is unknown. The same on every machine.</summary>
/// <param name="buckets">Number of keys to hash into.</param>
/// <param name="function">Which of several hash functions; one has nothing to do with another.</param>
internal sealed class HashedKeys(int buckets, int function = 0) : TermKeys
{
    internal const int MaxBuckets = 1 << 24;

    private const uint FirstKey = Unknown + 1;

    /// <summary>The unknown key is one of them, so that keys mean the same as those of a vocabulary; no term has it.</summary>
    internal override int Count => buckets + 1;

    /// <summary>What is wrong with a number of buckets; null when nothing is.</summary>
    internal static string? Fault(string option, int? buckets) =>
        buckets is < 1 or > MaxBuckets ? $"{option} must be from 1 to {MaxBuckets}; it was {buckets}." : null;

    /// <summary>What is wrong with the numbers of buckets and of functions of categories, a sentence each; empty when nothing is.</summary>
    internal static IEnumerable<string> Faults(int? hashBuckets, int hashFunctions)
    {
        if (Fault("HashBuckets", hashBuckets) is { } fault) yield return fault;
        if (hashFunctions is < 1 or > 8) yield return $"HashFunctions must be from 1 to 8; it was {hashFunctions}.";
        if (hashFunctions > 1 && hashBuckets is null) yield return $"HashFunctions above 1 needs HashBuckets; it was {hashFunctions}.";
    }

    /// <summary>Effectively 2 + XXH3-64(UTF-16LE of the term, seed = function) mod buckets.</summary>
    internal override uint KeyOf(ReadOnlySpan<char> term) => term.IsEmpty ? Missing : FirstKey + (uint)(Hash(term) % (uint)buckets);

    private ulong Hash(ReadOnlySpan<char> term)
    {
        if (BitConverter.IsLittleEndian) return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(term), function);
        ushort[] units = new ushort[term.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<char, ushort>(term), units);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes<ushort>(units), function);
    }
}
