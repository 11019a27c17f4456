using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>A trained vector per key. Only the rows that a batch touches become a tensor, get gradients and are updated.</summary>
/// <remarks>
/// Rows and their Adam moments are plain arrays, so the cost of a step does not depend on the vocabulary. An untouched row keeps still: the
/// semantics of torch's SparseAdam, not of Adam over the whole table. Not thread-safe.
/// </remarks>
internal sealed class EmbeddingTable
{
    /// <summary>Keras's default range of the initial values (keras.layers.Embedding, "uniform").</summary>
    private const double InitialRange = 0.05;

    private readonly float[] _firstMoments, _secondMoments;
    private int[] _terms = [];
    private torch.Tensor? _touched;

    /// <param name="rows">Number of rows.</param>
    /// <param name="dimensions">Length of a row.</param>
    /// <param name="padded">True if row 0 is padding: zeros that no batch may touch.</param>
    internal EmbeddingTable(int rows, int dimensions, bool padded)
    {
        Dimensions = dimensions;
        using (var initial = torch.empty(rows, dimensions).uniform_(-InitialRange, InitialRange)) Values = initial.Floats().ToArray();
        if (padded) Values.AsSpan(0, dimensions).Clear();
        _firstMoments = new float[Values.Length];
        _secondMoments = new float[Values.Length];
    }

    internal int Dimensions { get; }

    /// <summary>Rows × dimensions.</summary>
    internal float[] Values { get; }

    /// <summary>The vectors of a batch's different keys: terms × dimensions, a leaf that collects their gradients.</summary>
    internal torch.Tensor LookUp(int[] terms)
    {
        var vectors = torch.empty(terms.Length, Dimensions);
        var target = vectors.Floats();
        for (int i = 0; i < terms.Length; i++) Row(terms[i]).CopyTo(target[(i * Dimensions)..]);
        _terms = terms;
        return _touched = torch.is_grad_enabled() ? vectors.requires_grad_() : vectors;
    }

    /// <summary>Gradients of the vectors last looked up; empty if they took no part in the loss.</summary>
    internal Span<float> Gradients => _touched?.grad is { } gradient ? gradient.Floats() : [];

    /// <summary>The rows that an update will change.</summary>
    internal ReadOnlySpan<int> Touched => Gradients.IsEmpty ? [] : _terms;

    /// <summary>Forgets what was last looked up.</summary>
    internal void Clear() => _touched = null;

    /// <summary>Updates the rows last looked up by their gradients.</summary>
    internal void Update(in AdamStep step)
    {
        var gradients = Gradients;
        if (!gradients.IsEmpty) Adam.UpdateRows(Values, _terms, Dimensions, gradients, _firstMoments, _secondMoments, step);
    }

    private ReadOnlySpan<float> Row(int key) => Values.AsSpan(key * Dimensions, Dimensions);
}
