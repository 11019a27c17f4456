namespace MLNet.Embeddings;

/// <summary>Divides work among threads, always in the same way for the same numbers: results never depend on timing.</summary>
internal static class Parts
{
    /// <summary>Runs the body for ranges that cover 0 to count, in parallel when each is large enough to be worth it.</summary>
    /// <param name="threads">The most ranges; 0 for one a core.</param>
    /// <param name="count">What is divided.</param>
    /// <param name="least">How much is worth a thread.</param>
    /// <param name="body">Gets the range's number, its start, and its end, which is not part of it.</param>
    /// <returns>How many ranges there were.</returns>
    public static int Run(int threads, int count, int least, Action<int, int, int> body)
    {
        int parts = Math.Clamp(count / least, 1, threads > 0 ? threads : Environment.ProcessorCount);
        if (parts == 1)
            body(0, 0, count);
        else
            Parallel.For(0, parts, part => body(part, Start(part), Start(part + 1)));
        return parts;

        int Start(int part) => (int)((long)count * part / parts);
    }
}
