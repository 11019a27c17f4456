using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Training of network B with something more in its head, beside the torch engine on one thread.</summary>
/// <param name="what">What the head has.</param>
/// <param name="rowCount">Rows to train on.</param>
/// <param name="change">Adds it to the settings.</param>
internal sealed class HeadTraining(string what, int rowCount, Func<MultiEmbeddingOptions, MultiEmbeddingOptions> change) : IMeasurement
{
    private const int BatchSize = 256;

    public string Name => $"training of network B with {what}, batch {BatchSize}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromEnumerable(TableRow.Generate(rowCount, seed: 1));
        return EngineComparison.Of(Name, rowCount, rounds, Reach.TimesBetter(3), view, (backend, threads) =>
            NetworkB.Trainer(context, change(PlainOptions.OneEpoch(BatchSize)) with { Backend = backend, NumberOfThreads = threads }));
    }
}
