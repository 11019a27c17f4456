namespace MLNet.Embeddings;

/// <summary>What is computed of many rows at once, as soon as a value of one of them is asked for. Belongs to one <see cref="ReadAheadCursor"/>.</summary>
internal abstract class RowBlock
{
    private int _rows;
    private bool _isComputed;

    /// <summary>Place of the current row in the block; negative if it is in none, so that the input itself stands on it.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>Getters of the added columns for the current row; null where a column is not active.</summary>
    internal abstract Delegate?[] Getters { get; }

    /// <summary>Takes from the row that the input stands on what its values are computed of.</summary>
    /// <param name="index">Place of the row; 0 begins a new block.</param>
    internal void Read(int index)
    {
        (_rows, _isComputed) = (index, false);
        Take(index);
        _rows++;
    }

    /// <summary>Computes the values of all rows that were read, unless they are.</summary>
    private protected void Complete()
    {
        if (_isComputed) return;
        Compute(_rows);
        _isComputed = true;
    }

    /// <inheritdoc cref="Read"/>
    private protected abstract void Take(int index);

    /// <summary>Computes the values of so many rows.</summary>
    private protected abstract void Compute(int rows);
}
