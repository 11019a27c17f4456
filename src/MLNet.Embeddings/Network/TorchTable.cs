using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>A table whose touched rows become a tensor for torch to differentiate by.</summary>
/// <param name="shape">Its form.</param>
/// <param name="settings">How it learns, and what it begins with.</param>
internal sealed class TorchTable(TableShape shape, LearningSettings settings)
    : EmbeddingTable(shape, settings.Tables.GetValueOrDefault(shape.Name) ?? Initial(shape))
{
    /// <summary>Values that are worth a thread to copy them.</summary>
    private const int ValuesPerThread = 32_768;

    private float[] _vectors = [];

    /// <summary>What was last looked up.</summary>
    internal torch.Tensor Vectors { get; private set; } = null!;

    /// <summary>The vectors of a batch's different keys: terms × dimensions, a leaf whose gradients are added to the table's. Valid until the next look-up.</summary>
    internal torch.Tensor LookUp(int[] terms) => Vectors = Copy(terms);

    private torch.Tensor Copy(int[] terms)
    {
        if (terms.Length == 0)
        {
            Touch(terms);
            return torch.empty(0, Dimensions);
        }
        // Memory that is kept: that of a new tensor would have to come from the system again in each step.
        int count = terms.Length * Dimensions;
        if (_vectors.Length < count) _vectors = new float[count + count / 4];
        Parts.Run(settings.Threads, terms.Length, Math.Max(1, ValuesPerThread / Dimensions), (_, start, end) =>
        {
            for (int i = start; i < end; i++) Row(terms[i]).CopyTo(_vectors.AsSpan(i * Dimensions));
        });
        var vectors = torch.frombuffer(_vectors, torch.float32, count).view(terms.Length, Dimensions);
        if (!IsTrained || !torch.is_grad_enabled()) return vectors;
        Touch(terms);
        vectors.requires_grad_();
        vectors.grad = torch.frombuffer(GradientMemory, torch.float32, count).view(vectors.shape);
        return vectors;
    }

    private static TableStart Initial(TableShape shape)
    {
        using var initial = torch.empty(shape.KeyCount + 1, shape.Dimensions).uniform_(-InitialRange, InitialRange);
        float[] values = initial.Floats().ToArray();
        if (shape.IsPadded) values.AsSpan(0, shape.Dimensions).Clear();
        return new TableStart(values, IsTrained: true);
    }
}
