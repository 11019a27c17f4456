using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Passes numbers on, which the batch holds standardised already. It learns nothing.</summary>
internal sealed class NumberModule(NumberShape shape) : ColumnModule(shape)
{
    internal override torch.Tensor Encode(ColumnBatch batch)
    {
        var (values, width) = (NumberBatch)batch;
        return TensorMemory.Of(values, values.Length / width, width);
    }

    internal override IEnumerable<(string Name, float[] Values)> Export() => [];
}
