using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>What of the source's states matters at each step of the decoder: the "general" global attention of Luong et al. 2015 (arXiv 1508.04025, section 3.1).</summary>
internal sealed class GlobalAttention : torch.nn.Module
{
    private readonly DenseModule _query;

    internal GlobalAttention(EncoderDecoderShape shape) : base("attention") =>
        register_module("query", _query = new DenseModule(shape.Units, shape.EncodedSize, hasBias: false));

    /// <summary>Σ aᵢ sᵢ with a = softmax(sᵢ · W h) for each state h of the decoder: steps × encoded size.</summary>
    /// <param name="steps">The decoder's states: steps × units.</param>
    /// <param name="stepLengths">Steps of each row.</param>
    /// <param name="source">The encoder's states: tokens × encoded size.</param>
    /// <param name="sourceLengths">Tokens of each row, at least one.</param>
    internal torch.Tensor Attend(torch.Tensor steps, int[] stepLengths, torch.Tensor source, int[] sourceLengths)
    {
        PaddedRows queries = new(stepLengths), memories = new(sourceLengths);
        var memory = memories.Pad(source); // rows × tokens × encoded size
        var scores = queries.Pad(_query.call(steps)).bmm(memory.transpose(1, 2)); // rows × steps × tokens
        var weights = scores.masked_fill(memories.IsPadding(), float.NegativeInfinity).softmax(-1);
        return queries.Unpad(weights.bmm(memory));
    }

    internal IEnumerable<LearnedArray> Arrays() => [new(EncoderDecoderShape.AttentionWeights, () => _query.Weights)];
}
