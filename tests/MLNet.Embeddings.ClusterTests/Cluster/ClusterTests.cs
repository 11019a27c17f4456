using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ClusterTests
{
    private static TextLoader Loader => new MLContext().Data.CreateTextLoader([new("Text", DataKind.String, 0)], hasHeader: true);

    [TestMethod]
    public async Task Contents_AreTheSameFromEachSilo_AndWhenTheirWriterIsGone()
    {
        using var folder = new TemporaryFolder();
        await using var silos = await TestSilos.StartAsync(2, folder.Path);
        byte[] bytes = new byte[5 * StateStorage.PieceBytes / 2];
        new Random(1).NextBytes(bytes);

        string key = await Contents.SendAsync(silos.Client, bytes, CancellationToken.None);
        await silos.KillAsync(silos.Addresses.Last());
        byte[] received = await Contents.ReceiveAsync(silos.Client, key, CancellationToken.None);

        CollectionAssert.AreEqual(bytes, received);
        CollectionAssert.AreEqual(bytes, await new Content(silos.Service<StateStorage>(silos.Addresses.First()), key).ReadAsync());
    }

    [TestMethod]
    public async Task Nodes_WithFoldersOfTheirOwn_TellWhatTheyHave()
    {
        using var folder = new TemporaryFolder();
        foreach (int silo in (int[])[0, 1])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, $"{silo}", "orders"));
            File.WriteAllText(Path.Combine(folder.Path, $"{silo}", "orders", $"{(char)('a' + silo)}.csv"), "Text\nx\n");
        }
        await using var silos = await TestSilos.StartAsync(2, folder.Path, (number, options) =>
        {
            options.DataFolder = Path.Combine(folder.Path, $"{number}");
            options.Cores = number + 1;
        });
        var shards = Shards.Files("orders/*.csv", Loader);

        var nodes = await Nodes.FindAsync(silos.Client, shards, CancellationToken.None);

        CollectionAssert.AreEqual(new[] { "orders/a.csv", "orders/b.csv" }, Nodes.AllNames(nodes, shards));
        CollectionAssert.AreEquivalent(new[] { "1 orders/a.csv", "2 orders/b.csv" }, nodes.Select(node => $"{node.Cores} {node.Names.Single()}").ToArray());
        var none = Shards.Files("none/*.csv", Loader);
        var without = await Nodes.FindAsync(silos.Client, none, CancellationToken.None);
        Assert.Contains("none/*.csv", Assert.ThrowsExactly<FileNotFoundException>(() => Nodes.AllNames(without, none)).Message);
    }

    [TestMethod]
    [DataRow("../secret/*.csv")]
    [DataRow("/etc/*")]
    public void Pattern_ThatLeadsOut_IsRefused(string pattern) =>
        Assert.Contains(pattern, Assert.ThrowsExactly<ArgumentException>(() => Shards.Files(pattern, Loader)).Message);
}
