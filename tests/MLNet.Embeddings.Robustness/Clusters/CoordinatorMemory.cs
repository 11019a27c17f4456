using System.Globalization;
using Cluster;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>The memory of the silo that coordinates a fit, above that of another silo with a worker of as many rows.</summary>
internal static class CoordinatorMemory
{
    private const int Users = 200_000, Dimensions = 64, Workers = 2, Shards = 4;

    internal static async Task PrintAsync()
    {
        Console.WriteLine("| rows | model | rounds | memory of the coordinator's silo | of the other | more, times the model |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        foreach (int rows in new[] { 200_000, 800_000 }) await PrintAsync(rows);
    }

    private static async Task PrintAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("robustness-");
        var context = new MLContext(seed: 1);
        var random = new Random(1);
        for (int shard = 0; shard < Shards; shard++)
        {
            // Each user in each shard, so that all are known.
            var lines = Enumerable.Range(0, rows / Shards).Select(i =>
            {
                int user = i < Users / Shards ? shard * (Users / Shards) + i : random.Next(Users);
                return string.Create(CultureInfo.InvariantCulture, $"user{user},{random.NextSingle() < (user % 7 + 1) / 9f}");
            });
            File.WriteAllLines(Path.Combine(folder.FullName, $"{shard}.csv"), lines.Prepend("User,Liked"));
        }
        var loader = context.Data.CreateTextLoader(
            [new TextLoader.Column("User", DataKind.String, 0), new TextLoader.Column("Liked", DataKind.Boolean, 1)], separatorChar: ',', hasHeader: true);
        var options = new MultiEmbeddingOptions
        {
            Labels = [LabelColumn.Binary("Liked")],
            Columns = [InputColumn.Category("User") with { Dimensions = Dimensions }],
            Members = 1,
            Wide = false,
            MaxEpochs = 3,
            BatchSize = 2_048,
        };
        await using (var silos = await LocalSilos.StartAsync(Workers, cores: 1, folder.FullName))
        {
            var model = await silos.Client.FitAsync(options, MLNet.Embeddings.Shards.Files("*.csv", loader));
            var memory = silos.PeakMemory;
            var rounds = model.History.Rounds!;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {rows:N0} | {rounds.ModelBytes / 1e6:F1} MB | {rounds.Rounds:N0} | {memory.Max() / 1e6:F0} MB | {memory.Min() / 1e6:F0} MB | " +
                $"{(double)(memory.Max() - memory.Min()) / rounds.ModelBytes:F1} |"));
        }
        folder.Delete(recursive: true);
    }
}
