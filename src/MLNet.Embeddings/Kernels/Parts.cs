namespace MLNet.Embeddings;

/// <summary>Divides work among threads, always in the same way for the same numbers: results never depend on timing.</summary>
internal static class Parts
{
    /// <summary>Runs the body over [start, end) ranges that cover 0 to count, in parallel when each gets at least so many.</summary>
    /// <param name="threads">The most ranges; 0 for one a core.</param>
    /// <param name="count">What is divided.</param>
    /// <param name="least">How much is worth a thread.</param>
    /// <param name="body">Does the work from its first argument to before its second.</param>
    public static void Run(int threads, int count, int least, Action<int, int> body)
    {
        int parts = Math.Clamp(count / least, 1, threads > 0 ? threads : Environment.ProcessorCount);
        if (parts == 1)
            body(0, count);
        else
            Parallel.For(0, parts, part => body((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts)));
    }
}
