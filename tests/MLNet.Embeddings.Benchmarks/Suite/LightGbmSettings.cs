using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Settings of LightGBM. Its options have no common type but a generic one of four parameters, so they are set dynamically.</summary>
internal static class LightGbmSettings
{
    private const int Threads = 2;

    /// <summary>ML.NET's defaults.</summary>
    internal static T Default<T>(T options, string label) where T : class
    {
        dynamic settings = options;
        settings.LabelColumnName = label;
        settings.FeatureColumnName = SuiteTask.Features;
        settings.NumberOfThreads = Threads;
        return options;
    }

    /// <summary>The tuned defaults for classes of RealMLP's authors (Holzmüller et al. 2024), to be stopped early.</summary>
    internal static T Strong<T>(T options, string label) where T : class
    {
        dynamic settings = Default(options, label);
        settings.NumberOfIterations = 1_000;
        settings.LearningRate = 0.04;
        settings.NumberOfLeaves = 50;
        settings.EarlyStoppingRound = 50;
        settings.Booster = new GradientBooster.Options { SubsampleFraction = 0.75, SubsampleFrequency = 1 };
        return options;
    }
}
