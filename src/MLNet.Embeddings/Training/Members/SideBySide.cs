using System.Runtime.ExceptionServices;

namespace MLNet.Embeddings;

/// <summary>Runs jobs that have nothing to do with each other, several at a time.</summary>
internal static class SideBySide
{
    /// <summary>Runs all jobs, the first ones first, and no further one once one has failed; then throws what the first that failed threw.</summary>
    /// <param name="threads">The most jobs at a time.</param>
    /// <param name="jobs">The jobs.</param>
    internal static void Run(int threads, IReadOnlyList<Action> jobs)
    {
        var failures = new ExceptionDispatchInfo?[jobs.Count];
        int next = -1;
        bool hasFailed = false;
        void Work()
        {
            for (int i = Interlocked.Increment(ref next); i < jobs.Count && !Volatile.Read(ref hasFailed); i = Interlocked.Increment(ref next))
            {
                try
                {
                    jobs[i]();
                }
                catch (Exception e)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(e);
                    Volatile.Write(ref hasFailed, true);
                }
            }
        }
        Thread[] workers = [.. Enumerable.Range(1, Math.Clamp(threads, 1, jobs.Count) - 1).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (var worker in workers) worker.Start();
        Work();
        foreach (var worker in workers) worker.Join();
        Array.Find(failures, failure => failure is not null)?.Throw();
    }
}
