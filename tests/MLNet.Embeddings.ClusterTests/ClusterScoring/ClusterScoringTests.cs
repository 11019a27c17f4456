namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ClusterScoringTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(TableFormat.Delimited, ".csv")]
    [DataRow(TableFormat.Parquet, ".csv.parquet")]
    public async Task Score_OnTwoSilos_GivesTheBitsOfScoringHere(TableFormat format, string extension)
    {
        using var folder = new TemporaryFolder();
        OrderShards.Write(folder.Path, OrderShards.Names);
        await using var silos = await TestSilos.StartAsync(2, folder.Path);
        List<ScoringProgress> told = [];
        var options = new ScoringOptions { Format = format, KeptColumns = ["Product", "Amount"] };
        string path = folder.Write("model.zip", "");
        File.WriteAllBytes(path, OrderModels.First);

        var result = await silos.Client.ScoreAsync(path, Shards.Tables("orders/*.csv"), "scored/", options, new Told(told), TestContext.CancellationToken);

        Assert.AreEqual((8, 8 * 50L), (result.Shards, result.Rows));
        string[] paths = [.. OrderShards.Names.Select(name => "scored/" + Path.ChangeExtension(name, extension))];
        CollectionAssert.AreEqual(paths, result.Files.Select(file => file.Path).ToArray());
        Assert.IsGreaterThan(1, result.Files.Select(file => file.Silo).Distinct().Count(), "both silos");
        foreach (var file in result.Files)
            OrderShards.AssertScores(OrderModels.First, file.Shard, Path.Combine(folder.Path, file.Path), folder.Path, "Product", "Amount");
        var last = told[^1];
        Assert.AreEqual((8, 8, 400L, TimeSpan.Zero), (last.Shards, last.ShardsDone, last.Rows, last.Remaining));
        foreach (var silo in silos.Addresses) Assert.IsLessThanOrEqualTo(1, silos.Service<LoadedModels>(silo).Loads);
        Assert.IsEmpty(Directory.GetFiles(folder.Path, "*.writing", SearchOption.AllDirectories));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Score_WhereASiloIsKilled_HasEachRowOnce(bool killsCoordinator)
    {
        using var folder = new TemporaryFolder();
        using var source = new GatedSource { Free = ["a", "b"] };
        await using var silos = await TestSilos.StartAsync(3, folder.Path, (number, options) =>
        {
            options.Cores = 1;
            source.AddTo(number, options);
        });
        var run = silos.Client.ScoreAsync(OrderModels.Load(OrderModels.First), GatedSource.Shards, "scored", null, TestContext.CancellationToken);
        string[] stopped = await source.StoppedAsync(3);
        var coordinator = await CoordinatorAsync(silos);
        var victim = killsCoordinator ? coordinator : silos.Addresses.First(silo => silo != coordinator);
        int[] numbers = [.. silos.Addresses.Select(silo => NumberOf(silos, silo, source))];

        int killed = NumberOf(silos, victim, source);
        await silos.KillAsync(victim);
        foreach (int number in numbers.Where(number => number != killed)) source.Open(number);
        var result = await run;

        Assert.AreEqual((8, 8L * GatedSource.RowsOfPart), (result.Shards, result.Rows));
        Assert.HasCount(8, Directory.GetFiles(Path.Combine(folder.Path, "scored"), "*.csv"));
        foreach (var file in result.Files) OrderShards.AssertScores(OrderModels.First, GatedSource.Rows(file.Shard), Path.Combine(folder.Path, file.Path));
        var opened = source.Opened.CountBy(part => part).ToDictionary();
        Assert.AreEqual((1, 1), (opened["a"], opened["b"]), "what is done is not done again");
        string lost = stopped.Single(one => one.EndsWith($"on {killed}", StringComparison.Ordinal))[..1];
        Assert.AreEqual(2, opened[lost], "what the silo had in hand is done by another");
        CollectionAssert.AreEqual(new[] { lost }, opened.Where(part => part.Value != 1).Select(part => part.Key).ToArray(),
            $"and all else once, not {string.Join(' ', opened)} with {string.Join(", ", stopped)}");
    }

    [TestMethod]
    public async Task Score_AfterACancel_GoesOn()
    {
        using var folder = new TemporaryFolder();
        using var source = new GatedSource { Free = ["a", "b"] };
        await using var silos = await TestSilos.StartAsync(2, folder.Path, (number, options) =>
        {
            options.Cores = 1;
            source.AddTo(number, options);
        });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        var model = OrderModels.Load(OrderModels.First);
        var first = silos.Client.ScoreAsync(model, GatedSource.Shards, "scored", null, cancel.Token);
        await source.StoppedAsync(2);

        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        source.Open(0);
        source.Open(1);
        var result = await silos.Client.ScoreAsync(model, GatedSource.Shards, "scored", null, TestContext.CancellationToken);

        Assert.AreEqual(8L * GatedSource.RowsOfPart, result.Rows);
        foreach (var file in result.Files) OrderShards.AssertScores(OrderModels.First, GatedSource.Rows(file.Shard), Path.Combine(folder.Path, file.Path));
        var opened = source.Opened.CountBy(part => part).ToDictionary();
        Assert.AreEqual((1, 1), (opened["a"], opened["b"]));
        Assert.HasCount(10, source.Opened, "the two that were at work are done again");

        int before = source.Opened.Count;
        await silos.Client.ScoreAsync(model, GatedSource.Shards, "scored", null, TestContext.CancellationToken);
        Assert.HasCount(before, source.Opened, "what is done stays done");
        File.Delete(Path.Combine(folder.Path, "scored/c.csv"));
        await silos.Client.ScoreAsync(model, GatedSource.Shards, "scored", null, TestContext.CancellationToken);
        Assert.HasCount(before + 1, source.Opened, "what is gone is done again");
        await silos.Client.ScoreAsync(model, GatedSource.Shards, "scored", new() { Resume = false }, TestContext.CancellationToken);
        Assert.HasCount(before + 9, source.Opened, "all is done anew where that is asked for");
    }

    [TestMethod]
    public async Task Score_AskedForTwice_IsJoined()
    {
        using var folder = new TemporaryFolder();
        using var source = new GatedSource();
        await using var silos = await TestSilos.StartAsync(2, folder.Path, source.AddTo);
        var model = OrderModels.Load(OrderModels.First);

        var first = silos.Client.ScoreAsync(model, GatedSource.Shards, "scored", null, TestContext.CancellationToken);
        await source.StoppedAsync(2);
        var second = silos.Client.ScoreAsync(model, GatedSource.Shards, "./scored/", null, TestContext.CancellationToken);
        source.Open(0);
        source.Open(1);

        CollectionAssert.AreEqual((await first).Files.ToArray(), (await second).Files.ToArray());
        Assert.HasCount(8, source.Opened);
    }

    [TestMethod]
    public async Task Score_WithoutItsClient_GoesOnToTheEnd()
    {
        using var folder = new TemporaryFolder();
        using var source = new GatedSource { Free = ["a", "b", "c", "d", "e", "f", "g", "h"] };
        await using var silos = await TestSilos.StartAsync(2, folder.Path, source.AddTo);
        byte[] file = SteadyZip.Of(stream => stream.Write(OrderModels.First));
        string key = $"scoring/scored/{Contents.KeyOf(file)}";
        await Contents.SendAsync(silos.Client, key, file, TestContext.CancellationToken);

        string run = await silos.Client.GetGrain<IScoringGrain>("scored").Begin(new(key, GatedSource.Shards, "scored", 0, []), resume: true);
        string folderOfScores = Path.Combine(folder.Path, "scored");
        while (!Directory.Exists(folderOfScores) || Directory.GetFiles(folderOfScores, "*.csv").Length < 8) await Task.Delay(20, TestContext.CancellationToken);
        var model = folder.Write("model.zip", "");
        File.WriteAllBytes(model, file);
        var result = await silos.Client.ScoreAsync(model, GatedSource.Shards, "scored", token: TestContext.CancellationToken);

        Assert.AreEqual(8L * GatedSource.RowsOfPart, result.Rows);
        Assert.HasCount(8, source.Opened);
    }

    [TestMethod]
    public async Task Score_ByAnotherModel_BeginsAnew()
    {
        using var folder = new TemporaryFolder();
        OrderShards.Write(folder.Path, OrderShards.Names[..3]);
        await using var silos = await TestSilos.StartAsync(2, folder.Path);
        var shards = Shards.Tables("**/*.csv");

        await silos.Client.ScoreAsync(OrderModels.Load(OrderModels.First), shards, "scored", null, TestContext.CancellationToken);
        File.Delete(Path.Combine(folder.Path, OrderShards.Names[0]));
        var result = await silos.Client.ScoreAsync(OrderModels.Load(OrderModels.Second), shards, "scored", null, TestContext.CancellationToken);

        Assert.AreEqual((2, 100L), (result.Shards, result.Rows));
        foreach (var file in result.Files) OrderShards.AssertScores(OrderModels.Second, file.Shard, Path.Combine(folder.Path, file.Path), folder.Path);
        Assert.HasCount(2, Directory.GetFiles(Path.Combine(folder.Path, "scored"), "*.csv", SearchOption.AllDirectories));
    }

    [TestMethod]
    public async Task Score_InFoldersOfSilos_StaysWhereTheRowsAre()
    {
        using var folder = new TemporaryFolder();
        string[] own = [Path.Combine(folder.Path, "0"), Path.Combine(folder.Path, "1")];
        OrderShards.Write(own[0], OrderShards.Names[..5]);
        OrderShards.Write(own[1], OrderShards.Names[3..]);
        // Of an earlier time, as a silo leaves them that was lost.
        foreach (string one in own)
        {
            Directory.CreateDirectory(Path.Combine(one, "scored/orders"));
            File.WriteAllText(Path.Combine(one, "scored", OrderShards.Names[3]), "old");
            File.WriteAllText(Path.Combine(one, "scored", OrderShards.Names[4]), "old");
        }
        await using var silos = await TestSilos.StartAsync(2, folder.Path, (number, options) => options.DataFolder = own[number]);

        var result = await silos.Client.ScoreAsync(
            OrderModels.Load(OrderModels.First), Shards.Tables("orders/*.csv"), "scored", null, TestContext.CancellationToken);

        Assert.AreEqual((8, 400L), (result.Shards, result.Rows));
        foreach (var file in result.Files)
        {
            string[] paths = [.. own.Select(one => Path.Combine(one, file.Path)).Where(File.Exists)];
            Assert.HasCount(1, paths, file.Path);
            string place = own.Single(one => paths[0].StartsWith(one + "/", StringComparison.Ordinal));
            OrderShards.AssertScores(OrderModels.First, file.Shard, paths[0], place);
            var silo = silos.Addresses.Single(silo => silo.ToString() == file.Silo);
            Assert.AreEqual(place, silos.Service<EmbeddingsSiloOptions>(silo).DataFolder);
        }
    }

    /// <summary>The silo that coordinates.</summary>
    private static async Task<SiloAddress> CoordinatorAsync(TestSilos silos)
    {
        var statistics = await silos.Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return statistics.Single(grain => grain.GrainType.Contains("ScoringGrain") && !grain.GrainType.Contains("Shard")).SiloAddress;
    }

    private static int NumberOf(TestSilos silos, SiloAddress silo, GatedSource source) => source.NumberOf(silos.Service<EmbeddingsSiloOptions>(silo));

    private sealed class Told(List<ScoringProgress> all) : IProgress<ScoringProgress>
    {
        public void Report(ScoringProgress value) => all.Add(value);
    }
}
