using System.Diagnostics;
using Cluster;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings.Tests;

namespace MLNet.Embeddings.Robustness;

/// <summary>Kills a process of a cluster at random moments of a fit, and another at random moments of a scoring.</summary>
internal static class ClusterHunt
{
    private const int Rows = 6_000, Shards = 12, Silos = 3;

    private static MultiEmbeddingOptions Options => OrderFiles.Options with { MaxEpochs = 8 };

    internal static async Task<Findings> RunAsync(Arguments arguments)
    {
        var findings = new Findings("fits and scorings with a kill in each");
        var random = new Random(arguments.Seed);
        var folder = Directory.CreateTempSubdirectory("robustness-");
        OrderFiles.Write(folder.FullName, OrderRow.Make(Rows, seed: 5), Shards);
        var (whole, fitTime, scoreTime) = await UndisturbedAsync(folder.FullName);
        var longest = fitTime;
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = $"cluster {arguments.Seed}, run {i + 1}";
            await using var silos = await LocalSilos.StartAsync(Silos, cores: 1, folder.FullName);
            MultiEmbeddingTransformer? model = null;
            var time = Stopwatch.StartNew();
            findings.Try($"{name}, training", () =>
            {
                model = KillIn(silos, random, fitTime, () => silos.Client.FitAsync(Options, OrderFiles.Shards, new() { Workers = Silos }));
                return OrderFiles.Bytes(model).SequenceEqual(whole) ? null : "The model is not that of an undisturbed cluster.";
            });
            if (time.Elapsed > longest) longest = time.Elapsed;
            if (model is null) continue;
            string output = $"scored/{i}";
            findings.Try($"{name}, scoring", () =>
            {
                var result = KillIn(silos, random, scoreTime, () => silos.Client.ScoreAsync(model, OrderFiles.Shards, output, null, CancellationToken.None));
                return Problem(folder.FullName, result, model);
            });
        }
        folder.Delete(recursive: true);
        findings.Notes.Add($"A fit takes {fitTime.TotalSeconds:F1} s undisturbed, and took {longest.TotalSeconds:F1} s at most.");
        return findings;
    }

    private static async Task<(byte[] Model, TimeSpan Fit, TimeSpan Score)> UndisturbedAsync(string folder)
    {
        await using var silos = await LocalSilos.StartAsync(Silos, cores: 1, folder);
        var time = Stopwatch.StartNew();
        var model = await silos.Client.FitAsync(Options, OrderFiles.Shards, new() { Workers = Silos });
        var fitTime = time.Elapsed;
        time.Restart();
        await silos.Client.ScoreAsync(model, OrderFiles.Shards, "scored/whole", null, CancellationToken.None);
        return (OrderFiles.Bytes(model), fitTime, time.Elapsed);
    }

    /// <summary>What comes of something in which a silo is killed.</summary>
    private static T KillIn<T>(LocalSilos silos, Random random, TimeSpan time, Func<Task<T>> begin)
    {
        var result = begin();
        if (!result.Wait(time * random.NextDouble())) silos.Kill(random);
        return result.GetAwaiter().GetResult();
    }

    /// <summary>Each shard has one file, whose scores are those that the model gives here, row by row.</summary>
    private static string? Problem(string folder, ScoringResult result, ITransformer model)
    {
        if (result.Rows != Rows) return $"{result.Rows} rows are said to be scored, of {Rows}.";
        string[] files = Directory.GetFiles(Path.GetDirectoryName(Path.Combine(folder, result.Files[0].Path))!);
        if (files.Length != Shards) return $"There are {files.Length} files of scores for {Shards} shards.";
        var context = new MLContext(1);
        foreach (var file in result.Files)
        {
            var rows = OrderFiles.Load(Path.Combine(folder, file.Shard));
            float[] expected = [.. model.Transform(rows).GetColumn<float>("Score")];
            float[] written = [.. context.Data.LoadTable(Path.Combine(folder, file.Path)).GetColumn<float>("Score")];
            if (!expected.SequenceEqual(written)) return $"The scores of {file.Shard} are others than the model's.";
        }
        return null;
    }
}
