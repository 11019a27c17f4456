using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// A vector per key. In training, gradients are kept of the rows that a batch looks up, so that the cost of a step does not depend on the vocabulary.
/// </summary>
/// <param name="shape">The table's form.</param>
/// <param name="values">(rows, dimensions).</param>
/// <param name="isTrained">False if the values stay as they are.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed class EmbeddingTable(TableShape shape, float[] values, bool isTrained, int threads)
{
    /// <summary>Values that are worth a thread to copy them.</summary>
    private const int ValuesPerThread = 32_768;

    private readonly float[][] _sums = [.. Enumerable.Repeat(Array.Empty<float>(), isTrained ? threads : 0)];
    private readonly bool[] _isBegun = new bool[threads];
    private int[] _terms = TermBatch.EveryKey, _touched = [];
    private float[] _vectors = [];
    private bool _isGathered;

    internal TableShape Shape => shape;

    internal int Dimensions => shape.Dimensions;

    /// <summary>(rows, dimensions).</summary>
    internal float[] Values => values;

    /// <summary>False if the values stay as they are: then no row ever counts as touched.</summary>
    internal bool IsTrained => isTrained;

    /// <summary>The rows that the last batch in training looked up; empty if the table is not trained.</summary>
    internal ReadOnlySpan<int> Touched => _touched;

    /// <summary>The gradients of the rows that are touched: (touched, dimensions).</summary>
    internal Span<float> Gradients => isTrained ? _sums[0].AsSpan(0, _touched.Length * Dimensions) : [];

    /// <summary>How many vectors the last look-up has: the different keys of the batch, or all where keys stand for themselves.</summary>
    internal int VectorCount => ReferenceEquals(_terms, TermBatch.EveryKey) ? shape.KeyCount + 1 : _terms.Length;

    /// <summary>The vector of a key.</summary>
    internal ReadOnlySpan<float> Row(int key) => values.AsSpan(key * Dimensions, Dimensions);

    /// <summary>Begins a batch.</summary>
    /// <param name="terms">The different keys that its columns look up here.</param>
    /// <param name="training">Whether their gradients are wanted.</param>
    internal void LookUp(int[] terms, bool training)
    {
        (_terms, _isGathered) = (terms, false);
        _touched = training && isTrained ? terms : [];
        if (!isTrained || !training) return;
        if (_sums[0].Length < _touched.Length * Dimensions) _sums[0] = new float[_touched.Length * Dimensions * 5L / 4];
        Gradients.Clear();
        Array.Clear(_isBegun);
    }

    /// <summary>Forgets which rows were touched.</summary>
    internal void Clear() => _touched = [];

    /// <summary>The vectors that the last look-up is of, beside each other: (vectors, dimensions).</summary>
    internal ReadOnlySpan<float> Vectors()
    {
        if (ReferenceEquals(_terms, TermBatch.EveryKey)) return values;
        if (!_isGathered) Gather();
        return _vectors.AsSpan(0, _terms.Length * Dimensions);
    }

    /// <summary>What a part of a batch adds its gradients to: (touched, dimensions). Each part is one thread's.</summary>
    internal Span<float> SumsOf(int part)
    {
        if (part == 0) return Gradients;
        ref float[] sums = ref _sums[part];
        if (sums.Length < Gradients.Length) sums = new float[_sums[0].Length];
        var used = sums.AsSpan(0, Gradients.Length);
        if (!_isBegun[part]) used.Clear();
        _isBegun[part] = true;
        return used;
    }

    /// <summary>Adds up what the parts summed.</summary>
    internal void Merge()
    {
        for (int part = 1; part < _isBegun.Length && isTrained; part++)
        {
            if (_isBegun[part]) TensorPrimitives.Add(Gradients, SumsOf(part), Gradients);
        }
    }

    private void Gather()
    {
        // Memory that is kept: that of a new array would have to come from the system again in each step.
        int count = checked(_terms.Length * Dimensions);
        if (_vectors.Length < count) _vectors = new float[count * 5L / 4];
        Parts.Run(threads, _terms.Length, Math.Max(1, ValuesPerThread / Dimensions), (_, start, end) =>
        {
            for (int i = start; i < end; i++) Row(_terms[i]).CopyTo(_vectors.AsSpan(i * Dimensions));
        });
        _isGathered = true;
    }
}
