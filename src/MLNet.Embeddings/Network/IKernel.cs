using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>A function of tensors that managed code computes, there and back. It keeps what the way back needs, so one forward may be in flight.</summary>
internal interface IKernel
{
    /// <summary>Computes the result.</summary>
    /// <param name="inputs">Contiguous tensors of 32-bit floats.</param>
    /// <param name="result">Overwritten.</param>
    void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result);

    /// <summary>Adds the gradients of the inputs, once after each <see cref="Forward"/>.</summary>
    /// <param name="resultGradients">The gradients of the result.</param>
    /// <param name="inputs">As given to <see cref="Forward"/>.</param>
    /// <param name="gradients">Added to: for each input a tensor of its shape; null for the first one if it needs none, as vectors that stay as they are.</param>
    void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor?> gradients);
}
