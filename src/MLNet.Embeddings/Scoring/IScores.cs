namespace MLNet.Embeddings;

/// <summary>The network's outputs for the row that a cursor stands on.</summary>
internal interface IScores
{
    /// <summary>The outputs for the current row; valid until the next.</summary>
    ReadOnlySpan<float> Current { get; }
}
