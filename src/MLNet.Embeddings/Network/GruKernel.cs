using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The last states of a <see cref="RaggedGru"/> of terms' vectors, input weights, hidden weights, input bias and hidden bias.</summary>
internal sealed class GruKernel(RaggedGru gru) : IKernel
{
    public void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result) =>
        gru.Forward(inputs[0].Floats(), inputs[1].Floats(), inputs[2].Floats(), inputs[3].Floats(), inputs[4].Floats(), result);

    public void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor> gradients) => gru.Backward(
        resultGradients, inputs[0].Floats(), inputs[1].Floats(), inputs[2].Floats(),
        gradients[0].Floats(), gradients[1].Floats(), gradients[2].Floats(), gradients[3].Floats(), gradients[4].Floats());
}
