using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ClusterTrainingTests
{
    /// <summary>What the workers of a cluster come to is what the same workers come to in one process.</summary>
    private static MultiEmbeddingTransformer FitHere(string folder, int workers, RoundOptions? rounds = null)
    {
        var context = new MLContext(seed: 1);
        using var transport = new LocalTransport(context, OrderFiles.Views(context, folder, workers));
        return new ShardedFit(context, OrderFiles.Options, rounds ?? new(), transport).Run();
    }

    [TestMethod]
    public async Task Fit_OfRawColumns_IsThatOfTheSameWorkersInOneProcess()
    {
        using var folder = new TemporaryFolder();
        OrderFiles.Write(folder.Path, OrderRow.Make(2_000, seed: 5), shards: 6);
        await using var silos = await TestSilos.StartAsync(2, folder.Path);
        var reports = new Reports();

        var model = await silos.Client.FitAsync(OrderFiles.Options, OrderFiles.Shards, new() { Workers = 3 }, reports);

        CollectionAssert.AreEqual(OrderFiles.Bytes(FitHere(folder.Path, 3)), OrderFiles.Bytes(model));
        Assert.IsGreaterThan(0.95, OrderFiles.Auc(model));
        Assert.AreEqual(3, model.History.Rounds!.Workers);
        Assert.AreEqual(1, reports.All[^1].Done);
        CollectionAssert.AreEqual(
            Enumerable.Range(1, 6).ToArray(), reports.All.Where(report => report.Completed is not null).Select(report => report.Epoch).ToArray());
        // Nothing of the fit stays.
        Assert.IsEmpty(Directory.EnumerateFiles(Path.Combine(folder.Path, "states"), "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "killed")]
    [DataRow(false, DisplayName = "stopped")]
    public async Task Fit_OfWhichTheSilosAreLostOneByOne_EndsWithTheSameModel(bool kills)
    {
        using var folder = new TemporaryFolder();
        OrderFiles.Write(folder.Path, OrderRow.Make(2_000, seed: 5), shards: 6);
        await using var silos = await TestSilos.StartAsync(3, folder.Path);
        var killed = new List<string>();
        var reports = new Reports(report =>
        {
            // First a silo of workers, then that of the coordinator.
            if (report.Completed is null || report.Epoch != 2 + 2 * killed.Count || killed.Count == 2) return;
            killed.Add(silos.EndAsync(isCoordinator: killed.Count == 1, kills).GetAwaiter().GetResult());
        });

        var model = await silos.Client.FitAsync(OrderFiles.Options, OrderFiles.Shards, new() { Workers = 3 }, reports);

        Assert.HasCount(2, killed);
        CollectionAssert.AreEqual(OrderFiles.Bytes(FitHere(folder.Path, 3)), OrderFiles.Bytes(model));
    }

    [TestMethod]
    public async Task Fit_OfSilosWithFoldersOfTheirOwn_TakesEachShardWhereItIs()
    {
        using var folder = new TemporaryFolder();
        OrderFiles.Write(folder.Path, OrderRow.Make(2_000, seed: 5), shards: 4);
        foreach (int silo in (int[])[0, 1])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, $"{silo}", "orders"));
            foreach (string file in Directory.GetFiles(Path.Combine(folder.Path, "orders")).Order().Skip(2 * silo).Take(2))
                File.Copy(file, Path.Combine(folder.Path, $"{silo}", "orders", Path.GetFileName(file)));
        }
        await using var silos = await TestSilos.StartAsync(
            2, folder.Path, (number, options) => options.DataFolder = Path.Combine(folder.Path, $"{number}"));

        var model = await silos.Client.FitAsync(OrderFiles.Options, OrderFiles.Shards);

        Assert.IsGreaterThan(0.95, OrderFiles.Auc(model));
        Assert.AreEqual(2_000, model.History.TrainingRows + model.History.ValidationRows);
    }

    [TestMethod]
    public async Task Fit_ThatIsCancelled_GivesTheBestSoFar()
    {
        using var folder = new TemporaryFolder();
        OrderFiles.Write(folder.Path, OrderRow.Make(1_000, seed: 5), shards: 2);
        await using var silos = await TestSilos.StartAsync(2, folder.Path);
        using var cancellation = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report is { Completed: not null, Epoch: 2 }) cancellation.Cancel();
        });

        var model = await silos.Client.FitAsync(OrderFiles.Options with { MaxEpochs = 1_000 }, OrderFiles.Shards, reports, cancellation.Token);

        Assert.AreEqual(StopReason.Cancelled, model.History.StopReason);
        await Assert.ThrowsExactlyAsync<OperationCanceledException>(
            () => silos.Client.FitAsync(OrderFiles.Options, OrderFiles.Shards, token: cancellation.Token));
    }

    [TestMethod]
    public async Task Fit_OfABadShard_NamesIt()
    {
        using var folder = new TemporaryFolder();
        OrderFiles.Write(folder.Path, OrderRow.Make(200, seed: 5), shards: 3);
        await using var silos = await TestSilos.StartAsync(1, folder.Path);
        File.WriteAllLines(Path.Combine(folder.Path, "orders", "01.tsv"), ["header", "lovely\tproduct 1\t3\tno day\tTrue"]);

        var error = await Assert.ThrowsExactlyAsync<ShardException>(() => silos.Client.FitAsync(OrderFiles.Options, OrderFiles.Shards));

        Assert.AreEqual("orders/01.tsv", error.Shard);
    }

    [TestMethod]
    public async Task Fit_OfWhatTheClusterCannotTrain_SaysSo()
    {
        using var folder = new TemporaryFolder();
        OrderFiles.Write(folder.Path, OrderRow.Make(200, seed: 5), shards: 2);
        await using var silos = await TestSilos.StartAsync(1, folder.Path);

        var settings = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => silos.Client.FitAsync(OrderFiles.Options with { Members = 3 }, OrderFiles.Shards));
        var none = Shards.Files("none/*.tsv", new MLContext().Data.CreateTextLoader([new("Note", DataKind.String, 0)]));
        var files = await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => silos.Client.FitAsync(OrderFiles.Options, none));
        var label = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => silos.Client.FitAsync(OrderFiles.Options with { Labels = [LabelColumn.Binary("Sold")] }, OrderFiles.Shards));

        Assert.Contains("Members", settings.Message);
        Assert.Contains("none/*.tsv", files.Message);
        Assert.Contains("Sold", label.Message);
    }

    /// <summary>All that was reported.</summary>
    private sealed class Reports(Action<TrainingProgress>? act = null) : IProgress<TrainingProgress>
    {
        internal List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value)
        {
            All.Add(value);
            act?.Invoke(value);
        }
    }
}
