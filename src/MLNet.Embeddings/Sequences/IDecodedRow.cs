namespace MLNet.Embeddings;

/// <summary>What a fitted encoder-decoder computed of the row that a cursor stands on.</summary>
internal interface IDecodedRow
{
    /// <summary>What computed the current row, and the row's number there; computed now unless it is already.</summary>
    (SequenceDecoder Decoder, int Row) Current { get; }

    /// <summary>The keys of the current row's target.</summary>
    ReadOnlySpan<int> Target { get; }
}
