namespace MLNet.Embeddings;

/// <summary>Rows of different lengths, each token of which is one of a batch's terms.</summary>
internal sealed class RaggedRows
{
    private int[] _lengths = [], _starts = [0], _termOfToken = [], _counting = [];

    /// <summary>Number of rows.</summary>
    public int Count => _lengths.Length;

    /// <summary>Tokens of each row.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Number of different terms.</summary>
    public int Terms { get; private set; }

    /// <summary>Tokens of all rows.</summary>
    public int Tokens => _starts[Count];

    /// <summary>Takes over a new batch.</summary>
    /// <param name="lengths">Tokens of each row.</param>
    /// <param name="termOfToken">For each token, rows one after the other, the index of its term. Neither array may change as long as the batch is worked on.</param>
    /// <param name="terms">How many different terms there are.</param>
    public void Set(int[] lengths, int[] termOfToken, int terms)
    {
        foreach (int term in termOfToken)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)term, (uint)terms, nameof(termOfToken));

        Terms = terms;
        _termOfToken = termOfToken;
        SetLengths(lengths);
        ArgumentOutOfRangeException.ThrowIfNotEqual(termOfToken.Length, Tokens, nameof(termOfToken));
    }

    /// <summary>Takes over a new batch in which each token is a term of its own.</summary>
    public void Set(int[] lengths)
    {
        SetLengths(lengths);
        Terms = Tokens;
        if (_counting.Length < Tokens)
            _counting = [.. Enumerable.Range(0, Tokens + Tokens / 4)];
        _termOfToken = _counting;
    }

    /// <summary>The first token of a row; behind the last row, the number of all tokens.</summary>
    public int Start(int row) => _starts[row];

    /// <summary>Tokens of a row.</summary>
    public int Length(int row) => _lengths[row];

    /// <summary>The terms of a row's tokens.</summary>
    public ReadOnlySpan<int> TermsOf(int row) => _termOfToken.AsSpan(_starts[row], Length(row));

    private void SetLengths(int[] lengths)
    {
        _lengths = lengths;
        if (_starts.Length <= Count)
            _starts = new int[Count + Count / 4 + 1];
        for (int row = 0; row < Count; row++)
            _starts[row + 1] = _starts[row] + lengths[row];
    }
}
