namespace MLNet.Embeddings;

/// <summary>A dense array of floats, row-major, with its extents: what a model file holds under a name.</summary>
internal sealed record WeightArray(int[] Extents, float[] Values)
{
    internal static WeightArray Vector(float[] values) => new([values.Length], values);

    internal static WeightArray Matrix(int rows, int columns, float[] values) => new([rows, columns], values);

    internal bool HasExtents(params ReadOnlySpan<int> extents) => extents.SequenceEqual(Extents);
}
