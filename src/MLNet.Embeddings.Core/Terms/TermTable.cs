using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Terms and how often each was met, in memory: a hash table over characters that lie one behind the other, without a string for any term.</summary>
/// <remarks>Terms of up to eight characters, which most words of texts are, are found by two numbers in the table itself.</remarks>
internal sealed class TermTable
{
    /// <summary>Pages of so many characters are no large objects to the garbage collector. A longer term has a page of its own.</summary>
    private const int PageBits = 15, PageLength = 1 << PageBits;

    private const int LeastCapacity = 512, BucketsPerEntry = 2;

    private readonly List<char[]> _pages = [];
    private int[] _buckets = new int[BucketsPerEntry * LeastCapacity];
    private Entry[] _entries = new Entry[LeastCapacity];
    private int _used = PageLength;

    /// <summary>Number of terms.</summary>
    internal int Count { get; private set; }

    /// <summary>Number of their characters.</summary>
    internal long Characters { get; private set; }

    /// <summary>Counts a term so many times; true if it is a new one.</summary>
    internal bool Add(ReadOnlySpan<char> term, long times) => Add(TermStart.Of(term), term, times);

    /// <summary>Counts a part of a text once; true if it is a new term.</summary>
    internal bool Add(ReadOnlySpan<char> text, int start, int end) => Add(TermStart.Of(text, start, end), text[start..end], 1);

    /// <summary>How often a term was counted.</summary>
    internal long CountOf(ReadOnlySpan<char> term)
    {
        var start = TermStart.Of(term);
        int place = Find(start, TermStart.Hash(start, term), term);
        return place > 0 ? _entries[place - 1].Count : 0;
    }

    /// <summary>The term that came at a place among the new ones.</summary>
    internal ReadOnlySpan<char> TermAt(int index)
    {
        ref var entry = ref _entries[index];
        return _pages[(int)(entry.Page >> PageBits)].AsSpan((int)(entry.Page & PageLength - 1), entry.Length);
    }

    /// <summary>How often the same was counted.</summary>
    internal long CountAt(int index) => _entries[index].Count;

    /// <summary>The places of the terms in ordinal order.</summary>
    internal int[] InOrder()
    {
        var order = new (ulong Start, int Index)[Count];
        for (int i = 0; i < order.Length; i++) order[i] = (StartOf(TermAt(i)), i);
        Array.Sort(order, (one, other) =>
            one.Start != other.Start ? one.Start.CompareTo(other.Start) : TermAt(one.Index).SequenceCompareTo(TermAt(other.Index)));
        return Array.ConvertAll(order, place => place.Index);
    }

    /// <summary>Forgets all terms.</summary>
    internal void Clear()
    {
        Array.Clear(_buckets);
        _pages.Clear();
        (Count, Characters, _used) = (0, 0, PageLength);
    }

    /// <summary>The first four characters as a number that is in the order of the terms.</summary>
    internal static ulong StartOf(ReadOnlySpan<char> term)
    {
        ulong start = 0;
        for (int i = 0; i < 4; i++) start = start << 16 | (i < term.Length ? term[i] : 0u);
        return start;
    }

    private bool Add(in TermStart start, ReadOnlySpan<char> term, long times)
    {
        uint hash = TermStart.Hash(start, term);
        ref int place = ref Find(start, hash, term);
        if (place > 0)
        {
            _entries[place - 1].Count += times;
            return false;
        }
        if (Count == _entries.Length)
        {
            Grow();
            place = ref Find(start, hash, term);
        }
        _entries[Count] = new Entry { Start = start, Hash = hash, Page = Keep(term), Length = term.Length, Count = times };
        place = ++Count;
        return true;
    }

    /// <summary>One more than the index of a term's entry; where it would have to be noted, at 0, if there is none.</summary>
    /// <remarks>A bucket's terms stay as they came: frequent ones come early, and are found first.</remarks>
    private ref int Find(in TermStart start, uint hash, ReadOnlySpan<char> term)
    {
        ref int place = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        while (place > 0)
        {
            ref var entry = ref _entries[place - 1];
            if (entry.Start == start && entry.Length == term.Length && (term.Length <= TermStart.Longest || TermAt(place - 1).SequenceEqual(term))) break;
            place = ref entry.Next;
        }
        return ref place;
    }

