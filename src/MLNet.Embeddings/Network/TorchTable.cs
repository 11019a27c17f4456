using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>A table whose touched rows become a tensor for torch to differentiate by.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="dimensions">Length of a row.</param>
/// <param name="padded">True if row 0 is padding: zeros that no batch may touch.</param>
internal sealed class TorchTable(int rows, int dimensions, bool padded) : EmbeddingTable(Initial(rows, dimensions, padded), dimensions)
{
    /// <summary>The vectors of a batch's different keys: terms × dimensions, a leaf whose gradients are added to the table's.</summary>
    internal torch.Tensor LookUp(int[] terms)
    {
        var vectors = torch.empty(terms.Length, Dimensions);
        var target = vectors.Floats();
        for (int i = 0; i < terms.Length; i++) Row(terms[i]).CopyTo(target[(i * Dimensions)..]);
        if (!torch.is_grad_enabled()) return vectors;
        Touch(terms);
        vectors.requires_grad_();
        vectors.grad = torch.frombuffer(GradientMemory, torch.float32, vectors.numel()).view(vectors.shape);
        return vectors;
    }

    private static float[] Initial(int rows, int dimensions, bool padded)
    {
        using var initial = torch.empty(rows, dimensions).uniform_(-InitialRange, InitialRange);
        float[] values = initial.Floats().ToArray();
        if (padded) values.AsSpan(0, dimensions).Clear();
        return values;
    }
}
