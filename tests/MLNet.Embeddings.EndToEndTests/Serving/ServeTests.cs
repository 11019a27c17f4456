using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MLNet.Embeddings.Tests;

/// <summary>The tool's server, as a process, under good, bad and many requests.</summary>
[TestClass]
public sealed class ServeTests
{
    private static readonly Dictionary<string, object?> Row = new() { ["Title"] = "Love it", ["Department"] = "Dresses", ["Age"] = 33 };

    /// <summary>Bodies that cannot be scored, with the status that each gets.</summary>
    private static readonly (string Body, HttpStatusCode Status)[] Bad =
    [
        ("", HttpStatusCode.BadRequest),
        ("{", HttpStatusCode.BadRequest),
        ("[{\"Age\":1},", HttpStatusCode.BadRequest),
        ("42", HttpStatusCode.BadRequest),
        ("null", HttpStatusCode.BadRequest),
        ("{\"Age\":\"old\"}", HttpStatusCode.BadRequest),
        ("{\"Nothing\":1}", HttpStatusCode.BadRequest),
        ("{\"Title\":\"\\ud800\"}", HttpStatusCode.BadRequest),
        (string.Concat(Enumerable.Repeat("[", 5_000)), HttpStatusCode.BadRequest),
        ($"[{string.Join(',', Enumerable.Repeat("{\"Age\":1}", 101))}]", HttpStatusCode.RequestEntityTooLarge),
        (new string(' ', 20_001), HttpStatusCode.RequestEntityTooLarge),
    ];

    private static TemporaryFolder _folder = null!;
    private static ServedModel _server = null!;

    private static string ModelFile => Path.Combine(_folder.Path, "model.zip");

    [ClassInitialize]
    public static void Start(TestContext _)
    {
        _folder = new TemporaryFolder();
        ReviewModels.Save(ModelFile);
        _server = new ServedModel(ModelFile, "--max-rows", "100", "--max-bytes", "20000");
    }

    [ClassCleanup]
    public static void Stop()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task Predict_ARowAndRows_GivesTheirScores()
    {
        var one = await Json(Post(JsonSerializer.Serialize(Row)));
        var two = await Json(Post(JsonSerializer.Serialize(new[] { Row, Row })));

        Assert.AreEqual(ReviewModels.Probability(Row), one.GetProperty("Probability").GetDouble(), 1e-6);
        Assert.IsTrue(one.GetProperty("PredictedLabel").GetString() is "yes" or "no");
        Assert.AreEqual(2, two.GetArrayLength());
    }

    [TestMethod]
    public async Task Health_And_Columns_TellOfTheModel()
    {
        var health = await _server.Client.GetFromJsonAsync<JsonElement>("/health");
        var columns = await _server.Client.GetFromJsonAsync<JsonElement>("/columns");

        Assert.AreEqual("Healthy", health.GetProperty("status").GetString());
        Assert.AreEqual("model.zip", health.GetProperty("model").GetString());
        CollectionAssert.AreEquivalent(
            new[] { "Title", "Body", "Department", "Age" }, columns.EnumerateArray().Select(column => column.GetProperty("name").GetString()).ToArray());
    }

    [TestMethod]
    public async Task Predict_OfABadBody_SaysWhatIsWrongAndNoMore()
    {
        foreach (var (body, status) in Bad)
        {
            using var response = await Post(body);
            string answer = await response.Content.ReadAsStringAsync();

            Assert.AreEqual(status, response.StatusCode, body);
            Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.IsFalse(string.IsNullOrWhiteSpace(JsonDocument.Parse(answer).RootElement.GetProperty("detail").GetString()));
            Assert.DoesNotContain("   at ", answer);
            Assert.DoesNotContain("Exception", answer);
        }
        string age = await (await Post("{\"Age\":\"old\"}")).Content.ReadAsStringAsync();
        Assert.Contains("Column 'Age' cannot be 'old': it needs a number.", JsonDocument.Parse(age).RootElement.GetProperty("detail").GetString()!);
    }

    [TestMethod]
    public async Task Predict_OfAnotherTypeOrMethodOrPath_IsRefused()
    {
        using var form = await _server.Client.PostAsync("/predict", new StringContent("{\"Age\":1}", Encoding.UTF8, "text/plain"));
        using var get = await _server.Client.GetAsync("/predict");
        using var nowhere = await _server.Client.GetAsync("/nowhere");
        var latin = new ByteArrayContent([(byte)'"', 0xE4, (byte)'"']);
        latin.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var notUtf8 = await _server.Client.PostAsync("/predict", latin);

        Assert.AreEqual(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        Assert.AreEqual(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.AreEqual(HttpStatusCode.NotFound, nowhere.StatusCode);
        Assert.AreEqual(HttpStatusCode.BadRequest, notUtf8.StatusCode);
    }

    [TestMethod]
    public async Task Server_TenThousandRequestsOfEightClientsWithBadOnesAmongThemAndANewModel_AnswersEach()
    {
        string good = JsonSerializer.Serialize(Row);
        double before = ReviewModels.Probability(Row), after = ReviewModels.Probability(Row, other: true);
        int answered = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (int i = 0; i < 1_250; i++)
            {
                int number = Interlocked.Increment(ref answered);
                if (number == 3_000) ReviewModels.Save(ModelFile, other: true);
                var (body, status) = i % 10 == client ? Bad[(i / 10) % Bad.Length] : (good, HttpStatusCode.OK);
                using var response = await Post(body);
                Assert.AreEqual(status, response.StatusCode);
                if (status != HttpStatusCode.OK) continue;
                double probability = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Probability").GetDouble();
                Assert.IsTrue(Math.Abs(probability - after) < 1e-6 || Math.Abs(probability - before) < 1e-6, $"{probability} is of no model.");
            }
        })));
        // The file is looked at each second, so a fast machine may be done before.
        await Until(after);

        Assert.AreEqual(10_000, answered);
        Assert.IsTrue(_server.IsRunning);
        Assert.IsTrue(SpinWait.SpinUntil(() => _server.Log.Contains("the new model is in use", StringComparison.Ordinal), TimeSpan.FromSeconds(30)), _server.Log);
        Assert.DoesNotContain("A request failed", _server.Log);
        Assert.IsLessThan(1_000_000_000, _server.Bytes);
        ReviewModels.Save(ModelFile);
        await Until(before);
    }

    [TestMethod]
    public async Task Host_OfAnotherName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/columns") { Headers = { Host = "elsewhere.example" } };
        using var response = await _server.Client.SendAsync(request);

        Assert.AreEqual(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [TestMethod]
    public void Serve_WhatIsNoModel_EndsWithASentence()
    {
        string text = _folder.Write("text.zip", "no model");
        foreach (string file in new[] { text, Path.Combine(_folder.Path, "none.zip") })
        {
            var tool = ChildProcess.Run(Repository.Program("src/MLNet.Embeddings.Tool", "mlnet-embeddings"), "serve", file, "--port", "0");

            Assert.AreNotEqual(0, tool.ExitCode);
            Assert.DoesNotContain("   at ", tool.Errors + tool.Output);
            Assert.Contains(Path.GetFileName(file), tool.Errors + tool.Output);
        }
    }

    /// <summary>Waits for the model that gives the row a probability.</summary>
    private static async Task Until(double probability)
    {
        for (int i = 0; i < 300; i++)
        {
            if (Math.Abs((await Json(Post(JsonSerializer.Serialize(Row)))).GetProperty("Probability").GetDouble() - probability) < 1e-6) return;
            await Task.Delay(100);
        }
        Assert.Fail("The new model is not used.");
    }

    private static Task<HttpResponseMessage> Post(string body) =>
        _server.Client.PostAsync("/predict", new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> Json(Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
