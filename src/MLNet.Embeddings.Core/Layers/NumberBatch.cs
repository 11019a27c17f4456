namespace MLNet.Embeddings;

/// <summary>Numbers of a batch as the network takes them: on their scale, gaps filled, indicators behind the numbers.</summary>
/// <param name="Values">Rows × width, row-major.</param>
/// <param name="Width">Values per row.</param>
internal sealed record NumberBatch(float[] Values, int Width) : ColumnBatch
{
    internal ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Width, Width);
}
