using System.Reflection;
using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>Many small fits, half of which end before their time, and what is left of them.</summary>
internal static class FitHunt
{
    /// <summary>As many fits are measured against the state after this share of them.</summary>
    private const int WarmUpShare = 5, CheckEvery = 10, References = 4;

    internal static Findings Run(Arguments arguments)
    {
        var findings = new Findings("fits");
        LibTorch.EnsureLoaded();
        string[] alone = [.. Enumerable.Range(0, References).Select(Reference)];
        MemoryFigures? before = null;
        long tensors = MemoryFigures.Tensors();
        for (int i = 0; i < arguments.Count; i++)
        {
            int seed = arguments.Seed + i;
            findings.Try($"fit {seed}", () => Fit.Of(seed).Problem());
            int reference = i / CheckEvery % References;
            if (i % CheckEvery == 0)
                findings.Try($"fit {reference} after fit {seed}", () => Reference(reference) == alone[reference] ? null : "It gives another model than alone.");
            if (i == arguments.Count / WarmUpShare) before = MemoryFigures.Take();
        }
        var after = MemoryFigures.Take();
        findings.Notes.Add($"At the end {after}, {MemoryFigures.Tensors()} tensors.");
        if (before is not null && after.GrownSince(before) is { } growth) findings.Add("memory", growth);
        if (MemoryFigures.Tensors() > tensors) findings.Add("tensors", $"{MemoryFigures.Tensors() - tensors} are left.");
        return findings;
    }

    private static string Reference(int number)
    {
        var context = new MLContext(1);
        return ModelFile.Fingerprint(context, RandomCase.Of(number).Fit(context));
    }
}

/// <summary>How a fit ends.</summary>
internal enum FitEnd
{
    ByItself, TokenCancelled, ContextCancelled, ViewBroken, ProgressBroken,
}

/// <summary>One fit and its end.</summary>
internal sealed class Fit(RandomCase tried, FitEnd end, int at)
{
    /// <summary>What AutoML calls: a member that ML.NET keeps to itself.</summary>
    private static readonly MethodInfo CancelExecution =
        typeof(MLContext).GetMethod(nameof(CancelExecution), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly MLContext _context = new(1);

    internal static Fit Of(int seed)
    {
        var random = new Random(seed);
        return new(RandomCase.Of(seed),
            random.Chance(0.5) ? FitEnd.ByItself : random.Of(FitEnd.TokenCancelled, FitEnd.ContextCancelled, FitEnd.ViewBroken, FitEnd.ProgressBroken),
            random.Next(2 * RandomCase.FewestSteps));
    }

    /// <summary>What went otherwise than it should; null if nothing.</summary>
    internal string? Problem()
    {
        using var source = new CancellationTokenSource();
        var settings = tried.Settings with { CancellationToken = source.Token };
        if (end is FitEnd.TokenCancelled or FitEnd.ContextCancelled) settings = settings with { Schedule = new StepHook(settings.Schedule, Cancel) };
        if (end == FitEnd.ProgressBroken) settings = settings with { Progress = new BrokenProgress() };
        var view = end == FitEnd.ViewBroken ? new MemoryView(tried.Training.Columns) { BrokenRow = 2 * at } : tried.Training;
        try
        {
            IndexTexts(view);
            var model = tried.Fit(_context, settings, view);
            if (end is FitEnd.ViewBroken or FitEnd.ProgressBroken) return $"It ended well though {end}.";
            return ScoreCheck.Problem(model.Transform(tried.Training));
        }
        catch (BrokenRowException) when (end is FitEnd.ViewBroken or FitEnd.ProgressBroken)
        {
            return null;
        }
        catch (OperationCanceledException) when (end is FitEnd.TokenCancelled or FitEnd.ContextCancelled)
        {
            return null;
        }

        void Cancel(int step)
        {
            if (step != at) return;
            if (end == FitEnd.TokenCancelled) source.Cancel();
            else CancelExecution.Invoke(_context, null);
        }
    }

    /// <summary>Vocabularies of the columns of text, by the steps of their own.</summary>
    private void IndexTexts(IDataView view)
    {
        foreach (var column in view.Schema.Where(column => column.Type is Microsoft.ML.Data.TextDataViewType))
        {
            _context.Transforms.Text.IndexTokens("Tokens", column.Name).Fit(view);
            _context.Transforms.Categorical.IndexCategories("Category", column.Name).Fit(view);
        }
    }

    private sealed class BrokenProgress : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => throw new BrokenRowException();
    }
}
