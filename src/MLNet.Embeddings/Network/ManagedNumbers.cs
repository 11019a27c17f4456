namespace MLNet.Embeddings;

/// <summary>A number column of a network without torch whose numbers pass as they are.</summary>
internal sealed class ManagedNumbers : IManagedColumn
{
    internal static IManagedColumn For(NumberShape shape, LearningSettings settings, ParameterLayout layout) => new ManagedNumbers();

    public void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride)
    {
        var (values, width) = (NumberBatch)batch;
        for (int row = start; row < end; row++) values.AsSpan(row * width, width).CopyTo(target[((row - start) * stride)..]);
    }

    public IEnumerable<(string Name, float[] Values)> Export() => [];
}
