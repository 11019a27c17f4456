using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Fits to ten times the rows beside fits to one time the rows: how time and the memory of the data grow.</summary>
/// <param name="network">Name of the network.</param>
/// <param name="batchSize">Rows per step.</param>
/// <param name="createTrainer">Makes the network's trainer.</param>
/// <param name="createRows">Makes rows, for time.</param>
/// <param name="timedCount">How many of them the smaller fit learns from.</param>
/// <param name="createLikeRows">Makes rows, for memory: every batch of them needs the same memory to learn from.</param>
/// <param name="heldCount">How many of them the smaller fit learns from.</param>
/// <param name="bytesOf">Bytes of a row's own data.</param>
internal sealed class RowGrowth<TRow>(
    string network, int batchSize, Func<MLContext, MultiEmbeddingOptions, MultiEmbeddingTrainer> createTrainer,
    Func<int, TRow[]> createRows, int timedCount, Func<int, TRow[]> createLikeRows, int heldCount, Func<TRow, int> bytesOf)
    : IMeasurement where TRow : class
{
    private const int Growth = 10;

    private readonly MLContext _context = new(1);

    public string Name => $"fit of ten times the rows, network {network}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        yield return CompareTime(rounds);
        foreach (var row in CompareMemory()) yield return row;
    }

    private Comparison CompareTime(AlternatingRounds rounds)
    {
        var rows = createRows(Growth * timedCount);
        var more = _context.Data.LoadFromEnumerable(rows);
        var fewer = _context.Data.LoadFromEnumerable(rows.Take(timedCount));
        double[] medians = rounds.Medians(() => Seconds(more), () => Seconds(fewer));
        return new($"{Name}, time, {rows.Length:N0} rows", $"{timedCount:N0} rows", Unit.Seconds, medians[0], medians[1], Reach.AtMostTimes(10.5));
    }

    private double Seconds(IDataView view) =>
        FitTime.Of(() => createTrainer(_context, PlainOptions.OneEpoch(batchSize)).Fit(view)).Whole.TotalSeconds;

    /// <summary>Memory is counted by the garbage collector and does not depend on what else the machine does: one round is enough.</summary>
    private Comparison[] CompareMemory()
    {
        var rows = createLikeRows(Growth * heldCount);
        long network = HeldBytes(rows[..batchSize]), more = HeldBytes(rows) - network, fewer = HeldBytes(rows[..heldCount]) - network;
        string measure = $"{Name}, memory of the data";
        double own = rows.Average(row => (double)bytesOf(row));
        return
        [
            new($"{measure}, {rows.Length:N0} rows", $"{heldCount:N0} rows", Unit.Megabytes, more / 1e6, fewer / 1e6, Reach.AtMostTimes(11)),
            new(measure, "keys, numbers and labels of 4 bytes", Unit.BytesPerRow, (double)more / rows.Length, own),
        ];
    }

    /// <summary>The managed memory that a fit holds after its first step, beyond what was held before it; the fit ends there.</summary>
    private long HeldBytes(TRow[] rows)
    {
        var view = _context.Data.LoadFromEnumerable(rows);
        using var end = new CancellationTokenSource();
        long before = GC.GetTotalMemory(forceFullCollection: true), held = 0;
        var progress = new FirstReport(() =>
        {
            held = GC.GetTotalMemory(forceFullCollection: true) - before;
            end.Cancel();
        });
        try
        {
            createTrainer(_context, PlainOptions.OneEpoch(batchSize) with { Progress = progress, CancellationToken = end.Token }).Fit(view);
        }
        catch (OperationCanceledException)
        {
        }
        return held;
    }

    /// <summary>Acts on the first report of a network.</summary>
    private sealed class FirstReport(Action act) : IProgress<TrainingProgress>
    {
        private bool _acted;

        public void Report(TrainingProgress value)
        {
            if (_acted || value.Phase != TrainingPhase.Training) return;
            _acted = true;
            act();
        }
    }
}
