namespace MLNet.Embeddings;

/// <summary>What one thread adds to the gradients of a GRU's weights: the products of some of the slots and of some of the terms.</summary>
internal sealed unsafe class GruWeightGradients(int dimensions, int units)
{
    private readonly TransposedWorkspace _inputWorkspace = new(dimensions), _hiddenWorkspace = new(units);
    private readonly AlignedFloats _input = new(), _hidden = new();

    /// <summary>(3 · units, dimensions): sums of this thread's own.</summary>
    public float* Input => _input.Start;

    /// <summary>(3 · units, units): sums of this thread's own.</summary>
    public float* Hidden => _hidden.Start;

    /// <summary>Makes zeros of the sums of this thread's own.</summary>
    public void Clear()
    {
        new Span<float>(_input.Require(3 * units * dimensions), 3 * units * dimensions).Clear();
        new Span<float>(_hidden.Require(3 * units * units), 3 * units * units).Clear();
    }

    /// <summary>Adds the products of the terms' projected gradients (terms, 3 · units) and their vectors (terms, dimensions).</summary>
    public void AddTerms(float* projected, float* vectors, int terms, float* sums) => MatrixProduct.MultiplyTransposed(
        projected, 3 * units, 3 * units, vectors, dimensions, terms, sums, _inputWorkspace, accumulate: true);

    /// <summary>Adds the products of gates' gradients on a tape (slots, 4 · units) and the states before them (slots, units).</summary>
    public void AddSlots(float* gates, float* states, int slots, float* sums) => MatrixProduct.MultiplyTransposed(
        gates, 4 * units, 3 * units, states, units, slots, sums, _hiddenWorkspace, accumulate: true);
}
