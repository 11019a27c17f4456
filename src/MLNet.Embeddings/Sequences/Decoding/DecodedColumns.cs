namespace MLNet.Embeddings;

/// <summary>Which columns of a fitted encoder-decoder are asked for, so that no more is computed.</summary>
[Flags]
internal enum DecodedColumns
{
    None = 0,

    /// <summary>What is decoded of the source.</summary>
    Outputs = 1,

    /// <summary>What the best output attended to.</summary>
    Attention = 2,

    /// <summary>The keys of the given target.</summary>
    TargetTokens = 4,

    /// <summary>How probable the given target is.</summary>
    TargetLogProbability = 8,
}
