using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>The workers of a fit, as the one sees them that puts together what they find and learn. Used by one thread.</summary>
/// <param name="transport">Carries the messages.</param>
/// <param name="rounds">How training is divided.</param>
/// <param name="log">Told of workers that were lost or slow.</param>
internal sealed class ShardWorkers(IWorkerTransport transport, RoundOptions rounds, FitLog log)
{
    private static readonly TimeSpan LeastLimit = TimeSpan.FromSeconds(10);

    /// <summary>As long as forever.</summary>
    private const double MostSeconds = 1e6;

    /// <summary>How often a call is made again when the worker is lost each time.</summary>
    private const int MostLosses = 20;

    // What makes a new worker the one that was lost.
    private readonly MessageBuffer?[] _measure = new MessageBuffer[transport.Count], _begin = new MessageBuffer[transport.Count];

    // Of a worker that was too slow, what it still does.
    private readonly Task<MessageBuffer>?[] _late = new Task<MessageBuffer>[transport.Count];

    /// <summary>Number of workers.</summary>
    internal int Count => transport.Count;

    /// <summary>How often a worker was lost.</summary>
    internal int Losses { get; private set; }

    /// <summary>How often what a worker learned in a round was dropped, since it took too long.</summary>
    internal int Dropped { get; private set; }

    /// <summary>Asks all workers the same, and waits for all; a worker that is lost is replaced.</summary>
    /// <param name="call">What for.</param>
    /// <param name="message">What to send.</param>
    /// <param name="pass">Counts the rows that they read.</param>
    /// <param name="cancellation">Ends it.</param>
    internal byte[][] AskAll(WorkerCall call, byte[] message, RowPass? pass, CancellationToken cancellation)
    {
        var buffer = MessageBuffer.Of(message);
        var answers = Enumerable.Range(0, Count).Select(worker => SureAsync(worker, call, buffer, cancellation)).ToArray();
        var all = Task.WhenAll(answers);
        while (Task.WaitAny([all], TimeSpan.FromMilliseconds(100)) < 0) pass?.Reach(Enumerable.Range(0, Count).Sum(transport.RowsRead));
        return Array.ConvertAll(all.GetAwaiter().GetResult(), answer =>
        {
            using (answer) return answer.Span.ToArray();
        });
    }

    /// <summary>Asks some workers for a round's part.</summary>
    /// <param name="call"><see cref="WorkerCall.Locate"/> or <see cref="WorkerCall.Train"/>.</param>
    /// <param name="messages">What to send to each, which is sent before the next one is asked for; null for one that is not asked.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What each has answered; null where it was not asked, was lost, or took too long: it has to locate its batches anew.</returns>
    internal MessageBuffer?[] AskRound(WorkerCall call, IEnumerable<MessageBuffer?> messages, CancellationToken cancellation)
    {
        var answers = messages
            .Select((message, worker) => message is null || IsLate(worker) ? null : RoundAsync(worker, call, message, cancellation)).ToArray();
        WaitForMost([.. answers.OfType<Task<MessageBuffer?>>()], cancellation);
        MessageBuffer?[] results = new MessageBuffer[answers.Length];
        for (int worker = 0; worker < answers.Length; worker++)
        {
            if (answers[worker] is not { } answer) continue;
            if (answer.IsCompleted) results[worker] = answer.GetAwaiter().GetResult();
            else
            {
                Dropped++;
                _late[worker] = answer!;
            }
        }
        return results;
    }

    /// <summary>Whether a worker still does what it was asked for in an earlier round.</summary>
    internal bool IsLate(int worker)
    {
        if (_late[worker] is not { } late) return false;
        if (!late.IsCompleted) return true;
        // What it has learned meanwhile is dropped; what went wrong is not.
        late.GetAwaiter().GetResult()?.Dispose();
        _late[worker] = null;
        return false;
    }

    /// <summary>Waits until all have answered, or the rest has taken too long beside the middle one.</summary>
    private void WaitForMost(Task<MessageBuffer?>[] answers, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        int middle = (answers.Length + 1) / 2;
        TimeSpan? limit = null;
        var left = answers.Where(answer => !answer.IsCompleted).ToList();
        while (left.Count > 0)
        {
            int done = answers.Length - left.Count;
            if (limit is null && done >= middle)
            {
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds * rounds.SlowestFactor;
                limit = TimeSpan.FromSeconds(Math.Clamp(seconds, LeastLimit.TotalSeconds, MostSeconds));
            }
            var rest = limit is { } known ? known - Stopwatch.GetElapsedTime(start) : Timeout.InfiniteTimeSpan;
            if (limit is not null && rest <= TimeSpan.Zero) return;
            Task.WaitAny([.. left], (int)Math.Min(int.MaxValue - 1, rest.TotalMilliseconds), cancellation);
            left.RemoveAll(answer => answer.IsCompleted);
        }
    }

    private async Task<MessageBuffer?> RoundAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
    {
        try
        {
            return await transport.AskAsync(worker, call, message, cancellation).ConfigureAwait(false);
        }
        catch (WorkerLostException)
        {
            await ReplaceAsync(worker, cancellation).ConfigureAwait(false);
            return null;
        }
    }

    private async Task<MessageBuffer> SureAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
    {
        if (call == WorkerCall.Measure) _measure[worker] = message;
        if (call == WorkerCall.Begin) _begin[worker] = message;
        for (int losses = 0; ; losses++)
        {
            try
            {
                return await transport.AskAsync(worker, call, message, cancellation).ConfigureAwait(false);
            }
            catch (WorkerLostException) when (losses < MostLosses)
            {
                if (call is WorkerCall.Judge) await ReplaceAsync(worker, cancellation).ConfigureAwait(false);
                else if (call is WorkerCall.Begin) await RepeatAsync(worker, WorkerCall.Measure, _measure[worker]!, cancellation).ConfigureAwait(false);
                else Note(worker);
            }
        }
    }

    /// <summary>Gives a worker what another one had that was lost.</summary>
    private async Task ReplaceAsync(int worker, CancellationToken cancellation)
    {
        Note(worker);
        for (int losses = 0; ; losses++)
        {
            try
            {
                await RepeatAsync(worker, WorkerCall.Measure, _measure[worker]!, cancellation).ConfigureAwait(false);
                await RepeatAsync(worker, WorkerCall.Begin, _begin[worker]!, cancellation).ConfigureAwait(false);
                return;
            }
            catch (WorkerLostException) when (losses < MostLosses)
            {
                Note(worker);
            }
        }
    }

    /// <summary>Asks again for what another worker has answered.</summary>
    private async Task RepeatAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
    {
        using var answer = await transport.AskAsync(worker, call, message, cancellation).ConfigureAwait(false);
    }

    private void Note(int worker)
    {
        lock (_measure) Losses++;
        log.Info($"Worker {worker + 1} of {Count} was lost; another one takes its rows.");
    }
}
