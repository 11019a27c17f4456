using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>How much of a moving average each step keeps: min(decay, (1 + t) / (10 + t)) in step t, so that the initial weights are soon forgotten.</summary>
/// <remarks>As TensorFlow's ExponentialMovingAverage with a number of updates.</remarks>
internal sealed class AveragingDecay(double decay)
{
    private readonly double _logDecay = Math.Log(decay);

    /// <summary>The last step that keeps less than the decay says.</summary>
    private readonly int _warmUp = (int)Math.Clamp(Math.Ceiling((10 * decay - 1) / (1 - decay)) - 1, 0, int.MaxValue);

    /// <summary>The product of what is kept in the steps after one up to another.</summary>
    internal double Kept(int from, int to)
    {
        int start = Math.Min(from, _warmUp), end = Math.Min(to, _warmUp);
        double kept = Math.Exp(_logDecay * ((to - end) - (from - start)));
        // In a product of (1 + t) / (10 + t) over t all but nine factors cancel out.
        for (int i = 2; i <= 10 && start < end; i++) kept *= (double)(start + i) / (end + i);
        return kept;
    }
}

/// <summary>
/// An exponential moving average of an array's rows over the steps of training, where a step changes some rows only (Polyak and Juditsky 1992).
/// </summary>
/// <remarks>A row is brought up to date just before it changes: until then its weights were the same in every step, so one product of decays does for
/// all.</remarks>
internal sealed class WeightAverage(float[] weights, int rowLength, AveragingDecay decay)
{
    // Numbers of steps, which a float counts exactly up to 2^24, so that all state is arrays of floats.
    private readonly float[] _followed = new float[rowLength == 0 ? 0 : weights.Length / rowLength];
    private readonly float[] _average = [.. weights];

    /// <summary>The state, by name, where it lies.</summary>
    internal IEnumerable<(string Name, float[] Values)> State => [("average", _average), ("average_steps", _followed)];

    /// <summary>Takes into account that rows had their weights in all steps since they were last brought up to date.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="step">Number of steps so far.</param>
    internal void Follow(ReadOnlySpan<int> rows, int step)
    {
        foreach (int row in rows) Follow(row, step);
    }

    /// <summary>Brings all rows up to date.</summary>
    internal void FollowAll(int step)
    {
        for (int row = 0; row < _followed.Length; row++) Follow(row, step);
    }

    /// <summary>Exchanges the average and the weights, piece by piece.</summary>
    internal void Exchange()
    {
        Span<float> piece = stackalloc float[256];
        for (int start = 0; start < weights.Length; start += piece.Length)
        {
            int count = Math.Min(piece.Length, weights.Length - start);
            weights.AsSpan(start, count).CopyTo(piece);
            _average.AsSpan(start, count).CopyTo(weights.AsSpan(start));
            piece[..count].CopyTo(_average.AsSpan(start));
        }
    }

    private void Follow(int row, int step)
    {
        float kept = (float)decay.Kept((int)_followed[row], step);
        _followed[row] = step;
        var average = _average.AsSpan(row * rowLength, rowLength);
        TensorPrimitives.Lerp(weights.AsSpan(row * rowLength, rowLength), average, kept, average);
    }
}
