namespace MLNet.Embeddings;

/// <summary>All dense parameters of a network in one array, their gradients in another, so that an update is one pass over both.</summary>
/// <remarks>Matrices come first, since weight decay is for them alone.</remarks>
/// <param name="matrixCount">Number of values of all matrices together.</param>
/// <param name="biasCount">Number of all other values.</param>
internal sealed class ParameterBlock(int matrixCount, int biasCount)
{
    private readonly float[] _firstMoments = new float[matrixCount + biasCount], _secondMoments = new float[matrixCount + biasCount];

    /// <summary>Number of values of all matrices together; they come first.</summary>
    internal int MatrixCount => matrixCount;

    /// <summary>The parameters' values.</summary>
    internal float[] Values { get; } = new float[matrixCount + biasCount];

    /// <summary>The gradients; to be cleared before each step.</summary>
    internal float[] Gradients { get; } = new float[matrixCount + biasCount];

    /// <summary>The moments of Adam, by name, where they lie.</summary>
    internal IEnumerable<(string Name, float[] Values)> Moments => [("first_moments", _firstMoments), ("second_moments", _secondMoments)];

    /// <summary>Updates all parameters by their gradients.</summary>
    internal void Update(in AdamStep step)
    {
        Update(..matrixCount, step);
        Update(matrixCount.., step with { WeightDecay = 0 });
    }

    private void Update(Range range, in AdamStep step) =>
        Adam.Update(Values.AsSpan(range), Gradients.AsSpan(range), _firstMoments.AsSpan(range), _secondMoments.AsSpan(range), step);
}
