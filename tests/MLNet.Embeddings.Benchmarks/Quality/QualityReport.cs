using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Trains ours and ML.NET's own on the data sets and prints what the test files say of them.</summary>
internal static class QualityReport
{
    private const int QuickRows = 1_000;

    /// <returns>The program's exit code: 2 when there is no data, or no set of the wanted name.</returns>
    internal static int Print(Arguments arguments)
    {
        QualitySet[] sets = [.. QualitySet.All.Where(set => set.Title.Contains(arguments.Only, StringComparison.OrdinalIgnoreCase))];
        if (sets.Length == 0)
        {
            Console.Error.WriteLine($"No set's name holds '{arguments.Only}'. There are:\n{string.Join("\n", QualitySet.All.Select(set => set.Title))}");
            return 2;
        }
        if (arguments.DataFolder is not { } folder || !Directory.Exists(folder))
        {
            Console.Error.WriteLine("Give the folder of the data sets: --data FOLDER, or the variable MLNET_EMBEDDINGS_DATA.");
            return 2;
        }
        Console.WriteLine($"""
            {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, seed {arguments.Seed}. {(arguments.Validates
                ? "Judged by a fifth of the training files that was held out."
                : "Judged by the test files.")}{(arguments.Quick ? " A quick run: the figures mean little." : "")}

            | set, label | metric | ours | LightGBM | FeaturizeText + linear | reach | reached | fit, s |
            |---|---|--:|--:|--:|--:|---|--:|
            """);
        foreach (var set in sets) PrintSet(set, folder, arguments);
        return 0;
    }

    private static void PrintSet(QualitySet set, string folder, Arguments arguments)
    {
        var context = new MLContext(arguments.Seed);
        var (training, test) = set.Load(context, folder, arguments.Validates);
        if (arguments.Quick) training = context.Data.TakeRows(training, QuickRows);

        var ours = Measure(() => OurModels.Of(context, set, arguments));
        var lightGbm = set.HasTexts ? null : Measure(() => PeerModels.LightGbm(context, set));
        var linear = set.HasTexts ? Measure(() => PeerModels.Linear(context, set)) : null;
        foreach (var metric in set.Metrics)
        {
            double figure = ours.Figures[metric.Name];
            string reached = metric.Reach is null ? "" : metric.IsReached(figure) ? "yes" : "no";
            string seconds = string.Create(CultureInfo.InvariantCulture, $"{ours.Seconds:F1}, peer {(lightGbm ?? linear)!.Seconds:F1}");
            Console.WriteLine(
                $"| {set.Title} | {metric.Name} | {Text(figure)} | {Text(lightGbm?.Figures[metric.Name])} | {Text(linear?.Figures[metric.Name])} | " +
                $"{metric.Reach?.ToString(CultureInfo.InvariantCulture)} | {reached} | {seconds} |");
        }

        Fitted Measure(Func<IEstimator<ITransformer>> create)
        {
            long start = Stopwatch.GetTimestamp();
            var model = create().Fit(training);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return new(set.Task.Evaluate(context, model.Transform(test)), seconds);
        }
    }

    private static string Text(double? figure) => figure?.ToString("F4", CultureInfo.InvariantCulture) ?? "";

    private sealed record Fitted(IReadOnlyDictionary<string, double> Figures, double Seconds);
}
