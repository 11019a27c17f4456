using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Terms and how often each was met, in memory: a hash table over characters that lie one behind the other, without a string for any term.</summary>
internal sealed class TermTable
{
    /// <summary>Pages of so many characters are no large objects to the garbage collector. A longer term has a page of its own.</summary>
    private const int PageBits = 15, PageLength = 1 << PageBits;

    private const int LeastCapacity = 512;

    /// <summary>Another one in each process, so that no text can be written to slow it down.</summary>
    private static readonly long Seed = Random.Shared.NextInt64();

    private readonly List<char[]> _pages = [];
    private int[] _buckets = new int[LeastCapacity];
    private Entry[] _entries = new Entry[LeastCapacity];
    private int _used = PageLength;

    /// <summary>Number of terms.</summary>
    internal int Count { get; private set; }

    /// <summary>Number of their characters.</summary>
    internal long Characters { get; private set; }

    /// <summary>Counts a term so many times; true if it is a new one.</summary>
    internal bool Add(ReadOnlySpan<char> term, long times)
    {
        uint hash = Hash(term);
        int index = Find(term, hash);
        if (index >= 0)
        {
            _entries[index].Count += times;
            return false;
        }
        if (Count == _entries.Length) Grow();
        ref int bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        _entries[Count] = new Entry { Hash = hash, Next = bucket - 1, Place = Keep(term), Length = term.Length, Count = times };
        bucket = ++Count;
        return true;
    }

    /// <summary>How often a term was counted.</summary>
    internal long CountOf(ReadOnlySpan<char> term) => Find(term, Hash(term)) is >= 0 and var index ? _entries[index].Count : 0;

    /// <summary>The term that came at a place among the new ones.</summary>
    internal ReadOnlySpan<char> TermAt(int index)
    {
        ref var entry = ref _entries[index];
        return _pages[(int)(entry.Place >> PageBits)].AsSpan((int)(entry.Place & PageLength - 1), entry.Length);
    }

    /// <summary>How often the same was counted.</summary>
    internal long CountAt(int index) => _entries[index].Count;

    /// <summary>The places of the terms in ordinal order.</summary>
    internal int[] InOrder()
    {
        var order = new (ulong Start, int Index)[Count];
        for (int i = 0; i < order.Length; i++) order[i] = (Start(TermAt(i)), i);
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

    private static uint Hash(ReadOnlySpan<char> term) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(term), Seed);

    /// <summary>The first four characters as a number that is in the order of the terms.</summary>
    private static ulong Start(ReadOnlySpan<char> term)
    {
        ulong start = 0;
        for (int i = 0; i < 4; i++) start = start << 16 | (i < term.Length ? term[i] : 0u);
        return start;
    }

    private int Find(ReadOnlySpan<char> term, uint hash)
    {
        int index = _buckets[hash & (uint)(_buckets.Length - 1)] - 1;
        while (index >= 0 && !(_entries[index].Hash == hash && TermAt(index).SequenceEqual(term))) index = _entries[index].Next;
        return index;
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
        int capacity = 2 * _entries.Length;
        Array.Resize(ref _entries, capacity);
        _buckets = new int[capacity];
        for (int i = 0; i < Count; i++)
        {
            ref int bucket = ref _buckets[_entries[i].Hash & (uint)(capacity - 1)];
            _entries[i].Next = bucket - 1;
            bucket = i + 1;
        }
    }

    private struct Entry
    {
        internal uint Hash;

        /// <summary>The next entry of the same bucket; negative behind the last.</summary>
        internal int Next;

        /// <summary>Number of the page, then where in it the term begins.</summary>
        internal uint Place;

        internal int Length;
        internal long Count;
    }
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
