namespace MLNet.Embeddings;

/// <summary>The number in deviations from its mean.</summary>
internal sealed record StandardEncoder : NumberEncoder
{
    internal override NumberScaling Scaling => NumberScaling.Standard;
}
