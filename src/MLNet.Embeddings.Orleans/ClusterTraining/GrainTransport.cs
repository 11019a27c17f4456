using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Workers that are grains; where the silo of one is lost, another silo that has its shards takes its place.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="fit">Key of the fit.</param>
/// <param name="parts">The rows of each worker.</param>
internal sealed class GrainTransport(IGrainFactory grains, string fit, FitParts parts) : IWorkerTransport
{
    /// <summary>How long a silo is waited for that has the shards of a worker.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Assignment[] _assignments = [.. parts.Names.Select(_ => new Assignment())];

    public int Count => parts.Names.Length;

    public long RowsRead(int worker) => Volatile.Read(ref _assignments[worker].RowsRead);

    public async Task<MessageBuffer> AskAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
    {
        var assignment = _assignments[worker];
        int id = ++assignment.Calls;
        if (assignment.Silo is null) await AssignAsync(worker, cancellation).ConfigureAwait(false);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            FitAnswer answer;
            try
            {
                answer = await SendAsync(assignment, id, call, message).WaitAsync(cancellation).ConfigureAwait(false);
                if (answer.State == AnswerState.Done) return await ReceiveAsync(assignment, id, answer).WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (ClusterCalls.IsUnreachable(e))
            {
                // A silo that is slow to answer is asked again, until the cluster finds that it is lost.
                if (await Nodes.IsActiveAsync(grains, assignment.Silo!, cancellation).ConfigureAwait(false))
                {
                    await Task.Delay(Pause, cancellation).ConfigureAwait(false);
                    continue;
                }
                await AssignAsync(worker, cancellation).ConfigureAwait(false);
                throw new WorkerLostException("The silo of the worker is lost.", e);
            }
            Volatile.Write(ref assignment.RowsRead, answer.RowsRead);
            switch (answer.State)
            {
                case AnswerState.IsNew: await OpenAsync(worker, cancellation).ConfigureAwait(false); break;
                case AnswerState.Lost: throw new WorkerLostException();
                case AnswerState.Failed: throw answer.Fault!.Error();
            }
        }
    }

    /// <summary>Ends what all workers do, or frees all they have.</summary>
    /// <param name="call">Which.</param>
    internal async Task TellAllAsync(Func<IFitWorkerGrain, Task> call)
    {
        foreach (var grain in _assignments.Select(assignment => assignment.Grain).OfType<IFitWorkerGrain>().ToArray())
        {
            try
            {
                await call(grain).ConfigureAwait(false);
            }
            catch (Exception e) when (ClusterCalls.IsUnreachable(e))
            {
                // It is gone.
            }
        }
    }

    private static async Task<FitAnswer> SendAsync(Assignment assignment, int id, WorkerCall call, MessageBuffer message)
    {
        var grain = assignment.Grain!;
        if (message.Length <= FitAnswer.PieceBytes) return await grain.Ask(id, call, message).ConfigureAwait(false);
        if (assignment.Sent != id)
        {
            for (int offset = 0; offset < message.Length; offset += FitAnswer.PieceBytes)
            {
                using var piece = MessageBuffer.Of(message.Span.Slice(offset, Math.Min(FitAnswer.PieceBytes, message.Length - offset)));
                await grain.Put(id, offset, message.Length, piece).ConfigureAwait(false);
            }
            assignment.Sent = id;
        }
        return await grain.Ask(id, call, null).ConfigureAwait(false);
    }

    private static async Task<MessageBuffer> ReceiveAsync(Assignment assignment, int id, FitAnswer answer)
    {
        if (answer.Piece!.Length == answer.Length) return answer.Piece;
        byte[] all = new byte[answer.Length];
        answer.Piece.Span.CopyTo(all);
        answer.Piece.Dispose();
        for (int got = answer.Piece.Length; got < all.Length;)
        {
            if (await assignment.Grain!.Get(id, got).ConfigureAwait(false) is not { Piece: { } piece }) throw new WorkerLostException();
            piece.Span.CopyTo(all.AsSpan(got));
            got += piece.Length;
            piece.Dispose();
        }
        return MessageBuffer.Of(all);
    }

    /// <summary>Gives a worker that is new its rows; where its silo is lost meanwhile, the next call tells.</summary>
    private async Task OpenAsync(int worker, CancellationToken cancellation)
    {
        try
        {
            await _assignments[worker].Grain!.Open(parts.Shards, parts.Names[worker], worker).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (ClusterCalls.IsUnreachable(e))
        {
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Finds a silo for a worker: of those that have its shards, one with the fewest workers for its cores.</summary>
    private async Task AssignAsync(int worker, CancellationToken cancellation)
    {
        var assignment = _assignments[worker];
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var nodes = await Nodes.FindAsync(grains, parts.Shards, cancellation).ConfigureAwait(false);
            lock (_assignments)
            {
                var others = _assignments.Where(other => other != assignment && other.Silo is not null).CountBy(other => other.Silo!).ToDictionary();
                var best = nodes.Where(node => node.Silo != assignment.Silo && Array.TrueForAll(parts.Names[worker], node.Names.Contains))
                    .MinBy(node => (others.GetValueOrDefault(node.Silo) + 1.0) / node.Cores);
                if (best is not null)
                {
                    assignment.Silo = best.Silo;
                    assignment.Grain = grains.GetGrain<IFitWorkerGrain>(NodeKey.Of(best.Silo, $"{fit}/{worker}"));
                    return;
                }
            }
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new IOException(
                    $"No silo has all of the shards '{string.Join("', '", parts.Names[worker])}' any more; the one that had them is lost. Start it again, or " +
                    "put the files where another silo has them.");
            }
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The silo that has a worker.</summary>
    private sealed class Assignment
    {
        internal long RowsRead;

        internal SiloAddress? Silo { get; set; }

        internal IFitWorkerGrain? Grain { get; set; }

        // Not from 1: a coordinator that goes on for a lost one may meet its workers.
        internal int Calls { get; set; } = Random.Shared.Next(int.MaxValue / 2);

        internal int Sent { get; set; }
    }
}
