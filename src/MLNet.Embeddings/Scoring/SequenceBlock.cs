namespace MLNet.Embeddings;

/// <summary>Sequences of a block of rows, which are encoded together.</summary>
internal abstract class SequenceBlock(KeyReading.SequenceGetter sequence) : ColumnBlock
{
    private readonly int[] _starts = new int[ReadAheadCursor.MaxRows + 1];
    private readonly int[] _lengths = new int[ReadAheadCursor.MaxRows];
    private int[] _keys = [];

    /// <summary>The keys of all rows, one row after the other, and room for more.</summary>
    private protected ReadOnlySpan<int> Keys => _keys;

    /// <summary>The keys of a row.</summary>
    private protected ReadOnlySpan<int> KeysOf(int row) => _keys.AsSpan(_starts[row], _lengths[row]);

    /// <summary>Where among the keys of all rows each row's begin; behind the last row, where they end.</summary>
    private protected ReadOnlySpan<int> Starts => _starts;

    /// <summary>How many keys each row has.</summary>
    private protected ReadOnlySpan<int> Lengths(int rows) => _lengths.AsSpan(0, rows);

    internal sealed override void Read(int index, Span<float> vector)
    {
        var keys = sequence();
        int start = _starts[index], end = checked(start + keys.Length);
        if (_keys.Length < end) Array.Resize(ref _keys, Math.Max(end, (int)Math.Min(2L * _keys.Length, Array.MaxLength)));
        keys.CopyTo(_keys.AsSpan(start));
        (_lengths[index], _starts[index + 1]) = (keys.Length, end);
    }
}
