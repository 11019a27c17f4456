namespace MLNet.Embeddings;

/// <summary>Some rows as plain arrays: what networks read in training, validation and scoring alike.</summary>
/// <param name="Columns">The input columns, in the network's order.</param>
/// <param name="Labels">For each label of the network, one per row; NaN is missing. Empty in scoring.</param>
/// <param name="Weights">A weight per row. Empty in scoring.</param>
internal sealed record RowBatch(ColumnBatch[] Columns, IReadOnlyList<float[]> Labels, float[] Weights)
{
    /// <summary>Number of rows.</summary>
    internal int RowCount { get; set; } = Weights.Length;

    /// <summary>The different keys that a column, and with it all others of its table, look up.</summary>
    internal int[] TermsOf(int column) => ((TermBatch)Columns[column]).Terms;
}

/// <summary>One column's part of a batch.</summary>
internal abstract record ColumnBatch;

/// <summary>One column's part of a batch, of keys.</summary>
/// <param name="Terms">The different keys, those of all columns of a table together if it is shared; <see cref="EveryKey"/> if keys stand for
/// themselves.</param>
internal abstract record TermBatch(int[] Terms) : ColumnBatch
{
    /// <summary>In the place of the different keys: a term's number is its key, as in scoring, where it does not pay to find out which are there.</summary>
    internal static readonly int[] EveryKey = [-1];

    /// <summary>Whether a term's number is its key.</summary>
    internal bool IsByKey => ReferenceEquals(Terms, EveryKey);
}

/// <summary>Categories of a batch.</summary>
/// <param name="Terms">The different keys.</param>
/// <param name="TermOfRow">Index into <paramref name="Terms"/>, per row.</param>
internal sealed record CategoryBatch(int[] Terms, int[] TermOfRow) : TermBatch(Terms)
{
    /// <summary>The key of a row.</summary>
    internal int KeyOf(int row) => IsByKey ? TermOfRow[row] : Terms[TermOfRow[row]];
}

/// <summary>Sequences or bags of a batch, without padding. Scoring fills one anew for each block, without allocations once it has grown.</summary>
/// <param name="Terms">The different keys.</param>
/// <param name="Lengths">Number of tokens, per row; there may be room for more rows.</param>
/// <param name="TermOfToken">Index into <paramref name="Terms"/>, per token, row after row; there may be room for more tokens.</param>
internal sealed record SequenceBatch(int[] Terms, int[] Lengths, int[] TermOfToken) : TermBatch(Terms)
{
    /// <summary>Number of rows.</summary>
    internal int RowCount { get; private set; } = Lengths.Length;

    /// <summary>Tokens of all rows.</summary>
    internal int TokenCount { get; private set; } = TermOfToken.Length;

    /// <inheritdoc cref="SequenceBatch" path="/param[@name='Lengths']"/>
    internal int[] Lengths { get; private set; } = Lengths;

    /// <inheritdoc cref="SequenceBatch" path="/param[@name='TermOfToken']"/>
    internal int[] TermOfToken { get; private set; } = TermOfToken;

    /// <summary>Takes the first rows only, and a row behind them.</summary>
    /// <param name="rows">Rows to keep.</param>
    /// <param name="tokens">Tokens of these rows.</param>
    /// <param name="keys">The keys of the row.</param>
    internal void Set(int rows, int tokens, ReadOnlySpan<int> keys)
    {
        int end = checked(tokens + keys.Length);
        if (TermOfToken.Length < end) TermOfToken = Grown(TermOfToken, end);
        if (Lengths.Length <= rows) Lengths = Grown(Lengths, rows + 1);
        keys.CopyTo(TermOfToken.AsSpan(tokens));
        Lengths[rows] = keys.Length;
        (RowCount, TokenCount) = (rows + 1, end);
    }

    private static int[] Grown(int[] array, int length)
    {
        Array.Resize(ref array, Math.Max(length, (int)Math.Min(2L * array.Length, Array.MaxLength)));
        return array;
    }
}

/// <summary>Numbers of a batch on their scale.</summary>
/// <param name="Values">Rows × width: the numbers of a row, then indicators of what is missing, if the column has them; there may be room for more
/// rows.</param>
/// <param name="Width">Values of a row.</param>
internal sealed record NumberBatch(float[] Values, int Width) : ColumnBatch
{
    /// <inheritdoc cref="NumberBatch" path="/param[@name='Values']"/>
    internal float[] Values { get; private set; } = Values;

    /// <summary>The values of a row.</summary>
    internal Span<float> Row(int row) => Values.AsSpan(row * Width, Width);

    /// <summary>Makes room for so many rows.</summary>
    internal void Require(int rows)
    {
        if (Values.Length >= (long)rows * Width) return;
        float[] values = Values;
        Array.Resize(ref values, checked(Math.Max(rows, 2 * (Values.Length / Width)) * Width));
        Values = values;
    }
}
