namespace MLNet.Embeddings;

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
