namespace MLNet.Embeddings;

/// <summary>A number column of a network without torch: writes the numbers on their scale, and behind them the indicators of what is missing.</summary>
internal sealed class ManagedNumbers : IManagedColumn
{
    /// <summary>Makes the column that fits the encoder.</summary>
    /// <param name="shape">The column.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="layout">Gives out the places of its parameters.</param>
    internal static IManagedColumn For(NumberShape shape, LearningSettings settings, ParameterLayout layout) => shape.Encoder switch
    {
        PiecewiseLinearEncoder encoder => new ManagedPiecewiseLinear(shape, encoder, settings, layout),
        PeriodicEncoder encoder => new ManagedPeriodic(shape, encoder, settings, layout),
        _ => new ManagedNumbers(),
    };

    public void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride)
    {
        var (values, width) = (NumberBatch)batch;
        for (int row = start; row < end; row++) values.AsSpan(row * width, width).CopyTo(target[((row - start) * stride)..]);
    }

    public IEnumerable<LearnedArray> Arrays() => [];
}
