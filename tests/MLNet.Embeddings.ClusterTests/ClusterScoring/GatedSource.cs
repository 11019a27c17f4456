using System.Collections.Concurrent;

namespace MLNet.Embeddings.Tests;

/// <summary>Orders in parts, on all silos; a silo that has a part open stops in its midst until it is let go.</summary>
internal sealed class GatedSource : IDisposable
{
    internal const string Name = "gated";

    internal const int RowsOfPart = 40;

    private readonly ConcurrentDictionary<int, ManualResetEventSlim> _gates = [];
    private readonly ConcurrentDictionary<string, string> _waiting = [];
    private readonly ConcurrentDictionary<EmbeddingsSiloOptions, int> _silos = [];
    private volatile bool _isOver;

    internal static Shards Shards => MLNet.Embeddings.Shards.Custom(Name);

    /// <summary>Parts that were begun, as often as they were.</summary>
    internal ConcurrentBag<string> Opened { get; } = [];

    /// <summary>Parts that do not stop.</summary>
    internal string[] Free { get; init; } = [];

    internal string[] Parts { get; init; } = ["a", "b", "c", "d", "e", "f", "g", "h"];

    /// <summary>Rows of a part.</summary>
    internal static OrderRow[] Rows(string part) => OrderRow.Make(RowsOfPart, seed: part[0]);

    /// <summary>Registers it on a silo.</summary>
    internal void AddTo(int silo, EmbeddingsSiloOptions options)
    {
        _silos[options] = silo;
        options.AddSource(Name, () => Parts, (context, part) => context.Data.LoadFromEnumerable(Read(silo, part)));
    }

    /// <summary>The number of a silo.</summary>
    internal int NumberOf(EmbeddingsSiloOptions options) => _silos[options];

    /// <summary>Lets a silo go.</summary>
    internal void Open(int silo) => Gate(silo).Set();

    /// <summary>Waits until silos stand in the midst of a part each; tells in which.</summary>
    internal async Task<string[]> StoppedAsync(int count)
    {
        for (int i = 0; _waiting.Count < count; i++)
        {
            Assert.IsLessThan(1500, i, "no silo came to a part");
            await Task.Delay(20);
        }
        return [.. _waiting.Keys.Order()];
    }

    public void Dispose()
    {
        _isOver = true;
        foreach (var gate in _gates.Values) gate.Set();
    }

    private ManualResetEventSlim Gate(int silo) => _gates.GetOrAdd(silo, _ => new ManualResetEventSlim());

    private IEnumerable<OrderRow> Read(int silo, string part)
    {
        Opened.Add(part);
        foreach (var (i, row) in Rows(part).Index())
        {
            if (i == RowsOfPart / 2 && !Free.Contains(part))
            {
                _waiting[$"{part} on {silo}"] = part;
                Gate(silo).Wait();
                _waiting.TryRemove($"{part} on {silo}", out _);
                // What a silo that is gone has begun is not to be ended by its threads, which are still here.
                if (_isOver) throw new OperationCanceledException();
            }
            yield return row;
        }
    }
}
