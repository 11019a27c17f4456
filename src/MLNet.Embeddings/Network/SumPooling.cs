using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The sum or the mean of a row's tokens.</summary>
internal sealed class SumPooling(int width, bool mean, int threads) : PoolingLayer(width)
{
    private readonly RaggedSum _sum = new(width, mean, threads);

    internal override RaggedRows Rows => _sum.Rows;

    public override void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result) => _sum.Forward(inputs[0].Floats(), result);

    public override void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor?> gradients) =>
        _sum.Backward(resultGradients, gradients[0]!.Floats());
}
