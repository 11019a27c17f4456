using System.Diagnostics;
using System.Globalization;
using Cluster;
using Microsoft.ML;
using MLNet.Embeddings.Tests;

namespace MLNet.Embeddings.Robustness;

/// <summary>How long two silos of one core each take for a fit, beside one process of two cores.</summary>
internal static class ClusterOverhead
{
    private const int Rows = 40_000, Silos = 2;

    internal static async Task<int> PrintAsync(Arguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("robustness-");
        OrderFiles.Write(folder.FullName, OrderRow.Make(Rows, seed: 5), shards: 4);
        var options = OrderFiles.Options with { BatchSize = null, MaxEpochs = 5, Patience = 5, Members = 1, Wide = false };
        var rows = OrderFiles.Load(Directory.GetFiles(Path.Combine(folder.FullName, "orders")));
        Console.WriteLine($"Seconds of a fit of {Rows:N0} rows, {options.MaxEpochs} epochs");
        Console.WriteLine();
        Console.WriteLine("| fit | two silos of one core | one process of two cores | times | of its epochs alone |");
        Console.WriteLine("|--:|--:|--:|--:|--:|");
        List<double> ratios = [], epochs = [];
        await using var silos = await LocalSilos.StartAsync(Silos, cores: 1, folder.FullName);
        for (int i = 0; i <= arguments.Count; i++)
        {
            var (there, thereEpochs) = Time(() => silos.Client.FitAsync(options, OrderFiles.Shards).GetAwaiter().GetResult());
            var (here, hereEpochs) = Time(() => new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(options with { NumberOfThreads = 2 }).Fit(rows));
            if (i == 0) continue; // all is compiled by then
            ratios.Add(there / here);
            epochs.Add(thereEpochs / hereEpochs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {i} | {there:F1} ({thereEpochs:F1} in epochs) | {here:F1} ({hereEpochs:F1}) | {ratios[^1]:F2} | {epochs[^1]:F2} |"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| median | | | {Median(ratios):F2} | {Median(epochs):F2} |"));
        folder.Delete(recursive: true);
        return 0;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static (double Whole, double Epochs) Time(Func<MultiEmbeddingTransformer> fit)
    {
        var time = Stopwatch.StartNew();
        var history = fit().History;
        return (time.Elapsed.TotalSeconds, history.Epochs.Sum(epoch => epoch.Duration.TotalSeconds));
    }
}
