using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Training of network B on a table, beside TorchSharp.</summary>
internal sealed class TableTraining(int rowCount, int batchSize, Reach reach) : IMeasurement
{
    public string Name => $"training of network B, batch {batchSize:N0}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var rows = TableRow.Generate(rowCount, seed: 1);
        var view = context.Data.LoadFromEnumerable(rows);
        float mean = rows.Average(row => row.Age);
        float deviation = float.Sqrt(rows.Average(row => (row.Age - mean) * (row.Age - mean)));

        return FitComparison.Of(Name, rowCount, rounds,
            () => FitTime.Of(() => NetworkB.Trainer(context, batchSize).Fit(view)),
            new FitPeer("TorchSharp", () => TorchTraining.Fit(() => new TorchTableNetwork(mean, deviation), rows, batchSize), reach));
    }
}
