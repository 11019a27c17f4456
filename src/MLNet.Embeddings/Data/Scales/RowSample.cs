namespace MLNet.Embeddings;

/// <summary>Some of many rows, each as likely as any other to be among them; all of them where there are no more.</summary>
/// <remarks>
/// <para>
/// Bottom-k sampling (Cohen and Kaplan, Summarizing Data using Bottom-k Sketches, PODC 2007): a row's priority is a hash of what it is called, the number of
/// its part and its own number within that, and the rows of the least priorities are kept. So samples of parts of the rows, merged in any order, are the sample
/// of all, and the same rows always give the same sample. Rows come out in the order of their parts and numbers.
/// </para>
/// <para>
/// A quantile of a sample of k rows is one of all rows whose rank differs by at most √(ln(2/δ) / 2k) of them, but for a chance of δ (Dvoretzky, Kiefer and
/// Wolfowitz 1956, with Massart's constant): by 0.9 % at most with 100,000 rows, and by 2.7 % with 10,000, but for one case in a million.
/// </para>
/// </remarks>
/// <param name="size">Values of a row.</param>
/// <param name="mostRows">The most rows of the sample.</param>
/// <param name="part">Number of the part of the rows that <see cref="Next"/> takes; no other part has it.</param>
internal sealed class RowSample(int size, int mostRows = RowSample.MostRows, int part = 0) : IMergeable
{
    private const int MostRows = 100_000, MostValues = 1 << 24;

    private readonly int _capacity = Math.Clamp(MostValues / Math.Max(1, size), 1, mostRows);
    private readonly SplitMix _random = new(new SplitMix((ulong)part).Next());
    private readonly List<RowPriority> _rows = [];

    /// <summary>The places of the rows, in the order of their parts and numbers; null where it is not known.</summary>
    private int[]? _order;

    private double[] _values = [];
    private ulong _limit = ulong.MaxValue;
    private long _seen;

    /// <summary>Rows in the sample.</summary>
    internal int Count => Math.Min(_rows.Count, _capacity);

    /// <summary>More rows than the sample has are kept for a while: to leave the others out costs least for many together.</summary>
    private int MostKept => _capacity + _capacity / 2 + 1;

    /// <summary>Room for the values of the next row; empty if it does not come into the sample.</summary>
    internal Span<double> Next()
    {
        long number = _seen++;
        ulong hash = _random.Next();
        return hash > _limit ? [] : Room(new(hash, part, number));
    }

    /// <summary>The values at one place of all rows of the sample.</summary>
    internal double[] ValuesAt(int place) => Array.ConvertAll(InOrder(), row => _values[row * size + place]);

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(RowSample));
        writer.Write7BitEncodedInt(size);
        writer.Write7BitEncodedInt(_capacity);
        writer.Write7BitEncodedInt(Count);
        foreach (int row in InOrder())
        {
            var (hash, from, number) = _rows[row];
            writer.Write(hash);
            writer.Write7BitEncodedInt(from);
            writer.Write7BitEncodedInt64(number);
            foreach (double value in Values(row)) writer.Write(value);
        }
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(RowSample), () =>
    {
        Merging.Require(reader, size, "values of a row");
        Merging.Require(reader, _capacity, "rows of a sample");
        double[] values = new double[size];
        for (long left = Merging.ReadCount(reader, _capacity); left > 0; left--)
        {
            var row = new RowPriority(reader.ReadUInt64(), reader.Read7BitEncodedInt(), Merging.ReadCount(reader));
            for (int i = 0; i < size; i++) values[i] = reader.ReadDouble();
            if (Room(row) is [_, ..] room) values.CopyTo(room);
        }
    });

    /// <summary>Room for the values of a row; empty if there are enough of lower priority.</summary>
    private Span<double> Room(RowPriority row)
    {
        if (_rows.Count == MostKept) LeaveOut();
        if (row.Hash > _limit) return [];
        if (_values.Length < (_rows.Count + 1) * size)
            Array.Resize(ref _values, (int)Math.Min((long)MostKept * size, Math.Max(64, 2L * _rows.Count) * size));
        _rows.Add(row);
        _order = null;
        return Values(_rows.Count - 1);
    }

    /// <summary>Leaves out the rows that do not belong to the sample.</summary>
    private void LeaveOut()
    {
        if (_rows.Count <= _capacity) return;
        ulong[] hashes = [.. _rows.Select(row => row.Hash)];
        _limit = Smallest(hashes, _capacity - 1);
        int below = hashes.Count(hash => hash < _limit);
        var last = _rows.Where(row => row.Hash == _limit).Order().ElementAt(_capacity - 1 - below);
        int kept = 0;
        for (int row = 0; row < _rows.Count && kept < _capacity; row++)
        {
            if (_rows[row].CompareTo(last) > 0) continue;
            Values(row).CopyTo(Values(kept));
            _rows[kept++] = _rows[row];
        }
        _rows.RemoveRange(kept, _rows.Count - kept);
        _order = null;
    }

    /// <summary>The value that would be at a place if all were in order (Hoare, Algorithm 65, CACM 4, 1961).</summary>
    private static ulong Smallest(Span<ulong> values, int place)
    {
        int first = 0, last = values.Length - 1;
        while (first < last)
        {
            ulong pivot = values[first + (last - first) / 2];
            int low = first, high = last;
            while (low <= high)
            {
                while (values[low] < pivot) low++;
                while (values[high] > pivot) high--;
                if (low > high) break;
                (values[low], values[high]) = (values[high], values[low]);
                low++;
                high--;
            }
            if (place <= high) last = high;
            else if (place >= low) first = low;
            else break;
        }
        return values[place];
    }

    private Span<double> Values(int row) => _values.AsSpan(row * size, size);

    private int[] InOrder()
    {
        LeaveOut();
        return _order ??= [.. Enumerable.Range(0, _rows.Count).OrderBy(row => _rows[row].Part).ThenBy(row => _rows[row].Number)];
    }

    /// <summary>Where a row stands among all.</summary>
    /// <param name="Hash">What decides; rows of one hash are told apart by the others.</param>
    /// <param name="Part">The row's part.</param>
    /// <param name="Number">Its number within the part.</param>
    private readonly record struct RowPriority(ulong Hash, int Part, long Number) : IComparable<RowPriority>
    {
        public int CompareTo(RowPriority other) =>
            Hash != other.Hash ? Hash.CompareTo(other.Hash) : (Part, Number).CompareTo((other.Part, other.Number));
    }
}
