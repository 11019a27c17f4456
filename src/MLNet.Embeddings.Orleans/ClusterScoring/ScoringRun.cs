using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Orleans.Serialization;

namespace MLNet.Embeddings;

/// <summary>A run at work: hands shards out to silos until all are done.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="state">What is done; only the run changes it while it is at work.</param>
/// <param name="serializer">Tells whether shards are read as before.</param>
/// <param name="save">Keeps the state.</param>
internal sealed class ScoringRun(IGrainFactory grains, ScoringState state, Serializer serializer, Func<Task> save)
{
    /// <summary>How often it is looked at which silos there are.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>A shard that no silo has for so long is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>So many shards make a state that takes a while to keep.</summary>
    private const int ManyShards = 500;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> _rowsAtWork = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _rowsBefore, _rowsDone;
    private int _shardsDone;
    private long _saved;
    private bool _isChanged;
    private volatile bool _leaves;

    private ScoringRequest Request => state.Request;

    /// <summary>How far it is.</summary>
    internal ProgressMessage Progress
    {
        get
        {
            long done = Interlocked.Read(ref _rowsDone), rows = done + _rowsAtWork.Values.Sum();
            double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds, rate = seconds > 0 ? Math.Max(0, rows - _rowsBefore) / seconds : 0;
            double left = _shardsDone == 0 ? 0 : Math.Max(0, (double)done / _shardsDone * state.Names.Length - rows);
            TimeSpan? remaining = _shardsDone == 0 || rate == 0 ? null : TimeSpan.FromSeconds(Math.Min(left / rate, TimeSpan.MaxValue.TotalSeconds / 2));
            return new(state.Names.Length, _shardsDone, rows, rate, remaining);
        }
    }

    /// <summary>Lets silos go on with what they have in hand, when this ends: another coordinator asks for it.</summary>
    internal void Leave() => _leaves = true;

