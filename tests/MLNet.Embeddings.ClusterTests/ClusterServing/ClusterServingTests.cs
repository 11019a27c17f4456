using System.Text.Json;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ClusterServingTests
{
    private static readonly Dictionary<string, object?> Row = new()
    {
        ["Note"] = "lovely box",
        ["Product"] = "product 3",
        ["Amount"] = 12.5f,
        ["Day"] = new DateTime(2025, 5, 1),
    };

    private static readonly string Json = JsonSerializer.Serialize(Row);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Predict_OnTheCluster_GivesWhatItGivesHere()
    {
        using var folder = new TemporaryFolder();
        await using var silos = await StartAsync(2, folder);

        int version = await DeployAsync(silos, folder, OrderModels.Second);
        int again = await DeployAsync(silos, folder, OrderModels.Second);
        var model = silos.Client.GetGrain<IEmbeddingModelGrain>("orders");
        var scores = await model.Predict(Row);
        string json = await model.PredictJson(Json);

        Assert.AreEqual((1, 1), (version, again), "the same model is the same version");
        var expected = OrderModels.Load(OrderModels.Second).Predict(Row);
        CollectionAssert.AreEqual(expected.Keys.ToArray(), scores.Keys.ToArray());
        Assert.AreEqual(expected["PredictedLabel"], scores["PredictedLabel"]);
        var classes = (OrderedDictionary<string, float>)expected["Score"]!;
        var served = (Dictionary<string, object?>)scores["Score"]!;
        CollectionAssert.AreEqual(classes.Select(one => (one.Key, (object?)one.Value)).ToArray(), served.Select(one => (one.Key, one.Value)).ToArray());
        Assert.AreEqual(OrderModels.Load(OrderModels.Second).PredictJson(Json), json);
    }

    [TestMethod]
    public async Task Predict_WhileAModelIsReplaced_NeverFails()
    {
        using var folder = new TemporaryFolder();
        await using var silos = await StartAsync(2, folder);
        await DeployAsync(silos, folder, OrderModels.First);
        string first = OrderModels.Load(OrderModels.First).PredictJson(Json), second = OrderModels.Load(OrderModels.Second).PredictJson(Json);
        var factories = silos.Addresses.Select(silos.Service<IGrainFactory>).ToArray();
        var calls = new long[4];
        using var ending = new CancellationTokenSource();
        var callers = Enumerable.Range(0, calls.Length).Select(caller => Task.Run(async () =>
        {
            List<string> answers = [];
            var model = factories[caller % 2].GetGrain<IEmbeddingModelGrain>("orders");
            while (!ending.IsCancellationRequested)
            {
                string answer = await model.PredictJson(Json);
                if (answers.Count == 0 || answers[^1] != answer) answers.Add(answer);
                Interlocked.Increment(ref calls[caller]);
            }
            return answers;
        })).ToArray();
        // Of each caller: a silo that has not answered yet would begin with the second model.
        async Task MoreCallsAsync()
        {
            foreach (int caller in Enumerable.Range(0, calls.Length))
            {
                for (long goal = Interlocked.Read(ref calls[caller]) + 25; Interlocked.Read(ref calls[caller]) < goal && !callers[caller].IsCompleted;)
                    await Task.Delay(10, TestContext.CancellationToken);
            }
        }

        await MoreCallsAsync();
        int version = await DeployAsync(silos, folder, OrderModels.Second);
        foreach (var factory in factories)
        {
            while (await factory.GetGrain<IEmbeddingModelGrain>("orders").Version() != 2) await Task.Delay(20, TestContext.CancellationToken);
        }
        await MoreCallsAsync();
        await ending.CancelAsync();

        Assert.AreEqual(2, version);
        foreach (var answers in await Task.WhenAll(callers)) CollectionAssert.AreEqual(new[] { first, second }, answers, "one, then the other");
    }

    [TestMethod]
    public async Task Deployed_OutlivesTheSiloThatTookIt()
    {
        using var folder = new TemporaryFolder();
        await using var silos = await StartAsync(2, folder);
        await DeployAsync(silos, folder, OrderModels.First);

        await silos.KillAsync(silos.Addresses.Last());
        await silos.AddAsync();
        string expected = OrderModels.Load(OrderModels.First).PredictJson(Json);

        foreach (var factory in silos.Addresses.Select(silos.Service<IGrainFactory>))
            Assert.AreEqual(expected, await factory.GetGrain<IEmbeddingModelGrain>("orders").PredictJson(Json));
    }

    [TestMethod]
    public async Task Deployed_ThatCannotBeLoaded_LeavesTheOneBefore()
    {
        using var folder = new TemporaryFolder();
        await using var silos = await StartAsync(1, folder);
        await DeployAsync(silos, folder, OrderModels.First);
        var model = silos.Client.GetGrain<IEmbeddingModelGrain>("orders");
        string before = await model.PredictJson(Json);

        // Past the check of the client, as one of a package that only the client has.
        await Contents.SendAsync(silos.Client, "models/orders/bad", [1, 2, 3], TestContext.CancellationToken);
        Assert.AreEqual(2, await silos.Client.GetGrain<IDeploymentGrain>("orders").Deploy("models/orders/bad"));
        var models = silos.Service<LoadedModels>(silos.Addresses.Single());
        while (models.Loads < 2) await Task.Delay(20, TestContext.CancellationToken);

        Assert.AreEqual(before, await model.PredictJson(Json));
        Assert.AreEqual(1, await model.Version());
        Assert.AreEqual(3, await DeployAsync(silos, folder, OrderModels.Second));
        while (await model.Version() != 3) await Task.Delay(20, TestContext.CancellationToken);
        Assert.AreEqual(OrderModels.Load(OrderModels.Second).PredictJson(Json), await model.PredictJson(Json));
        var contents = silos.Service<StateStorage>(silos.Addresses.Single());
        Assert.IsNull(await new Content(contents, $"models/orders/{Contents.KeyOf(OrderModels.First)}").ReadAsync(), "two versions are kept");
    }

    [TestMethod]
    public async Task Faults_AreToldToTheCaller()
    {
        using var folder = new TemporaryFolder();
        await using var silos = await StartAsync(1, folder);
        await DeployAsync(silos, folder, OrderModels.First);
        var model = silos.Client.GetGrain<IEmbeddingModelGrain>("orders");

        var unknown = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => silos.Client.GetGrain<IEmbeddingModelGrain>("other").PredictJson(Json));
        var value = await Assert.ThrowsExactlyAsync<ArgumentException>(() => model.Predict(new() { ["Amount"] = "many" }));
        var json = await Assert.ThrowsExactlyAsync<ArgumentException>(() => model.PredictJson("{ no"));
        var file = await Assert.ThrowsExactlyAsync<FormatException>(() => DeployAsync(silos, folder, [1, 2, 3]));

        Assert.Contains("DeployAsync(\"other\"", unknown.Message);
        Assert.Contains("Amount", value.Message);
        Assert.Contains("no JSON", json.Message);
        Assert.Contains("holds no model", file.Message);
        Assert.AreEqual(1, await model.Version());
        // A name that was not known is, once there is a model.
        File.WriteAllBytes(Path.Combine(folder.Path, "model.zip"), OrderModels.First);
        await silos.Client.DeployAsync("other", Path.Combine(folder.Path, "model.zip"), TestContext.CancellationToken);
        Assert.AreEqual(await model.PredictJson(Json), await silos.Client.GetGrain<IEmbeddingModelGrain>("other").PredictJson(Json));
    }

    private static Task<TestSilos> StartAsync(int count, TemporaryFolder folder) =>
        TestSilos.StartAsync(count, folder.Path, (_, options) => options.ModelCheckInterval = TimeSpan.FromMilliseconds(50));

    private async Task<int> DeployAsync(TestSilos silos, TemporaryFolder folder, byte[] model)
    {
        string path = folder.Write("deployed.zip", "");
        File.WriteAllBytes(path, model);
        return await silos.Client.DeployAsync("orders", path, TestContext.CancellationToken);
    }
}
