using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>Random networks, and what has to be the same of each.</summary>
internal static class RandomHunt
{
    internal static Findings Run(Arguments arguments)
    {
        var findings = new Findings("networks");
        Parallel.For(arguments.Seed, arguments.Seed + arguments.Count, seed =>
        {
            findings.Try($"{seed}", () => string.Join(' ', new CaseHunt(RandomCase.Of(seed), seed).Problems()) is { Length: > 0 } problems ? problems : null);
        });
        return findings;
    }
}

/// <summary>One random network.</summary>
internal sealed class CaseHunt(RandomCase tried, int seed)
{
    private readonly MLContext _context = new(1);

    internal IEnumerable<string> Problems()
    {
        var model = Fit(null, _ => { });
        string fingerprint = ModelFile.Fingerprint(_context, model), scores = ScoreCheck.Bits(model.Transform(tried.Training));
        if (ScoreCheck.Problem(model.Transform(tried.Training)) is { } problem) yield return problem;
        if (ModelFile.Fingerprint(_context, Fit(null, _ => { })) != fingerprint) yield return "A second fit gives another model.";
        if (ScoreCheck.Bits(ModelFile.Load(_context, ModelFile.Save(_context, model)).Transform(tried.Training)) != scores)
            yield return "The loaded model scores otherwise.";
        if (ModelFile.Fingerprint(_context, ResumedTwice()) != fingerprint) yield return "A resumed training gives another model.";
        foreach (string difference in HistoryCheck.Problems(_context, tried, model)) yield return difference;
        if (EngineProblem() is { } other) yield return other;
    }

    /// <summary>A fit that failed twice, at steps of its own, and went on from its checkpoint each time.</summary>
    private ITransformer ResumedTwice()
    {
        var random = new Random(seed);
        string folder = Directory.CreateTempSubdirectory("robustness-").FullName;
        try
        {
            var checkpoints = new CheckpointOptions(folder) { EveryEpochs = random.Of<int?>(null, 1), Interval = TimeSpan.FromTicks(1) };
            for (int i = 0; i < 2; i++)
            {
                int last = random.Next(RandomCase.FewestSteps);
                try
                {
                    Fit(checkpoints, step =>
                    {
                        if (step == last) throw new BrokenRowException();
                    });
                }
                catch (BrokenRowException)
                {
                }
            }
            return Fit(checkpoints, _ => { });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ITransformer Fit(CheckpointOptions? checkpoints, Action<int> atStep) => tried.Fit(
        _context, tried.Settings with { Checkpoints = checkpoints, Schedule = new StepHook(tried.Settings.Schedule, atStep) }, tried.Training);

    /// <summary>Both engines begin with the same weights: the loss of a first step over all rows is the same, where nothing is dropped.</summary>
    private string? EngineProblem()
    {
        double FirstLoss(TrainingBackend backend)
        {
            var settings = tried.WithoutDropout() with { Backend = backend, BatchSize = 1000, MaxEpochs = 1, ShuffleBufferRows = null };
            return tried.HistoryOf(tried.Fit(_context, settings, tried.Training)).Epochs[0].TrainingLoss;
        }
        double kernels = FirstLoss(TrainingBackend.Kernels), torch = FirstLoss(TrainingBackend.Torch);
        return HistoryCheck.Differ(kernels, torch, 1e-4) ? $"The loss of the first step is {kernels} by the kernels and {torch} by torch." : null;
    }
}
