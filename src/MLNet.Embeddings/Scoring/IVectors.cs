namespace MLNet.Embeddings;

/// <summary>Some vectors of equal length, in order.</summary>
internal interface IVectors
{
    /// <summary>How many.</summary>
    int Count { get; }

    /// <summary>One of them.</summary>
    ReadOnlySpan<float> this[int index] { get; }
}
