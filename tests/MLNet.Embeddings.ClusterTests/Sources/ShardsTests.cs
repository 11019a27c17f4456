using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ShardsTests
{
    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public async Task Tables_ThatLookDifferent_HaveTheSameTypes()
    {
        using var folder = new TemporaryFolder();
        string[] two = [Path.Combine(folder.Path, "0"), Path.Combine(folder.Path, "1")];
        foreach (string one in two) Directory.CreateDirectory(Path.Combine(one, "t"));
        // Ids that go on, a Boolean without gaps, whole amounts.
        File.WriteAllLines(Path.Combine(two[0], "t/a.csv"),
            ["Id,IsNew,Amount,Note,Empty", .. Enumerable.Range(1, 30).Select(id => $"{id},true,{id},x,")]);
        // The same with a gap, decimals of ten digits, and a column that has values here alone.
        File.WriteAllLines(Path.Combine(two[1], "t/b.csv"),
            ["Amount;Id;IsNew;Note;Empty", .. Enumerable.Range(31, 30).Select(id => $"{id},123456789;{id};{(id == 40 ? "" : "false")};\"y;{id}\";7")]);
        // Without one of the columns in all rows.
        File.WriteAllLines(Path.Combine(two[1], "t/c.jsonl"),
            Enumerable.Range(61, 30).Select(id => $$"""{ "Id": {{id}}, "Amount": 1.5, "Note": "z" }"""));
        await using var silos = await TestSilos.StartAsync(2, folder.Path, (number, options) => options.DataFolder = two[number]);

        var (names, view) = await OpenAsync(silos, Shards.Tables("t/*.*"), two);

        CollectionAssert.AreEqual(new[] { "t/a.csv", "t/b.csv", "t/c.jsonl" }, names);
        var schema = view.Schema;
        Assert.AreEqual(NumberDataViewType.Int64, schema["Id"].Type, "ids count the rows of all files");
        Assert.AreEqual(TextDataViewType.Instance, schema["IsNew"].Type, "a Boolean has no value that is missing");
        Assert.AreEqual(NumberDataViewType.Double, schema["Amount"].Type);
        Assert.AreEqual(NumberDataViewType.Single, schema["Empty"].Type, "what has no values says nothing");
        CollectionAssert.AreEqual(Enumerable.Range(1, 90).Select(id => (long)id).ToArray(), view.GetColumn<long>("Id").ToArray());
        double[] amounts = [.. view.GetColumn<double>("Amount")];
        Assert.AreEqual((30, 31.123456789, 1.5), (amounts[29], amounts[30], amounts[89]));
        string[] flags = [.. view.GetColumn<string>("IsNew")];
        Assert.AreEqual(("true", "false", "", ""), (flags[0], flags[30], flags[39], flags[60]));
        float[] empty = [.. view.GetColumn<float>("Empty")];
        Assert.AreEqual((float.NaN, 7, float.NaN), (empty[0], empty[30], empty[60]));
    }

    [TestMethod]
    public async Task Tables_WithOptions_AreReadByThem()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "a.csv"), "Zip,Name\n1234,é\n", System.Text.Encoding.Latin1);
        File.WriteAllText(Path.Combine(folder.Path, "b.csv"), "Zip,Name\n5678,b\n");
        var options = new TableOptions
        {
            Encoding = System.Text.Encoding.Latin1,
            Types = new Dictionary<string, DataKind> { ["Zip"] = DataKind.String },
        };
        await using var silos = await TestSilos.StartAsync(1, folder.Path);

        var (_, view) = await OpenAsync(silos, Shards.Tables("*.csv", options), folder.Path);

        CollectionAssert.AreEqual(new[] { "1234", "5678" }, view.GetColumn<string>("Zip").ToArray());
        CollectionAssert.AreEqual(new[] { "é", "b" }, view.GetColumn<string>("Name").ToArray());
    }

    [TestMethod]
    [DataRow("Id,Other\n1,2\n", "it has no column 'Note', which 't/a.csv' has", "t/b.csv")]
    [DataRow("Id,Note,New\n1,2,3\n", "it has a column 'New', which 't/a.csv' does not have", "t/b.csv")]
    [DataRow("Id,Id\n1,2\n", "two columns have the name 'Id'", "t/b.csv")]
    [DataRow("", "empty", "t/b.csv")]
    public async Task Tables_OfOtherColumns_AreNamed(string text, string fault, string shard)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "t"));
        File.WriteAllText(Path.Combine(folder.Path, "t/a.csv"), "Id,Note\n1,x\n");
        File.WriteAllText(Path.Combine(folder.Path, "t/b.csv"), text);
        await using var silos = await TestSilos.StartAsync(1, folder.Path);

        var error = await Assert.ThrowsExactlyAsync<ShardException>(() => OpenAsync(silos, Shards.Tables("t/*.csv"), folder.Path));

        Assert.AreEqual(shard, error.Shard);
        Assert.Contains(fault, error.Message);
    }

    [TestMethod]
    public async Task Query_InParts_HasEachRowOnce()
    {
        using var folder = new TemporaryFolder();
        string connection = $"Data Source={Path.Combine(folder.Path, "shop.db")};Pooling=False";
        Write(connection, 100);
        await using var silos = await TestSilos.StartAsync(2, folder.Path, (number, options) =>
        {
            if (number == 0) options.AddConnection("shop", SqliteFactory.Instance, connection);
            else options.AddConnection("shop", () => new SqliteConnection(connection));
        });
        var shards = Shards.Query("shop", "SELECT Id, Note, Amount FROM Orders WHERE Id % $parts = $part ORDER BY Id", 11,
            new QueryColumn("Amount", DbType.Single), new QueryColumn("Id", DbType.Int32), new QueryColumn("Note", DbType.String));
        var nodes = await Nodes.FindAsync(silos.Client, shards, CancellationToken.None);
        string[] names = Nodes.AllNames(nodes, shards);

        IDataView OpenOn(int silo, string name) => shards.Open(_context, new(silos.Service<EmbeddingsSiloOptions>(silos.Addresses.ElementAt(silo))), name);
        var view = new ConcatenatedView(names, name => OpenOn(names.IndexOf(name) % 2, name));

        Assert.AreEqual("shop-00 shop-01 shop-10", $"{names[0]} {names[1]} {names[^1]}");
        Assert.IsTrue(nodes.All(node => node.Names.Count == 11));
        int[] ids = [.. view.GetColumn<int>("Id")];
        CollectionAssert.AreEqual(Enumerable.Range(0, 100).OrderBy(id => id % 11).ThenBy(id => id).ToArray(), ids);
        CollectionAssert.AreEqual(ids.Select(id => $"note {id}").ToArray(), view.GetColumn<string>("Note").ToArray());
        CollectionAssert.AreEqual(ids.Select(id => id % 7 == 0 ? float.NaN : id / 2f).ToArray(), view.GetColumn<float>("Amount").ToArray());
    }

    [TestMethod]
    public async Task Query_ThatCannotBeRead_IsNamed()
    {
        using var folder = new TemporaryFolder();
        string connection = $"Data Source={Path.Combine(folder.Path, "shop.db")};Pooling=False";
        Write(connection, 3);
        await using var silos = await TestSilos.StartAsync(1, folder.Path, (_, options) => options.AddConnection("shop", SqliteFactory.Instance, connection));
        var column = new QueryColumn("Id", DbType.Int32);
        var unknown = Shards.Query("store", "SELECT Id FROM Orders", 1, column);
        var faulty = Shards.Query("shop", "SELECT Id FROM Nothing WHERE Id % 2 = @part", 2, column);

        var none = await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => OpenAsync(silos, unknown, folder.Path));
        var place = new ShardPlace(silos.Service<EmbeddingsSiloOptions>(silos.Addresses.Single()));
        var view = new ConcatenatedView(["shop-0"], name => faulty.Open(_context, place, name));
        var error = Assert.ThrowsExactly<ShardException>(() => view.GetColumn<int>("Id").ToArray());

        Assert.Contains("AddConnection(\"store\"", none.Message);
        Assert.AreEqual("shop-0", error.Shard);
        Assert.Contains("Nothing", error.Message);
        Assert.Contains("@part", Assert.ThrowsExactly<ArgumentException>(() => Shards.Query("shop", "SELECT Id FROM Orders", 2, column)).Message);
        Assert.Contains("@part", Assert.ThrowsExactly<ArgumentException>(() => Shards.Query("shop", "SELECT @parts", 2, column)).Message);
        Assert.ThrowsExactly<ArgumentException>(() => Shards.Query("shop", "SELECT Id FROM Orders", 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Shards.Query("shop", "SELECT Id FROM Orders", 0, column));
    }

    [TestMethod]
    public async Task Custom_OfTheHost_IsOpenedWhereItIs()
    {
        using var folder = new TemporaryFolder();
        await using var silos = await TestSilos.StartAsync(2, folder.Path, (number, options) => options.AddSource("memory",
            () => [$"part {number}"], (context, name) => context.Data.LoadFromEnumerable([new OrderRow { Note = $"{name} of {number}" }])));
        var shards = Shards.Custom("memory");

        var nodes = await Nodes.FindAsync(silos.Client, shards, CancellationToken.None);
        var notes = nodes.Select(node => shards.Open(_context, new(silos.Service<EmbeddingsSiloOptions>(node.Silo)), node.Names.Single()))
            .Select(view => view.GetColumn<string>("Note").Single());
        var none = await Assert.ThrowsExactlyAsync<FileNotFoundException>(() => OpenAsync(silos, Shards.Custom("disk"), folder.Path));

        CollectionAssert.AreEquivalent(new[] { "part 0 of 0", "part 1 of 1" }, notes.ToArray());
        Assert.Contains("AddSource(\"disk\"", none.Message);
    }

    private static void Write(string connectionString, int rows)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE Orders (Id INTEGER, Note TEXT, Amount REAL)";
        command.ExecuteNonQuery();
        for (int id = 0; id < rows; id++)
        {
            command.CommandText = FormattableString.Invariant($"INSERT INTO Orders VALUES ({id}, 'note {id}', {(id % 7 == 0 ? "NULL" : id / 2f)})");
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Finds, examines and opens all parts.</summary>
    private async Task<(string[] Names, IDataView View)> OpenAsync(TestSilos silos, Shards shards, params string[] folders)
    {
        var nodes = await Nodes.FindAsync(silos.Client, shards, CancellationToken.None);
        var resolved = await Nodes.ResolveAsync(silos.Client, nodes, shards, CancellationToken.None);
        string[] names = Nodes.AllNames(nodes, resolved);
        var places = Array.ConvertAll(folders, folder => new ShardPlace(new EmbeddingsSiloOptions { DataFolder = folder }));
        return (names, new ConcatenatedView(names, name => resolved.Open(_context, places.First(place => resolved.Find(place).Contains(name)), name)));
    }
}
