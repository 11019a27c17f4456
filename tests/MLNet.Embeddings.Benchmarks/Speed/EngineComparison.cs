using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Fits of our kernels beside the torch engine on one thread, which begins with the same weights and learns the same batches.</summary>
internal static class EngineComparison
{
    private const double LossTolerance = 1e-3;

    /// <param name="name">What is trained.</param>
    /// <param name="rowCount">Rows of the view.</param>
    /// <param name="rounds">The rounds.</param>
    /// <param name="reach">How far the kernels are to be ahead of torch.</param>
    /// <param name="view">The rows.</param>
    /// <param name="create">Makes a trainer on a backend with a number of threads; null for all.</param>
    internal static IEnumerable<Comparison> Of(
        string name, int rowCount, AlternatingRounds rounds, Reach? reach, IDataView view, Func<TrainingBackend, int?, MultiEmbeddingTrainer> create)
    {
        TrainingHistory Fit(TrainingBackend backend, int? threads) => create(backend, threads).Fit(view).History;
        RequireEqual(name, Fit(TrainingBackend.Kernels, null), Fit(TrainingBackend.Torch, 1));
        return FitComparison.Of(name, rowCount, rounds, () => FitTime.Of(() => Fit(TrainingBackend.Kernels, null)),
            new FitPeer("the torch engine on one thread", () => FitTime.Of(() => Fit(TrainingBackend.Torch, 1)), reach),
            new FitPeer("ours on one thread", () => FitTime.Of(() => Fit(TrainingBackend.Kernels, 1)), Reach: null));
    }

    /// <summary>A comparison of two different trainings would say nothing.</summary>
    private static void RequireEqual(string name, TrainingHistory ours, TrainingHistory theirs)
    {
        double loss = ours.Epochs[0].TrainingLoss, theirLoss = theirs.Epochs[0].TrainingLoss;
        if (!(Math.Abs(loss - theirLoss) <= LossTolerance * theirLoss))
            throw new InvalidOperationException($"{name}: the training loss is {loss}, that of the torch engine {theirLoss}, so they do not learn the same.");
    }
}
