namespace MLNet.Embeddings;

/// <summary>A fitted encoder-decoder: its form and its arrays by name.</summary>
internal sealed record TrainedEncoderDecoder(EncoderDecoderShape Shape, IReadOnlyDictionary<string, WeightArray> Weights) : TrainedArrays(Weights)
{
    /// <summary>A network of all the arrays that its form names.</summary>
    internal static TrainedEncoderDecoder Of(EncoderDecoderShape shape, IEnumerable<(string Name, float[] Values)> arrays) => new(shape, Shaped(shape.Weights(), arrays));

    internal override string? Mismatch() => Mismatch(Shape.Weights());
}
