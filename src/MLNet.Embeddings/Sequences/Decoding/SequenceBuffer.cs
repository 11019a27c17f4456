namespace MLNet.Embeddings;

/// <summary>Keys of the rows of a block, one row after the other.</summary>
internal sealed class SequenceBuffer
{
    private int[] _keys = [];
    private readonly int[] _starts = new int[ReadAheadCursor.MaxRows + 1];

    /// <summary>The keys of all rows, and room for more.</summary>
    internal ReadOnlySpan<int> Keys => _keys;

    /// <summary>Where some rows' keys begin; behind the last one, where they end.</summary>
    internal ReadOnlySpan<int> Starts(int first, int count) => _starts.AsSpan(first, count + 1);

    /// <summary>The keys of a row.</summary>
    internal ReadOnlySpan<int> this[int row] => _keys.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Takes a row's keys; those of later rows are forgotten.</summary>
    internal void Set(int row, ReadOnlySpan<int> keys)
    {
        int end = checked(_starts[row] + keys.Length);
        if (_keys.Length < end) Array.Resize(ref _keys, Math.Max(end, (int)Math.Min(2L * _keys.Length, Array.MaxLength)));
        keys.CopyTo(_keys.AsSpan(_starts[row]));
        _starts[row + 1] = end;
    }
}