    /// <summary>Copies a term; gives its place.</summary>
    private uint Keep(ReadOnlySpan<char> term)
    {
        if (PageLength - _used < term.Length)
        {
            _pages.Add(new char[Math.Max(PageLength, term.Length)]);
            _used = 0;
        }
        uint place = (uint)(_pages.Count - 1) << PageBits | (uint)_used;
        term.CopyTo(_pages[^1].AsSpan(_used));
        _used = (int)Math.Min(PageLength, (long)_used + term.Length);
        Characters += term.Length;
        return place;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, 2 * _entries.Length);
        _buckets = new int[BucketsPerEntry * _entries.Length];
        for (int i = Count - 1; i >= 0; i--)
        {
            ref int bucket = ref _buckets[_entries[i].Hash & (uint)(_buckets.Length - 1)];
            _entries[i].Next = bucket;
            bucket = i + 1;
        }
    }

    private struct Entry
    {
        internal TermStart Start;

        internal long Count;
        internal uint Hash;

        /// <summary>One more than the index of the next entry of the same bucket; 0 behind the last.</summary>
        internal int Next;

        /// <summary>Number of the page, then where in it the term begins.</summary>
        internal uint Page;

        internal int Length;
    }
}

/// <summary>The first eight characters of a term as two numbers, with zeros behind a shorter one, which they and the length are all of.</summary>
internal readonly record struct TermStart(ulong First, ulong Second)
{
    internal const int Longest = 8;

    private const int PerNumber = 4, Bits = 16;

    /// <summary>Others in each process, so that no text can be written to slow tables down.</summary>
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64(), OtherSeed = (ulong)Random.Shared.NextInt64();

    /// <summary>What is to be kept of a number for as many characters.</summary>
    private static ReadOnlySpan<ulong> Masks => [0, 0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF_FFFF, ulong.MaxValue];

    /// <summary>The first characters of a term.</summary>
    internal static TermStart Of(ReadOnlySpan<char> term)
    {
        if (term.Length >= PerNumber)
        {
            int length = Math.Min(term.Length, Longest);
            // The last four, of which those that are among the first four are shifted out; in two steps, since all may be.
            int half = Bits / 2 * (Longest - length);
            return new(Read(term), Read(term[(length - PerNumber)..]) >> half >> half);
        }
        ulong first = 0;
        for (int i = 0; i < term.Length; i++) first |= (ulong)term[i] << Bits * i;
        return new(first, 0);
    }

    /// <summary>The first characters of a part of a text: the same, and quicker where the text goes on behind it.</summary>
    internal static TermStart Of(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > text.Length - Longest) return Of(text[start..end]);
        var rest = text[start..];
        int length = Math.Min(end - start, Longest);
        return new(Read(rest) & Masks[Math.Min(length, PerNumber)], Read(rest[PerNumber..]) & Masks[Math.Max(0, length - PerNumber)]);
    }

    /// <summary>A hash of a term.</summary>
    /// <remarks>Folded products of 64 by 64 bits, as in wyhash and foldhash: a few instructions for a short term.</remarks>
    /// <param name="start">Its first characters.</param>
    /// <param name="term">The term.</param>
    internal static uint Hash(in TermStart start, ReadOnlySpan<char> term)
    {
        ulong hash = Fold(start.First ^ Seed, start.Second ^ OtherSeed);
        for (int i = Longest; i < term.Length; i += Longest)
        {
            var part = Of(term[Math.Min(i, term.Length - Longest)..]);
            hash = Fold(part.First ^ Seed ^ hash, part.Second ^ OtherSeed);
        }
        return (uint)hash;
    }

    private static ulong Read(ReadOnlySpan<char> characters) => BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.AsBytes(characters));

    private static ulong Fold(ulong one, ulong other) => Math.BigMul(one, other, out ulong low) ^ low;
}

/// <summary>The terms of a table: in ordinal order, or as they came.</summary>
internal sealed class TableTerms(TermTable table, bool inOrder) : CountedTerms
{
    private readonly int[]? _order = inOrder ? table.InOrder() : null;
    private int _place = -1;

    internal override ReadOnlySpan<char> Term => table.TermAt(Index);

    internal override long Count => table.CountAt(Index);

    private int Index => _order is null ? _place : _order[_place];

    internal override bool MoveNext() => ++_place < table.Count;
}
