using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>An exponential moving average of an array's rows over the steps of training, where a step changes some rows only.</summary>
/// <remarks>A row is brought up to date just before it changes: until then its weights were the same in every step, so one product of decays does for all.</remarks>
internal sealed class WeightAverage(ReadOnlySpan<float> weights, int rowLength, AveragingDecay decay)
{
    // Numbers of steps, which a float counts exactly up to 2^24, so that all state is arrays of floats.
    private readonly float[] _followed = new float[weights.Length / rowLength];
    private readonly float[] _average = weights.ToArray();

    /// <summary>The state, by name, where it lies.</summary>
    internal IEnumerable<(string Name, float[] Values)> State => [("average", _average), ("average_steps", _followed)];

    /// <summary>Takes into account that rows had their weights in all steps since they were last brought up to date.</summary>
    /// <param name="weights">All rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="step">Number of steps so far.</param>
    internal void Follow(ReadOnlySpan<float> weights, ReadOnlySpan<int> rows, int step)
    {
        foreach (int row in rows) Follow(weights, row, step);
    }

    /// <summary>Brings all rows up to date.</summary>
    internal void FollowAll(ReadOnlySpan<float> weights, int step)
    {
        for (int row = 0; row < _followed.Length; row++) Follow(weights, row, step);
    }

    /// <summary>Exchanges the average and the weights.</summary>
    internal void Exchange(Span<float> weights)
    {
        float[] average = [.. _average];
        weights.CopyTo(_average);
        average.CopyTo(weights);
    }

    private void Follow(ReadOnlySpan<float> weights, int row, int step)
    {
        float kept = (float)decay.Kept((int)_followed[row], step);
        _followed[row] = step;
        var average = _average.AsSpan(row * rowLength, rowLength);
        TensorPrimitives.Lerp(weights.Slice(row * rowLength, rowLength), average, kept, average);
    }
}
