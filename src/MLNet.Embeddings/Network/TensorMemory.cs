using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Moves plain arrays in and out of tensors on the CPU.</summary>
internal static class TensorMemory
{
    /// <summary>The values of a contiguous tensor of 32-bit floats, where they lie; valid while the tensor lives.</summary>
    internal static Span<float> Floats(this torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>The same values where another tensor lies, in memory of torch's own, which is aligned. Gradients find the way back.</summary>
    /// <remarks>The last bits of products, and so the model, would else depend on where the arrays of a <see cref="ParameterBlock"/> happen to lie.</remarks>
    internal static torch.Tensor AlignedWith(this torch.Tensor weights, torch.Tensor other) => IsWith(weights, other) ? weights.clone() : weights.to(other.device);

    /// <summary>The same values where another tensor lies.</summary>
    internal static torch.Tensor With(this torch.Tensor values, torch.Tensor other) => IsWith(values, other) ? values : values.to(other.device);

    /// <summary>Whether two tensors lie in memory of the same kind.</summary>
    internal static bool IsWith(this torch.Tensor tensor, torch.Tensor other) => tensor.device_type == other.device_type;

    /// <summary>A new tensor of indices, from arrays that are counted in 32 bits.</summary>
    internal static torch.Tensor Indices(ReadOnlySpan<int> values, params long[] extents)
    {
        var tensor = torch.empty(extents, torch.int64);
        var indices = MemoryMarshal.Cast<byte, long>(tensor.bytes);
        for (int i = 0; i < values.Length; i++) indices[i] = values[i];
        return tensor;
    }

    /// <summary>A new tensor of 32-bit floats.</summary>
    internal static torch.Tensor Of(ReadOnlySpan<float> values, params long[] extents)
    {
        var tensor = torch.empty(extents, torch.float32);
        values.CopyTo(tensor.Floats());
        return tensor;
    }
}
