using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>
/// Tables in a temporary file, as they were read: so what each epoch reads need not be parsed and indexed again. Never in the last tenth of a disk, nor in a
/// folder that is memory.
/// </summary>
internal sealed class KeptTables : IDisposable
{
    private const double LeastFreeShare = 0.1;

    private static readonly string[] FormatsInMemory = ["tmpfs", "ramfs"];

    private readonly ArrayFile _file = new(TemporaryFile.Create(bufferSize: 0));
    private readonly SpareArrays _spares = new();
    private readonly List<(long Position, double MeanWeight)> _tables = [];
    private readonly DriveInfo _drive;
    private TrainingTable? _first;

    private KeptTables(DriveInfo drive) => _drive = drive;

    /// <summary>Begins a file; null where there can be none.</summary>
    /// <param name="refuse">Takes the reason.</param>
    internal static KeptTables? TryBegin(Action<string> refuse)
    {
        KeptTables? begun = null;
        Try(refuse, () =>
        {
            var drive = new DriveInfo(TemporaryFile.Folder);
            if (FormatsInMemory.Contains(drive.DriveFormat)) refuse($"The folder is of type {drive.DriveFormat}, which is memory.");
            else begun = new(drive);
        });
        return begun;
    }

    /// <summary>Adds a table; false, and the file is of no use any more, where it cannot hold it.</summary>
    internal bool TryAdd(TrainingTable table, Action<string> refuse) => Try(refuse, () =>
    {
        if (_drive.AvailableFreeSpace - table.Bytes < LeastFreeShare * _drive.TotalSize) throw new IOException("Its disk is nine tenths full.");
        _first ??= table;
        _tables.Add((_file.Length, table.MeanWeight));
        foreach (var column in table.Columns) column.Write(_file);
        foreach (float[] labels in table.Labels) _file.Append(labels);
        if (table.WeightSum is not null) _file.Append(table.Weights);
    });

    /// <summary>The tables in their order. Any number may read at once.</summary>
    internal IEnumerable<TrainingTable> Read() => _tables.Select(table => Read(new(_file, table.Position, _spares), table.MeanWeight, _first!));

    /// <summary>Takes back a table that was read and that nobody needs any more: its memory is that of a later one.</summary>
    internal void GiveBack(TrainingTable table)
    {
        foreach (var column in table.Columns) column.GiveBack(_spares);
        foreach (float[] labels in table.Labels) _spares.Add(labels);
        if (table.WeightSum is not null) _spares.Add(table.Weights);
    }

    /// <summary>Deletes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static TrainingTable Read(ArrayReader reader, double meanWeight, TrainingTable like)
    {
        ColumnData[] columns = [.. like.Columns.Select(column => column.Read(reader))];
        float[][] labels = [.. like.Labels.Select(_ => reader.Next<float>())];
        float[] weights = like.WeightSum is not null ? reader.Next<float>()
            : labels[0].Length == like.RowCount ? like.Weights : TrainingTable.Ones(labels[0].Length);
        return like with { Columns = columns, Labels = labels, Weights = weights, SkippedRows = 0, MeanWeight = meanWeight };
    }

    private static bool Try(Action<string> refuse, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            refuse(e.Message);
            return false;
        }
    }
}

/// <summary>Arrays in a file, each with its length before it.</summary>
/// <param name="file">The file, empty; owned.</param>
internal sealed class ArrayFile(FileStream file) : IDisposable
{
    /// <summary>So many numbers are written or read in one go.</summary>
    private const int AtOnce = 1 << 24;

    /// <summary>Number of bytes so far.</summary>
    internal long Length { get; private set; }

    /// <summary>Adds an array.</summary>
    internal void Append<T>(T[] values) where T : unmanaged
    {
        Write<int>([values.Length]);
        for (int start = 0; start < values.Length; start += AtOnce) Write(values.AsSpan(start, Math.Min(AtOnce, values.Length - start)));
    }

    /// <summary>Reads the array at a position, and goes behind it.</summary>
    /// <param name="position">The position.</param>
    /// <param name="spares">Arrays to be used again.</param>
    /// <param name="orLonger">Whether the array may be longer than what was written.</param>
    internal T[] Read<T>(ref long position, SpareArrays spares, bool orLonger) where T : unmanaged
    {
        int length = 0;
        Read(new Span<int>(ref length), ref position);
        T[] values = spares.Take<T>(length, orLonger);
        for (int start = 0; start < length; start += AtOnce) Read(values.AsSpan(start, Math.Min(AtOnce, length - start)), ref position);
        return values;
    }

    public void Dispose() => file.Dispose();

    private void Write<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        RandomAccess.Write(file.SafeFileHandle, bytes, Length);
        Length += bytes.Length;
    }

    private void Read<T>(Span<T> values, ref long position) where T : unmanaged
    {
        for (var left = MemoryMarshal.AsBytes(values); !left.IsEmpty;)
        {
            int count = RandomAccess.Read(file.SafeFileHandle, left, position);
            if (count == 0) throw new EndOfStreamException("The temporary file with the rows of the fit is shorter than what was written to it.");
            left = left[count..];
            position += count;
        }
    }
}

/// <summary>Reads arrays of a file one after the other.</summary>
internal sealed class ArrayReader(ArrayFile file, long position, SpareArrays spares)
{
    private long _position = position;

    /// <summary>The next one.</summary>
    internal T[] Next<T>(bool orLonger = false) where T : unmanaged => file.Read<T>(ref _position, spares, orLonger);
}

/// <summary>
/// Arrays that are used again: new large ones would pile up until the garbage collector looks at all memory. Any number of threads may give and take.
/// </summary>
internal sealed class SpareArrays
{
    /// <summary>More than this are of no use to anybody.</summary>
    private const int Most = 256;

    private readonly List<Array> _arrays = [];

    /// <summary>Gives an array that nobody uses any more.</summary>
    internal void Add(Array array)
    {
        lock (_arrays)
        {
            if (_arrays.Count < Most) _arrays.Add(array);
        }
    }

    /// <summary>An array to be written to, whatever is in it.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="orLonger">Whether it may be longer, though not twice as long.</param>
    internal T[] Take<T>(int length, bool orLonger) where T : unmanaged
    {
        lock (_arrays)
        {
            int index = _arrays.FindIndex(array => array is T[] && (array.Length == length || orLonger && array.Length > length && array.Length / 2 < length));
            if (index >= 0)
            {
                var array = (T[])_arrays[index];
                _arrays.RemoveAt(index);
                return array;
            }
        }
        return GC.AllocateUninitializedArray<T>(orLonger ? (int)Math.Min(Array.MaxLength, length + length / 8L) : length);
    }
}
