using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The element-wise maximum of the terms' vectors; zeros for an empty sequence.</summary>
internal sealed class MaxModule(SequenceShape shape, LearningSettings settings) : SequenceModule(shape, settings)
{
    protected override torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms)
    {
        var tokens = Pad(batch, terms); // rows × length × dimensions
        var position = torch.arange(batch.MaxLength).view(1, -1, 1);
        var lengths = TensorMemory.Indices(batch.Lengths, batch.Lengths.Length, 1, 1);
        var maximum = tokens.masked_fill(position >= lengths, float.MinValue).amax([1]);
        return maximum.masked_fill(lengths.view(-1, 1) == 0, 0);
    }
}
