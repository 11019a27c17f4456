using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Does one job in this process, so that its time and memory can be measured.</summary>
internal static class JobRunner
{
    private const int TrainingRows = 256, BatchSize = 32, ScoringRows = 128;

    /// <summary>Does the job of the arguments.</summary>
    internal static JobFigures Run(Arguments arguments)
    {
        var job = arguments.Job!.Value;
        if (job == ProcessJob.SalesFit) return SalesFit.Run(arguments.Path!, arguments.BufferRows);
        bool trains = job is ProcessJob.Training or ProcessJob.TorchTraining;
        var rows = new ReviewGenerator(1).OfRealLengths(trains ? TrainingRows : ScoringRows);
        var first = job switch
        {
            ProcessJob.Training => Train(rows),
            ProcessJob.TorchTraining => TrainTorch(rows),
            ProcessJob.Scoring => Score(() => LoadedScorer<ReviewKeys, Prediction>(arguments.Path!), rows),
            ProcessJob.TorchScoring => Score(TorchScorer, rows),
            ProcessJob.PlainPipeline => Score(() => LoadedScorer<Review, WordKeys>(arguments.Path!), Array.ConvertAll(rows, row => row.AsText())),
            _ => throw new UnreachableException($"{job}"),
        };
        using var process = Process.GetCurrentProcess();
        return new JobFigures(first, process.PeakWorkingSet64);
    }

    /// <returns>How long it took to make ready and to score the first row.</returns>
    private static TimeSpan Score<TRow>(Func<Action<TRow>> create, TRow[] rows)
    {
        long start = Stopwatch.GetTimestamp();
        var score = create();
        score(rows[0]);
        var first = Stopwatch.GetElapsedTime(start);
        foreach (var row in rows) score(row);
        return first;
    }

    private static Action<TRow> LoadedScorer<TRow, TResult>(string modelPath) where TRow : class where TResult : class, new()
    {
        var context = new MLContext(1);
        var model = context.Model.Load(modelPath, out _);
        var engine = context.Model.CreatePredictionEngine<TRow, TResult>(model);
        return row => engine.Predict(row);
    }

    private static Action<ReviewKeys> TorchScorer()
    {
        LibTorch.EnsureLoaded();
        return CreateTorchScorer();
    }

    private static Action<ReviewKeys> CreateTorchScorer()
    {
        var scoring = new TorchScoring<ReviewKeys>(new TorchReviewNetwork(NetworkA.TitleKeys, NetworkA.BodyKeys, fixedLength: false));
        return row => scoring.Probabilities([row]);
    }

    private static TimeSpan Train(ReviewKeys[] rows)
    {
        var context = new MLContext(1);
        return FitTime.Of(() => NetworkA.Trainer(context, BatchSize).Fit(context.Data.LoadFromEnumerable(rows))).Whole;
    }

    private static TimeSpan TrainTorch(ReviewKeys[] rows)
    {
        LibTorch.EnsureLoaded();
        return TorchTraining.Fit(() => new TorchReviewNetwork(NetworkA.TitleKeys, NetworkA.BodyKeys, fixedLength: true), rows, BatchSize).Whole;
    }
}
