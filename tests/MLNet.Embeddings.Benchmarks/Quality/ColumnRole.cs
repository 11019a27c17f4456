namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a column of a data set holds.</summary>
internal enum ColumnRole
{
    /// <summary>One of some values.</summary>
    Category,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Words.</summary>
    Text,
}
