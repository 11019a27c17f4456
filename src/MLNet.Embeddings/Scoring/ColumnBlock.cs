namespace MLNet.Embeddings;

/// <summary>One column's part of the forward pass for blocks of rows. Belongs to one cursor.</summary>
internal abstract class ColumnBlock
{
    /// <summary>Reads the row that the cursor stands on.</summary>
    /// <param name="index">Place of the row in its block; 0 begins a new block.</param>
    /// <param name="vector">Where its vector belongs; what is better computed for many rows at once is left to <see cref="Complete"/>.</param>
    internal abstract void Read(int index, Span<float> vector);

    /// <summary>Computes what is computed for all rows of the block at once.</summary>
    internal abstract void Complete(int rows, ColumnVectors vectors);
}
