namespace MLNet.Embeddings;

/// <summary>How a row came by its vector; what is further behind is better.</summary>
internal enum VectorMatch : byte
{
    /// <summary>It was not found.</summary>
    None,

    /// <summary>By the lower-case form of its term.</summary>
    LowerCase,

    /// <summary>By its term.</summary>
    Exact,
}
