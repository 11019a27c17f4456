using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>An exponential moving average of an array's rows over the steps of training, where a step changes some rows only.</summary>
/// <remarks>A row is brought up to date just before it changes: until then its weights were the same in every step, so one product of decays does for all.</remarks>
internal sealed class WeightAverage(ReadOnlySpan<float> weights, int rowLength)
{
    private readonly double[] _logDecays = new double[weights.Length / rowLength];
    private float[] _average = weights.ToArray();

    /// <summary>Takes into account that rows had their weights in all steps since they were last brought up to date.</summary>
    /// <param name="weights">All rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="logDecay">Sum of the logarithms of the decays of all steps so far.</param>
    internal void Follow(ReadOnlySpan<float> weights, ReadOnlySpan<int> rows, double logDecay)
    {
        foreach (int row in rows) Follow(weights, row, logDecay);
    }

    /// <summary>Brings all rows up to date.</summary>
    internal void FollowAll(ReadOnlySpan<float> weights, double logDecay)
    {
        for (int row = 0; row < _logDecays.Length; row++) Follow(weights, row, logDecay);
    }

    /// <summary>Exchanges the average and the weights.</summary>
    internal void Exchange(Span<float> weights)
    {
        float[] average = weights.ToArray();
        _average.CopyTo(weights);
        _average = average;
    }

    private void Follow(ReadOnlySpan<float> weights, int row, double logDecay)
    {
        float kept = (float)Math.Exp(logDecay - _logDecays[row]);
        _logDecays[row] = logDecay;
        var average = _average.AsSpan(row * rowLength, rowLength);
        TensorPrimitives.Lerp(weights.Slice(row * rowLength, rowLength), average, kept, average);
    }
}
