using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Reads a text file of vectors, a term and its numbers a line: see <see cref="PretrainedVectors.FromTextFile"/>.</summary>
/// <remarks>
/// What is allocated does not grow with the file. Numbers are only read of the terms that are asked for; of other lines the fields are counted.
/// </remarks>
internal sealed class VectorFile : IDisposable
{
    private const int MostDimensions = 4096;

    private readonly Stream _stream;
    private readonly LineReader _lines;
    private char[] _term = new char[64];
    private int _termLength;
    private ReadOnlyMemory<byte> _line, _numbers;
    private bool _isAhead;

    /// <summary>Opens a file and finds out how many dimensions its vectors have.</summary>
    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="FormatException">It holds no vectors.</exception>
    internal VectorFile(string path)
    {
        FullPath = Path.GetFullPath(path);
        if (!File.Exists(FullPath))
            throw new FileNotFoundException($"The file of vectors '{FullPath}' is not there. Correct the path, or put the file there.", FullPath);
        try
        {
            _stream = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException e)
        {
            throw RefusedAccess.Error($"The file of vectors '{FullPath}' cannot be read", e);
        }
        if (FullPath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) _stream = new GZipStream(_stream, CompressionMode.Decompress);
        _lines = new LineReader(_stream);
        Dimensions = ReadDimensions();
    }

    /// <summary>The file's path.</summary>
    internal string FullPath { get; }

    /// <summary>Length of the vectors.</summary>
    internal int Dimensions { get; }

    /// <summary>The term of the line last read.</summary>
    internal ReadOnlySpan<char> Term => _term.AsSpan(0, _termLength);

    /// <summary>Goes on to the next term; false if there is none.</summary>
    /// <exception cref="FormatException">The line has too few fields, or too many numbers.</exception>
    internal bool Read()
    {
        if (!_isAhead && !NextLine()) return false;
        _isAhead = false;
        int length = TermLength(_line.Span);
        if (length > _term.Length) _term = new char[2 * length];
        _termLength = Encoding.UTF8.GetChars(_line.Span[..length], _term);
        var form = ValueTerms.OfText(Term);
        if (form.Length > _term.Length) _term = new char[2 * form.Length];
        form.CopyTo(_term);
        _termLength = form.Length;
        _numbers = _line[length..];
        return true;
    }

    /// <summary>The vector of the line last read.</summary>
    /// <exception cref="FormatException">A number is none, or not finite.</exception>
    internal void CopyTo(Span<float> vector)
    {
        var rest = _numbers.Span;
        for (int i = 0; i < Dimensions; i++)
        {
            rest = rest.TrimStart(" \t"u8);
            int end = rest.IndexOfAny((byte)' ', (byte)'\t');
            var field = end < 0 ? rest : rest[..end];
            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out vector[i]) || !float.IsFinite(vector[i]))
                throw Unusable($"line {_lines.Number} has '{Encoding.UTF8.GetString(field)}' for number {i + 1} of the term '{Term}'; " +
                    "a finite number is needed.");
            rest = rest[field.Length..];
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool NextLine()
    {
        while (ReadLine())
        {
            if (_lines.Line.Length > LineReader.LongestLine) throw Unusable($"line {_lines.Number} is longer than {LineReader.LongestLine} bytes.");
            _line = _lines.Line.TrimEnd(" \t\r"u8);
            if (!_line.IsEmpty) return true;
        }
        return false;
    }

    private bool ReadLine()
    {
        try
        {
            return _lines.Read();
        }
        catch (InvalidDataException e)
        {
            throw Unusable($"behind line {_lines.Number} it cannot be unpacked: {e.Message}");
        }
    }

    private int ReadDimensions()
    {
        if (!NextLine()) throw Unusable("it is empty.");
        if (_line.Span.StartsWith("\uFEFF"u8)) _line = _line[3..];
        string[] fields = Encoding.UTF8.GetString(_line.Span).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        bool isHeader = fields.Length == 2 && fields.All(field => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        if (isHeader && !NextLine()) throw Unusable("it has no line behind the first one.");
        _isAhead = true;
        // The first term may have spaces within, and may be a number itself.
        int dimensions = isHeader ? int.Parse(fields[1], CultureInfo.InvariantCulture) : fields.Skip(1).Reverse().TakeWhile(IsNumber).Count();
        return dimensions is > 0 and <= MostDimensions
            ? dimensions
            : throw Unusable($"its vectors would have {dimensions} dimensions, by the first line; from 1 to {MostDimensions} are needed.");
    }

    /// <summary>Where the term of a line ends: the last fields are the numbers, and all before them is the term, which may have spaces within.</summary>
    private int TermLength(ReadOnlySpan<byte> line)
    {
        // Nearly all lines have one space between fields, and none else.
        if (line.Count((byte)' ') == Dimensions && line.IndexOf((byte)' ') is > 0 and var first) return first;

        var term = line;
        for (int i = 0; i < Dimensions && !term.IsEmpty; i++) term = term[..(term.LastIndexOfAny((byte)' ', (byte)'\t') + 1)].TrimEnd(" \t"u8);
        string[] fields = Encoding.UTF8.GetString(term).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (term.IsEmpty || fields.Length > 1 && fields.Skip(1).All(field => field.Contains('.', StringComparison.Ordinal) && IsNumber(field)))
        {
            int count = Encoding.UTF8.GetString(line).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;
            throw Unusable($"line {_lines.Number} has {count} fields where {Dimensions + 1} are needed, a term and {Dimensions} numbers.");
        }
        return term.Length;
    }

    private static bool IsNumber(string field) => float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private FormatException Unusable(string cause) => new(
        $"The file of vectors '{FullPath}' cannot be used: {cause}\n" +
        "Give a whole text file of GloVe, word2vec or fastText: on each line a term and its numbers, in UTF-8. A binary file has to be converted first.");
}

/// <summary>Reads a stream line by line, as bytes, in memory that is used again.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>A line of more bytes than this is none of a text file.</summary>
    internal const int LongestLine = 1 << 20;

    private byte[] _memory = new byte[1 << 18];
    private int _start, _end;

    /// <summary>Number of the line last read, from 1.</summary>
    internal long Number { get; private set; }

    /// <summary>
    /// The line last read, without its line feed; valid until the next one is read. Of one that is longer than <see cref="LongestLine"/>, its beginning.
    /// </summary>
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
