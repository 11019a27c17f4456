using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ClusterScoringFaultTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Score_OfABadShard_NamesItAndDoesTheOthers()
    {
        using var folder = new TemporaryFolder();
        OrderShards.Write(folder.Path, OrderShards.Names[..4]);
        string bad = Path.Combine(folder.Path, OrderShards.Names[2]), good = File.ReadAllText(bad);
        File.WriteAllText(bad, good.Insert(good.Length, "note,product 1,many,2025-01-01,1,true,kept,1\n"));
        await using var silos = await TestSilos.StartAsync(2, folder.Path);
        var shards = Shards.Tables("orders/*.csv", new() { Types = new Dictionary<string, DataKind> { ["Amount"] = DataKind.Single } });
        var model = OrderModels.Load(OrderModels.First);

        var error = await Assert.ThrowsExactlyAsync<ShardException>(
            () => silos.Client.ScoreAsync(model, shards, "scored", null, TestContext.CancellationToken));
        var written = OrderShards.Names[..4].Select(name => new FileInfo(Path.Combine(folder.Path, "scored", name))).ToArray();
        var times = written.Where(file => file.Exists).Select(file => file.LastWriteTimeUtc).ToArray();
        File.WriteAllText(bad, good);
        var result = await silos.Client.ScoreAsync(model, shards, "scored", null, TestContext.CancellationToken);

        Assert.AreEqual(OrderShards.Names[2], error.Shard);
        Assert.Contains("'many' is not a number", error.Message);
        Assert.HasCount(3, times);
        Assert.AreEqual(200, result.Rows);
        var after = written.Where((_, i) => i != 2).Select(file => new FileInfo(file.FullName).LastWriteTimeUtc).ToArray();
        CollectionAssert.AreEqual(times, after, "the others stay");
    }

    [TestMethod]
    public async Task Score_ThatCannotBe_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        OrderShards.Write(folder.Path, OrderShards.Names[..2]);
        await using var silos = await TestSilos.StartAsync(1, folder.Path);
        var shards = Shards.Tables("orders/*.csv");
        var model = OrderModels.Load(OrderModels.First);
        var token = TestContext.CancellationToken;
        string none = folder.Write("none.zip", "no model");
        Task<ScoringResult> Kept(string column) => silos.Client.ScoreAsync(model, shards, "kept", new() { KeptColumns = [column] }, token);
        var loader = new MLContext().Data.CreateTextLoader([new("Note", DataKind.String, 0)], ',', hasHeader: true);

        var unknown = await Assert.ThrowsExactlyAsync<ShardException>(() => Kept("Id"));
        var unloadable = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => silos.Client.ScoreAsync(none, shards, "none", token: token));
        var missing = await Assert.ThrowsExactlyAsync<FileNotFoundException>(
            () => silos.Client.ScoreAsync(model, Shards.Tables("nothing/*.csv"), "none", null, token));
        var lacking = await Assert.ThrowsExactlyAsync<ShardException>(
            () => silos.Client.ScoreAsync(model, Shards.Files("orders/*.csv", loader), "lacking", null, token));
        var colliding = await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => silos.Client.ScoreAsync(model, shards, "orders", null, token));

        Assert.Contains("no column 'Id', which KeptColumns names", unknown.Message);
        Assert.Contains("1 more of 2 shards", unknown.Message);
        Assert.Contains("cannot be loaded on this silo", unloadable.Message);
        Assert.Contains("nothing/*.csv", missing.Message);
        Assert.AreEqual(OrderShards.Names[0], lacking.Shard);
        Assert.Contains("orders", colliding.Message);
        foreach (string output in (string[])["", "..", "/scored", "."])
            await Assert.ThrowsAsync<ArgumentException>(() => silos.Client.ScoreAsync(model, shards, output, null, token));
        await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => silos.Client.ScoreAsync("nowhere.zip", shards, "scored", token: token));
    }
}
