namespace MLNet.Embeddings;

/// <summary>Divides the columns of matrices among threads by whole cache lines: each thread writes its own, and results do not depend on the number of threads.</summary>
internal static class ColumnParts
{
    private const int LineFloats = 16;

    /// <summary>Numbers that are worth a thread to treat them.</summary>
    private const long NumbersPerThread = 32_768;

    /// <summary>Runs the body for ranges that cover 0 to width.</summary>
    /// <param name="threads">The most ranges.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="rows">Rows of each column that there are to treat.</param>
    /// <param name="body">Gets the first column of a range and their number.</param>
    public static void Run(int threads, int width, int rows, Action<int, int> body)
    {
        int lines = (width + LineFloats - 1) / LineFloats;
        Parts.Run(threads, lines, Parts.Least(lines, (long)rows * width, NumbersPerThread), (_, start, end) =>
            body(start * LineFloats, Math.Min(end * LineFloats, width) - start * LineFloats));
    }
}
