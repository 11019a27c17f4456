using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A table in a network without torch: columns copy its rows into the combined vectors, and add their gradients up here.</summary>
/// <param name="shape">Its form.</param>
/// <param name="settings">How it learns, and what it begins with.</param>
/// <param name="random">Source of initial values.</param>
internal sealed class ManagedTable(TableShape shape, LearningSettings settings, SplitMix random)
    : EmbeddingTable(shape, settings.Tables.GetValueOrDefault(shape.Name) ?? Initial(shape, random))
{
    /// <summary>Gradients that threads other than the first add up.</summary>
    private readonly float[][] _sums = [.. Enumerable.Range(1, settings.Threads).Select(_ => Array.Empty<float>())];
    private readonly bool[] _isBegun = new bool[settings.Threads];

    /// <summary>Makes ready for the gradients of a batch.</summary>
    internal void Begin(int[] terms)
    {
        Touch(terms);
        Array.Clear(_isBegun);
    }

    /// <summary>The vector of a key.</summary>
    internal ReadOnlySpan<float> VectorOf(int key) => Row(key);

    /// <summary>What a part of a batch adds its gradients to: terms × dimensions.</summary>
    internal Span<float> SumsOf(int part)
    {
        if (part == 0) return Gradients;
        ref float[] sums = ref _sums[part - 1];
        if (sums.Length < Gradients.Length) sums = new float[GradientMemory.Length];
        var used = sums.AsSpan(0, Gradients.Length);
        if (!_isBegun[part]) used.Clear();
        _isBegun[part] = true;
        return used;
    }

    /// <summary>Brings together what so many parts added.</summary>
    internal void Merge(int parts)
    {
        for (int part = 1; part < parts; part++) TensorPrimitives.Add(Gradients, SumsOf(part), Gradients);
    }

    private static TableStart Initial(TableShape shape, SplitMix random)
    {
        float[] values = UniformValues.Draw((shape.KeyCount + 1) * shape.Dimensions, InitialRange, random);
        if (shape.IsPadded) values.AsSpan(0, shape.Dimensions).Clear();
        return new TableStart(values, IsTrained: true);
    }
}
