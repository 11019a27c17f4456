using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Does one job in this process, so that its memory can be measured.</summary>
internal static class PeakMemory
{
    private const int TrainingRows = 256, BatchSize = 32, ScoringRows = 128;

    /// <returns>The largest working set of this process, in bytes.</returns>
    internal static long Run(MemoryJob job, string? modelPath)
    {
        switch (job)
        {
            case MemoryJob.Training: Train(); break;
            case MemoryJob.TorchTraining: LibTorch.EnsureLoaded(); TrainTorch(); break;
            case MemoryJob.Scoring: Score(modelPath!); break;
            case MemoryJob.TorchScoring: LibTorch.EnsureLoaded(); ScoreTorch(); break;
            default: throw new UnreachableException($"{job}");
        }
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static void Train()
    {
        var context = new MLContext(1);
        NetworkA.Trainer(context, BatchSize).Fit(context.Data.LoadFromEnumerable(new ReviewGenerator(1).OfRealLengths(TrainingRows)));
    }

    private static void TrainTorch() => TorchTraining.Fit(
        () => new TorchReviewNetwork(NetworkA.TitleKeys, NetworkA.BodyKeys, fixedLength: true),
        new ReviewGenerator(1).OfRealLengths(TrainingRows),
        BatchSize);

    private static void Score(string modelPath)
    {
        var context = new MLContext(1);
        var model = context.Model.Load(modelPath, out _);
        using var engine = context.Model.CreatePredictionEngine<ReviewKeys, Prediction>(model);
        foreach (var row in new ReviewGenerator(1).OfRealLengths(ScoringRows)) engine.Predict(row);
    }

    private static void ScoreTorch()
    {
        using var network = new TorchReviewNetwork(NetworkA.TitleKeys, NetworkA.BodyKeys, fixedLength: false);
        network.eval();
        foreach (var row in new ReviewGenerator(1).OfRealLengths(ScoringRows)) network.Probabilities([row]);
    }
}
