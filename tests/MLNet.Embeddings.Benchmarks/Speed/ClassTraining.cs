using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Steps of training network B with a label of many classes, beside the torch engine on one thread.</summary>
internal sealed class ClassTraining(int stepCount) : IMeasurement
{
    private const int BatchSize = 256;
    private const double MostMilliseconds = 20;

    public string Name => $"training of network B, {ClassRow.ClassCount:N0} classes, batch {BatchSize}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromEnumerable(ClassRow.Generate(stepCount * BatchSize, seed: 1));
        var rates = EngineComparison.Of(Name, BatchSize * stepCount, rounds, reach: null, view, (backend, threads) =>
            NetworkB.ClassTrainer(context, PlainOptions.OneEpoch(BatchSize) with { Backend = backend, NumberOfThreads = threads }));
        return rates.Select(row => row with
        {
            Unit = Unit.MillisecondsPerStep,
            Ours = MillisecondsPerStep(row.Ours),
            Theirs = MillisecondsPerStep(row.Theirs),
            Reach = Reach.AtMost(MostMilliseconds, Unit.MillisecondsPerStep),
        });
    }

    private static double MillisecondsPerStep(double rowsPerSecond) => 1e3 * BatchSize / rowsPerSecond;
}
