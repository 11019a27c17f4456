namespace MLNet.Embeddings;

/// <summary>All values of one input column, in compact arrays.</summary>
internal abstract class ColumnData
{
    /// <summary>Number of tokens that the column adds to a row: what a recurrent encoder's time goes by.</summary>
    internal virtual int TokensOf(int row) => 0;

    /// <summary>Memory that the values take.</summary>
    internal abstract long Bytes { get; }

    /// <summary>How much there is to learn of the column, in words: what training and validation rows must agree on.</summary>
    internal abstract string Extent { get; }
}
