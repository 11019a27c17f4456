namespace MLNet.Embeddings;

/// <summary>Reads a stream line by line, as bytes, in memory that is used again.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>A line of more bytes than this is none of a text file.</summary>
    internal const int LongestLine = 1 << 20;

    private byte[] _memory = new byte[1 << 18];
    private int _start, _end;

    /// <summary>Number of the line last read, from 1.</summary>
    internal long Number { get; private set; }

    /// <summary>The line last read, without its line feed; valid until the next one is read. Of one that is longer than <see cref="LongestLine"/>, its beginning.</summary>
    internal ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Goes on to the next line; false if there is none.</summary>
    internal bool Read()
    {
        int searched = 0, length;
        while ((length = _memory.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n')) < 0)
        {
            searched = _end - _start;
            if (searched > LongestLine || !Fill()) return searched > 0 && Take(searched, searched);
        }
        return Take(searched + length, searched + length + 1);
    }

    private bool Take(int length, int advance)
    {
        Line = _memory.AsMemory(_start, length);
        _start += advance;
        Number++;
        return true;
    }

    /// <summary>Reads more behind what was not taken yet; false at the end of the stream.</summary>
    private bool Fill()
    {
        _memory.AsSpan(_start, _end - _start).CopyTo(_memory);
        (_start, _end) = (0, _end - _start);
        if (_end == _memory.Length) Array.Resize(ref _memory, 2 * _memory.Length);
        int count = stream.Read(_memory.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
