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
