using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A new process that loads network A and scores: the time to its first prediction and its largest working set.</summary>
internal sealed class ScoringProcess : IMeasurement
{
    private const double FixedMilliseconds = 100, MillisecondsPerMegabyte = 6, MegabytesPerMegabyte = 2.7;

    public string Name => "a process that loads and scores network A";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        string folder = Directory.CreateTempSubdirectory("mlnet-embeddings-").FullName;
        try
        {
            return Compare(rounds, Path.Combine(folder, "network.zip"), Path.Combine(folder, "plain.zip"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Comparison[] Compare(AlternatingRounds rounds, string modelPath, string plainPath)
    {
        var context = new MLContext(1);
        var network = RandomNetwork.Of(NetworkA.Shape);
        context.Model.SaveAtomically(RandomNetwork.Transformer(network), context.Data.LoadFromEnumerable<ReviewKeys>([]).Schema, modelPath);
        PlainPipeline.Save(context, plainPath);
        var figures = (rounds with { WarmUps = 0 }).Run( // a new process each time
            () => JobProcess.Run(ProcessJob.Scoring, "--model", modelPath),
            () => JobProcess.Run(ProcessJob.TorchScoring),
            () => JobProcess.Run(ProcessJob.PlainPipeline, "--model", plainPath));

        const string Torch = "TorchSharp, nothing read", Plain = "two of ML.NET's own transforms";
        double megabytes = network.Weights.Values.Sum(array => 4.0 * array.Values.Length) / 1e6;
        double[] times = Medians(figures, figure => figure.FirstResult.TotalMilliseconds);
        double[] memory = Medians(figures, figure => figure.PeakBytes / 1e6);
        string first = $"{Name}, load and first prediction", peak = $"{Name}, peak memory";
        return
        [
            new(first, Torch, Unit.Milliseconds, times[0], times[1], Reach.TimesBetter(1)),
            new(first, Plain, Unit.Milliseconds, times[0], times[2],
                Reach.AtMostMore(FixedMilliseconds + MillisecondsPerMegabyte * megabytes, Unit.Milliseconds)),
            new(peak, Torch, Unit.Megabytes, memory[0], memory[1], Reach.TimesBetter(1.4)),
            new(peak, Plain, Unit.Megabytes, memory[0], memory[2], Reach.AtMostMore(MegabytesPerMegabyte * megabytes, Unit.Megabytes)),
        ];
    }

    private static double[] Medians(JobFigures[][] figures, Func<JobFigures, double> part) =>
        Array.ConvertAll(figures, contestant => AlternatingRounds.Median(Array.ConvertAll(contestant, figure => part(figure))));
}
