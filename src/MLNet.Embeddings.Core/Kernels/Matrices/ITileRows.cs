namespace MLNet.Embeddings;

/// <summary>Rows of a product that stay in registers while a panel of the right operand passes by.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="TRow">One such row, and as much of the panel.</typeparam>
internal unsafe interface ITileRows<TSelf, TRow> where TSelf : struct, ITileRows<TSelf, TRow> where TRow : struct
{
    /// <summary>How many rows.</summary>
    static abstract int Count { get; }

    /// <summary>Reads rows, each a stride after the one above.</summary>
    static abstract TSelf Load(float* source, nint stride);

    /// <summary>Adds to each row the weights times its factor; the factors lie a stride apart.</summary>
    void MultiplyAdd(float* factors, nint stride, in TRow weights);

    /// <summary>Writes the rows, each a stride after the one above.</summary>
    void Store(float* destination, nint stride);
}
