using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Passes numbers on, which the batch holds on their scale already. It learns nothing.</summary>
internal sealed class NumberModule(NumberShape shape) : ColumnModule(shape)
{
    internal override torch.Tensor Encode(ColumnBatch batch) => Values((NumberBatch)batch);

    internal override IEnumerable<LearnedArray> Arrays() => [];

    /// <summary>A batch as a tensor: rows × width.</summary>
    internal static torch.Tensor Values(NumberBatch batch) => TensorMemory.Of(batch.Values, batch.Values.Length / batch.Width, batch.Width);
}