    /// <summary>Scores what is not done.</summary>
    /// <returns>Why not all could be; null where all is done.</returns>
    internal async Task<ClusterFault?> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var nodes = await FindAsync(Request.Shards, cancellation).ConfigureAwait(false);
            var shards = await Nodes.ResolveAsync(grains, nodes, Request.Shards, cancellation).ConfigureAwait(false);
            string[] names = NamesOf(nodes, shards);
            string reading = Convert.ToHexStringLower(SHA256.HashData(serializer.SerializeToArray(shards)));
            if (state.Reading != reading) (state.Done, state.InHand) = ([], []);
            (state.Reading, state.Names) = (reading, names);
            var sought = names.ToHashSet(StringComparer.Ordinal);
            state.Obsolete.AddRange(state.Done.Where(done => !sought.Contains(done.File.Shard)).Select(done => done.File.Path));
            state.Done.RemoveAll(done => !sought.Contains(done.File.Shard));
            await TidyAsync(nodes, names, isEnd: false, cancellation).ConfigureAwait(false);
            state.Obsolete.Clear();
            await save().ConfigureAwait(false);
            _rowsBefore = state.Done.Sum(done => done.File.Rows);
            Count();
            // More than once where files of scores are gone at the end that were there.
            while (names.Except(state.Done.Select(done => done.File.Shard)).Except(_faults.Keys).ToArray() is { Length: > 0 } left)
            {
                var queue = new ShardQueue(left, state.InHand);
                queue.Set(nodes);
                if (await ScoreAsync(queue, shards, cancellation).ConfigureAwait(false) is { } fault) return fault;
                nodes = await FindAsync(shards, cancellation).ConfigureAwait(false);
                await TidyAsync(nodes, names, isEnd: true, cancellation).ConfigureAwait(false);
                Count();
                state.Attempt++;
            }
            if (_faults.Count == 0) return null;
            var (shard, message) = _faults.OrderBy(one => one.Key, StringComparer.Ordinal).First();
            string others = _faults.Count == 1 ? "" : $" {_faults.Count - 1} more of {names.Length} shards have failed.";
            return new(FaultKind.Shard, message + others, shard);
        }
        catch (Exception e) when (e is ShardException or FileNotFoundException)
        {
            return ClusterFault.Of(e);
        }
    }

    /// <summary>The silos and what they have, but for scores that were written into the same folder.</summary>
    private async Task<Node[]> FindAsync(Shards shards, CancellationToken cancellation)
    {
        var nodes = await Nodes.FindAsync(grains, shards, cancellation).ConfigureAwait(false);
        bool IsScores(string name) => name.StartsWith(Request.Output + "/", StringComparison.Ordinal);
        return Array.ConvertAll(nodes, node => node with { Names = node.Names.Where(name => !IsScores(name)).ToHashSet(StringComparer.Ordinal) });
    }

    /// <summary>All that silos have, and what they had when the coordinator before this one looked.</summary>
    /// <exception cref="ShardException">The scores of two would go to one file.</exception>
    private string[] NamesOf(Node[] nodes, Shards shards)
    {
        string[] names = [.. Nodes.AllNames(nodes, shards).Union(state.Names, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.CountBy(PathOf).FirstOrDefault(path => path.Value > 1).Key is not { } twice) return names;
        string[] alike = [.. names.Where(name => PathOf(name) == twice)];
        throw new ShardException(alike[1], $"its scores would go to '{twice}', as those of '{alike[0]}' do. Give one of them another name.");
    }

    private string PathOf(string shard) => OutputPath.Of(Request.Output, shard, (TableFormat)Request.Format);

    private void Count() => (_rowsDone, _shardsDone) = (state.Done.Sum(done => done.File.Rows), state.Done.Count);

    /// <summary>Forgets what is not there any more, and deletes what is of an earlier run or, at the end, was written twice.</summary>
    private async Task TidyAsync(Node[] nodes, string[] names, bool isEnd, CancellationToken cancellation)
    {
        string[] paths = [.. names.Select(PathOf).Concat(state.Done.Select(done => done.File.Path)).Concat(state.Obsolete).Distinct()];
        foreach (var node in nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var grain = grains.GetGrain<IOutputGrain>(NodeKey.Of(node.Silo, OutputGrain.Name));
                var files = await grain.Look(paths).ConfigureAwait(false);
                var there = files.Paths.ToHashSet(StringComparer.Ordinal);
                state.Done.RemoveAll(done => done.Folder == files.Folder && !there.Contains(done.File.Path));
                var own = state.Done.Where(done => done.Folder == files.Folder).Select(done => done.File.Path).ToHashSet(StringComparer.Ordinal);
                // Until the end, a file may be one of which a silo has yet to tell.
                await grain.Delete([.. (isEnd ? there : there.Intersect(state.Obsolete)).Except(own)]).ConfigureAwait(false);
            }
            catch (Exception e) when (ClusterCalls.IsUnreachable(e))
            {
                // Gone meanwhile.
            }
        }
    }

    /// <summary>Hands shards to the silos that have them, as many at a time as these have cores.</summary>
    private async Task<ClusterFault?> ScoreAsync(ShardQueue queue, Shards shards, CancellationToken cancellation)
    {
        List<Task<(string Name, Node Node, ShardScore? Score)>> running = [];
        Task<Node[]>? look = null;
        long looked = Stopwatch.GetTimestamp(), atWork = looked;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            while (queue.Waiting.Count + running.Count > 0)
            {
                List<(Node Node, string Name)> next = [];
                while (queue.Next() is { } one) next.Add(one);
                foreach (var (node, name) in next) state.InHand[name] = node.Silo.ToParsableString();
                await SaveAsync(isNew: next.Count > 0).ConfigureAwait(false);
                running.AddRange(next.Select(one => ScoreOnAsync(one.Node, shards, one.Name, ending.Token)));
                if (running.Count > 0) atWork = Stopwatch.GetTimestamp();
                if (Stopwatch.GetElapsedTime(atWork) > Patience)
                {
                    foreach (string name in queue.Waiting) _faults[name] = $"no silo of the cluster has it any more, for {Patience.TotalMinutes} minutes.";
                    return null;
                }
                if (look is null && queue.Waiting.Count > 0 && (running.Count == 0 || Stopwatch.GetElapsedTime(looked) > LookInterval))
                    look = FindAsync(shards, cancellation);
                var pause = Task.Delay(running.Count > 0 ? LookInterval : LookInterval / 10, cancellation);
                await Task.WhenAny([.. running, .. look is null ? [pause] : new Task[] { pause, look }]).ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
                if (look is { IsCompleted: true })
                {
                    queue.Set(await look.ConfigureAwait(false));
                    (look, looked) = (null, Stopwatch.GetTimestamp());
                }
                foreach (var task in running.Where(task => task.IsCompleted).ToArray())
                {
                    running.Remove(task);
                    var (name, node, score) = await task.ConfigureAwait(false);
                    if (score is { IsOfModel: true }) return new(FaultKind.Operation, score.Fault!, null);
                    queue.Free(node);
                    state.InHand.Remove(name);
                    if (score is null) queue.PutBack(name, node);
                    else Take(name, node, score);
                }
            }
            return null;
        }
        finally
        {
            // Ends what is still at work on silos.
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Keeps the state; where it is large, not more often than once in a while.</summary>
    private async Task SaveAsync(bool isNew)
    {
        _isChanged |= isNew;
        if (!_isChanged || state.Names.Length > ManyShards && Stopwatch.GetElapsedTime(_saved) < SaveInterval) return;
        await save().ConfigureAwait(false);
        (_saved, _isChanged) = (Stopwatch.GetTimestamp(), false);
    }

    private void Take(string name, Node node, ShardScore score)
    {
        _rowsAtWork.TryRemove(name, out _);
        _isChanged = true;
        if (score.Fault is not null)
        {
            _faults[name] = score.Fault;
            return;
        }
        state.Done.Add(new(new(name, PathOf(name), score.Rows, node.Silo.ToString()), score.Folder!));
        Interlocked.Add(ref _rowsDone, score.Rows);
        Interlocked.Increment(ref _shardsDone);
    }

    /// <summary>Has a silo score a shard; no score where the silo is lost.</summary>
    private async Task<(string, Node, ShardScore?)> ScoreOnAsync(Node node, Shards shards, string name, CancellationToken cancellation)
    {
        var work = new ShardWork(Request.Model, shards, name, PathOf(name), Request.Format, Request.Kept);
        var grain = grains.GetGrain<IShardScoringGrain>(NodeKey.Of(node.Silo, $"{state.Run}/{state.Attempt}/{name}"));
        try
        {
            while (true)
            {
                var score = await grain.Score(work).WaitAsync(cancellation).ConfigureAwait(false);
                if (score.IsDone) return (name, node, score);
                _rowsAtWork[name] = score.Rows;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (!_leaves) await EndAsync(grain).ConfigureAwait(false);
            throw;
        }
        catch (Exception e) when (ClusterCalls.IsUnreachable(e))
        {
            // If it is at work after all, it ends by itself when nobody asks.
            _rowsAtWork.TryRemove(name, out _);
            return (name, node, null);
        }
    }

    private static async Task EndAsync(IShardScoringGrain grain)
    {
        try
        {
            await grain.Cancel().WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        }
        catch (Exception e) when (ClusterCalls.IsUnreachable(e))
        {
            // It ends by itself where nobody asks.
        }
    }
}
