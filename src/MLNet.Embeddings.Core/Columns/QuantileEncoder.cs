namespace MLNet.Embeddings;

/// <summary>The number by its rank, on the scale of a normal distribution.</summary>
internal sealed record QuantileEncoder : NumberEncoder
{
    internal override NumberScaling Scaling => NumberScaling.Normal;
}
