using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The element-wise maximum of a row's tokens.</summary>
internal sealed class MaxPooling(int width, int threads) : PoolingLayer(width)
{
    private readonly RaggedMaximum _maximum = new(width, threads);

    internal override RaggedRows Rows => _maximum.Rows;

    public override void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result) => _maximum.Forward(inputs[0].Floats(), result);

    public override void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor?> gradients) =>
        _maximum.Backward(resultGradients, gradients[0]!.Floats());
}
