namespace MLNet.Embeddings;

/// <summary>What one thread of a <see cref="SoftmaxLoss"/> sums over its rows, and the memory that it works in.</summary>
internal sealed unsafe class SoftmaxLossSums(int inputs, int classes)
{
    private readonly TransposedWorkspace _workspace = new(inputs);
    private readonly AlignedFloats _scores = new(), _weights = new();
    private readonly float[] _bias = new float[classes];

    /// <summary>The sum of the rows' losses.</summary>
    public double Loss { get; set; }

    /// <summary>The gradients of the weights: (classes, inputs).</summary>
    public ReadOnlySpan<float> Weights => new(_weights.Start, classes * inputs);

    /// <summary>The gradients of the bias: (classes).</summary>
    public ReadOnlySpan<float> Bias => _bias;

    /// <summary>Room for the scores of a block: (rows, classes).</summary>
    public float* Scores(int rows) => _scores.Require(checked(rows * classes));

    /// <summary>Makes zeros of all sums.</summary>
    public void Clear()
    {
        Loss = 0;
        Array.Clear(_bias);
        new Span<float>(_weights.Require(classes * inputs), classes * inputs).Clear();
    }

    /// <summary>Adds a block: the gradients of its scores (rows, classes), times its vectors (rows, inputs).</summary>
    public void Add(float* gradients, float* vectors, int rows)
    {
        RowSums.Add(new(gradients, rows * classes), rows, _bias);
        MatrixProduct.MultiplyTransposed(gradients, classes, classes, vectors, inputs, rows, _weights.Start, _workspace, accumulate: true);
    }
}
