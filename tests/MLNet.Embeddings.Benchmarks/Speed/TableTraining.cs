using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Training of network B on a table, beside TorchSharp.</summary>
/// <param name="rowCount">Rows to train on.</param>
/// <param name="batchSize">Rows per step.</param>
/// <param name="cached">Whether ours reads the rows from a view that keeps its columns in memory; else from objects, property by property.</param>
/// <param name="reach">How far ours is to be ahead.</param>
internal sealed class TableTraining(int rowCount, int batchSize, bool cached, Reach reach) : IMeasurement
{
    public string Name => $"training of network B, batch {batchSize:N0}, rows from {(cached ? "a cached view" : "objects")}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var rows = TableRow.Generate(rowCount, seed: 1);
        var view = cached ? Cached(context, rows) : context.Data.LoadFromEnumerable(rows);
        float mean = rows.Average(row => row.Age);
        float deviation = float.Sqrt(rows.Average(row => (row.Age - mean) * (row.Age - mean)));

        return FitComparison.Of(Name, rowCount, rounds,
            () => FitTime.Of(() => NetworkB.Trainer(context, batchSize).Fit(view)),
            new FitPeer("TorchSharp", () => TorchTraining.Fit(() => new TorchTableNetwork(mean, deviation), rows, batchSize), reach));
    }

    /// <summary>A view whose columns lie in memory already.</summary>
    private static IDataView Cached(MLContext context, TableRow[] rows)
    {
        var view = context.Data.Cache(context.Data.LoadFromEnumerable(rows));
        using var cursor = view.GetRowCursor(view.Schema);
        while (cursor.MoveNext()) { }
        return view;
    }
}
