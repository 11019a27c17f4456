namespace MLNet.Embeddings;

/// <summary>Where some parameters of a network lie in its <see cref="ParameterBlock"/>.</summary>
/// <param name="layout">What gave the place out.</param>
/// <param name="start">Values before it of the same kind.</param>
/// <param name="length">Number of values.</param>
/// <param name="isMatrix">True if they stand among the matrices, which come first.</param>
internal readonly struct ParameterPlace(ParameterLayout layout, int start, int length, bool isMatrix)
{
    /// <summary>The parameters.</summary>
    internal Span<float> Values => In(layout.Block.Values);

    /// <summary>Their part of an array of the block's form, such as its gradients.</summary>
    internal Span<float> In(float[] values) => values.AsSpan(isMatrix ? start : layout.Block.MatrixCount + start, length);
}
