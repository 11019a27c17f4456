namespace MLNet.Embeddings;

/// <summary>Brings the numbers of a column to a scale that networks learn from, in training and in scoring. Immutable.</summary>
/// <param name="size">Numbers of a row.</param>
/// <param name="hasMissing">Whether a 0/1 indicator of what is missing stands behind them for each.</param>
internal abstract class NumberScale(int size, bool hasMissing)
{
    internal int Size => size;

    internal bool HasMissing => hasMissing;

    /// <summary>Values that a row becomes.</summary>
    internal int Width => hasMissing ? 2 * size : size;

    /// <summary>The arrays that the scale consists of.</summary>
    internal abstract IEnumerable<(string Part, float[] Values)> Arrays { get; }

    /// <summary>Number of knots of each number; empty if the scale has none.</summary>
    internal virtual int[] KnotCounts => [];

    /// <summary>Writes one row as the network takes it.</summary>
    internal void Apply(ReadOnlySpan<float> numbers, Span<float> result)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            result[i] = Scale(i, numbers[i]);
            if (hasMissing) result[size + i] = float.IsNaN(numbers[i]) ? 1 : 0;
        }
    }

    /// <summary>A number on the scale; NaN is missing.</summary>
    private protected abstract float Scale(int index, float number);
}
