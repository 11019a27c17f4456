using System.Runtime.ExceptionServices;

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
    /// <remarks>All ranges are run, even when one fails; then the exception of the first range that failed is thrown, as it is and with its own
    /// stack.</remarks>
    public static int Run(int threads, int count, int least, Action<int, int, int> body)
    {
        int parts = Math.Clamp(count / least, 1, threads > 0 ? threads : Environment.ProcessorCount);
        if (parts == 1)
            body(0, 0, count);
        else
            RunParallel(parts, count, body);
        return parts;
    }

    /// <summary>How many of a count of things are worth a thread.</summary>
    /// <param name="count">The things.</param>
    /// <param name="work">The work that they are together.</param>
    /// <param name="workPerThread">How much work is worth a thread.</param>
    public static int Least(int count, long work, long workPerThread) => (int)Math.Clamp(count * workPerThread / Math.Max(1, work), 1, Math.Max(1, count));

    // Apart, so that work for one thread allocates nothing.
    private static void RunParallel(int parts, int count, Action<int, int, int> body)
    {
        var failures = new ExceptionDispatchInfo?[parts];
        Parallel.For(0, parts, part =>
        {
            try
            {
                body(part, Start(part), Start(part + 1));
            }
            catch (Exception e)
            {
                failures[part] = ExceptionDispatchInfo.Capture(e);
            }
        });
        Array.Find(failures, failure => failure is not null)?.Throw();

        int Start(int part) => (int)((long)count * part / parts);
    }
}
