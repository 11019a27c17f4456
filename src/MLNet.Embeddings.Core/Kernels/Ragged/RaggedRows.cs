using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>
/// Rows of different lengths, each token of which is one of a batch's terms. Copies what it is given; allocates nothing once its memory has grown.
/// </summary>
internal sealed class RaggedRows
{
    private int[] _lengths = [], _starts = [0], _terms = [], _counting = [];
    private bool _countsTokens;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Tokens of each row.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Number of different terms.</summary>
    public int Terms { get; private set; }

    /// <summary>Tokens of all rows.</summary>
    public int Tokens => _starts[Count];

    /// <summary>Takes over a new batch.</summary>
    /// <param name="lengths">Tokens of each row.</param>
    /// <param name="termOfToken">For each token, rows one after the other, the index of its term.</param>
    /// <param name="terms">How many different terms there are, which may be a whole table's: work for each of them is done only for gradients.</param>
    public void Set(ReadOnlySpan<int> lengths, ReadOnlySpan<int> termOfToken, int terms)
    {
        // As unsigned numbers, negative ones are too large.
        uint largest = termOfToken.IsEmpty ? 0 : TensorPrimitives.Max(MemoryMarshal.Cast<int, uint>(termOfToken));
        if (!termOfToken.IsEmpty) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(largest, (uint)terms, nameof(termOfToken));

        SetLengths(lengths);
        ArgumentOutOfRangeException.ThrowIfNotEqual(termOfToken.Length, Tokens, nameof(termOfToken));
        (Terms, _countsTokens) = (terms, false);
        Grow(ref _terms, Tokens);
        termOfToken.CopyTo(_terms);
    }

    /// <summary>Takes over a new batch in which each token is a term of its own.</summary>
    public void Set(ReadOnlySpan<int> lengths)
    {
        SetLengths(lengths);
        (Terms, _countsTokens) = (Tokens, true);
        if (_counting.Length < Tokens)
            _counting = [.. Enumerable.Range(0, Tokens + Tokens / 4)];
    }

    /// <summary>The first token of a row; behind the last row, the number of all tokens.</summary>
    public int Start(int row) => _starts[row];

    /// <summary>Tokens of a row.</summary>
    public int Length(int row) => _lengths[row];

    /// <summary>The term of a token.</summary>
    public int Term(int token) => _countsTokens ? token : _terms[token];

    /// <summary>The terms of a row's tokens.</summary>
    public ReadOnlySpan<int> TermsOf(int row) => (_countsTokens ? _counting : _terms).AsSpan(_starts[row], Length(row));

    private void SetLengths(ReadOnlySpan<int> lengths)
    {
        Count = lengths.Length;
        Grow(ref _lengths, Count);
        Grow(ref _starts, Count + 1);
        lengths.CopyTo(_lengths);
        _starts[0] = 0;
        for (int row = 0; row < Count; row++)
            _starts[row + 1] = checked(_starts[row] + lengths[row]);
    }

    private static void Grow(ref int[] array, int length)
    {
        if (array.Length < length)
            array = new int[length + length / 4];
    }
}

/// <summary>Deals rows of different lengths out to threads: to each its own, the longest first, and to all about equal work.</summary>
internal sealed class DealtRows(int threads)
{
    /// <summary>Fewer rows than this are not worth a thread: their steps would not fill a tile.</summary>
    private const int RowsPerPart = 4;

    private int[] _firstOfPart = new int[threads + 1];
    private int[] _lengths = [];
    private long[] _byLength = [];
    private int[] _dealtRows = [];

    /// <summary>Into how many parts the rows are dealt: at most one a thread, unless parts of so many tokens would be too large.</summary>
    public int Parts { get; private set; }

    /// <summary>Takes over rows of new lengths.</summary>
    /// <param name="lengths">The lengths.</param>
    /// <param name="tokensPerPart">About how many tokens a part may have.</param>
    public void Deal(ReadOnlySpan<int> lengths, int tokensPerPart = int.MaxValue)
    {
        int rows = lengths.Length;
        if (_lengths.Length < rows)
            (_lengths, _byLength, _dealtRows) = (new int[rows + rows / 4], new long[rows + rows / 4], new int[rows + rows / 4]);
        lengths.CopyTo(_lengths);
        long tokens = 0;
        for (int row = 0; row < rows; row++)
        {
            tokens += lengths[row];
            _byLength[row] = ((long)-lengths[row] << 32) | (uint)row;
        }

        _byLength.AsSpan(0, rows).Sort();

        Parts = Math.Clamp(rows / RowsPerPart, 1, (int)Math.Max(threads, tokens / tokensPerPart));
        if (_firstOfPart.Length <= Parts)
            _firstOfPart = new int[Parts + 1];
        int dealt = 0;
        for (int part = 0; part < Parts; part++)
        {
            // To and fro, so that no part always gets the longer of two rows.
            _firstOfPart[part] = dealt;
            for (int turn = 0; turn < rows; turn += 2 * Parts)
            {
                if (turn + part < rows)
                    _dealtRows[dealt++] = (int)_byLength[turn + part];
                int back = turn + 2 * Parts - 1 - part;
                if (back < rows)
                    _dealtRows[dealt++] = (int)_byLength[back];
            }
        }

        _firstOfPart[Parts] = dealt;
    }

    /// <summary>The length of a row.</summary>
    public int Length(int row) => _lengths[row];

    /// <summary>The rows of a part, longest first.</summary>
    public ReadOnlySpan<int> RowsOf(int part) => _dealtRows.AsSpan(_firstOfPart[part].._firstOfPart[part + 1]);

    /// <summary>How many of the first rows of a part have a token at a position.</summary>
    public int Active(ReadOnlySpan<int> rows, int atMost, int token)
    {
        while (atMost > 0 && _lengths[rows[atMost - 1]] <= token)
            atMost--;
        return atMost;
    }
}
