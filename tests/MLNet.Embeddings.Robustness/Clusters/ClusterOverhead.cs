using System.Diagnostics;
using System.Globalization;
using Cluster;
using Microsoft.ML;
using MLNet.Embeddings.Tests;
using ReviewRecommendation;

namespace MLNet.Embeddings.Robustness;

/// <summary>How long two silos of one core each take for a fit, beside one process of two cores.</summary>
internal static class ClusterOverhead
{
    private const int Silos = 2, Orders = 40_000, Reviews = 12_000, Epochs = 4;

    internal static async Task<int> PrintAsync(Arguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("robustness-");
        OrderFiles.Write(folder.FullName, OrderRow.Make(Orders, seed: 5), shards: 4);
        var context = new MLContext(seed: 1);
        ReviewShards.Write(context, context.Data.LoadFromEnumerable(GeneratedReviews.All().Take(Reviews)), Path.Combine(folder.FullName, "reviews"));
        await using var silos = await LocalSilos.StartAsync(Silos, cores: 1, folder.FullName);
        Console.WriteLine($"Seconds of a fit of {Epochs} epochs, medians of {arguments.Count}; of the epochs alone in brackets");
        Console.WriteLine();
        Console.WriteLine(
            "| rows | steps a round | two silos of one core | two workers in one process | one process of two cores | silos, times that | epochs alone |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        var orders = OrderFiles.Options with { BatchSize = null, Members = 1, Wide = false };
        Measure($"{Orders:N0} orders, a note and three more columns", orders, "orders", OrderFiles.Shards, OrderFiles.Load);
        var reviews = Shards.Files("reviews/*.csv", ReviewShards.Loader(context));
        var pooled = ReviewOptions(InputColumn.Text(nameof(Review.Title)), InputColumn.Text(nameof(Review.Body)));
        Measure($"{Reviews:N0} reviews, pooled words", pooled, "reviews", reviews, LoadReviews);
        var recurrent = ReviewOptions(
            InputColumn.Text(nameof(Review.Title), SequenceEncoder.Gru(64)), InputColumn.Text(nameof(Review.Body), SequenceEncoder.Gru(128)));
        Measure($"{Reviews:N0} reviews, GRUs", recurrent, "reviews", reviews, LoadReviews);
        folder.Delete(recursive: true);
        return 0;

        IDataView LoadReviews(string[] paths) => ReviewShards.Loader(context).Load(paths);

        void Measure(string name, MultiEmbeddingOptions given, string files, Shards shards, Func<string[], IDataView> load)
        {
            foreach (int steps in new[] { 1, 8 })
            {
                var options = given with { MaxEpochs = Epochs, Patience = Epochs };
                string[] paths = [.. Directory.GetFiles(Path.Combine(folder.FullName, files)).Order(StringComparer.Ordinal)];
                var rounds = new RoundOptions { StepsPerRound = steps };
                var here = options with { NumberOfThreads = 2 };
                List<(double Whole, double Epochs)>[] times = [[], [], []];
                for (int i = 0; i <= arguments.Count; i++)
                {
                    (double, double)[] found =
                    [
                        Time(() => silos.Client.FitAsync(options, shards, rounds).GetAwaiter().GetResult()),
                        Time(() =>
                        {
                            using var transport = new LocalTransport(context, [load(paths[..(paths.Length / 2)]), load(paths[(paths.Length / 2)..])]);
                            return new ShardedFit(context, options, rounds, transport).Run();
                        }),
                        Time(() => context.BinaryClassification.Trainers.MultiEmbedding(here).Fit(load(paths))),
                    ];
                    if (i == 0) continue; // all is compiled by then
                    foreach (var (all, time) in times.Zip(found)) all.Add(time);
                }
                var (silo, local, one) = (Median(times[0]), Median(times[1]), Median(times[2]));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {steps} | {silo.Whole:F1} ({silo.Epochs:F1}) | {local.Whole:F1} ({local.Epochs:F1}) | {one.Whole:F1} ({one.Epochs:F1}) | " +
                    $"{silo.Whole / one.Whole:F2} | {silo.Epochs / one.Epochs:F2} |"));
            }
        }
    }

    private static MultiEmbeddingOptions ReviewOptions(TextColumn title, TextColumn body) => new()
    {
        Labels = [LabelColumn.Binary(nameof(Review.Recommended))],
        Columns = [title, body, InputColumn.Category(nameof(Review.Department)), InputColumn.Number(nameof(Review.Age))],
        Members = 1,
        Wide = false,
        Seed = 1,
    };

    private static (double Whole, double Epochs) Median(List<(double Whole, double Epochs)> times) =>
        (times.Select(time => time.Whole).Order().ElementAt(times.Count / 2), times.Select(time => time.Epochs).Order().ElementAt(times.Count / 2));

    private static (double Whole, double Epochs) Time(Func<MultiEmbeddingTransformer> fit)
    {
        var time = Stopwatch.StartNew();
        var history = fit().History;
        return (time.Elapsed.TotalSeconds, history.Epochs.Sum(epoch => epoch.Duration.TotalSeconds));
    }
}
