using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

namespace MLNet.Embeddings.Tests;

/// <summary>The example service, in memory.</summary>
[TestClass]
public sealed class ScoringServiceTests
{
    private const string Row = """{ "Title": "Love it", "Department": "Dresses", "Age": 33 }""";

    private static TemporaryFolder _folder = null!;
    private static WebApplicationFactory<Program> _service = null!;
    private static HttpClient _client = null!;

    private static string ModelFile => Path.Combine(_folder.Path, "model.zip");

    [ClassInitialize]
    public static void Start(TestContext _)
    {
        _folder = new TemporaryFolder();
        ReviewModels.Save(ModelFile);
        _service = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseSetting("Model", ModelFile));
        _client = _service.CreateClient();
    }

    [ClassCleanup]
    public static void Stop()
    {
        _client.Dispose();
        _service.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task Predict_ARow_GivesItsScoresAndIsMeasured()
    {
        var measured = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == "scoring.duration") all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => measured.Add(seconds));
        listener.Start();

        var scores = JsonDocument.Parse(await (await Post(Row)).Content.ReadAsStringAsync()).RootElement;

        var expected = ReviewModels.Probability(new Dictionary<string, object?> { ["Title"] = "Love it", ["Department"] = "Dresses", ["Age"] = 33 });
        Assert.AreEqual(expected, scores.GetProperty("Probability").GetDouble(), 1e-6);
        Assert.HasCount(1, measured);
    }

    [TestMethod]
    [DataRow("{", "LineNumber")]
    [DataRow("""{ "Age": "old" }""", "Column 'Age' cannot be 'old': it needs a number.")]
    public async Task Predict_BadRows_SaysWhatIsWrong(string body, string detail)
    {
        using var response = await Post(body);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.AreEqual(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(detail, problem.GetProperty("detail").GetString()!);
        Assert.DoesNotContain("   at ", problem.ToString());
    }

    [TestMethod]
    public async Task OpenApi_DescribesTheRowsOfTheModel()
    {
        var document = await _client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var row = document.GetProperty("components").GetProperty("schemas").GetProperty("Row").GetProperty("properties");
        CollectionAssert.AreEquivalent(new[] { "Title", "Body", "Department", "Age" }, row.EnumerateObject().Select(one => one.Name).ToArray());
        Assert.Contains("Dresses", row.GetProperty("Department").ToString());
        Assert.Contains("number", row.GetProperty("Age").GetProperty("type").ToString());
        string body = document.GetProperty("paths").GetProperty("/predict").GetProperty("post").GetProperty("requestBody").ToString();
        Assert.Contains("#/components/schemas/Row", body);
    }

    [TestMethod]
    public async Task Model_IsReplaced_WithoutARestart()
    {
        var row = new Dictionary<string, object?> { ["Title"] = "Love it", ["Department"] = "Dresses", ["Age"] = 33 };
        double expected = ReviewModels.Probability(row, other: true), found = double.NaN;

        ReviewModels.Save(ModelFile, other: true);
        for (int i = 0; i < 300 && !(Math.Abs(found - expected) < 1e-6); i++)
        {
            await Task.Delay(100);
            found = (await (await Post(Row)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Probability").GetDouble();
        }

        Assert.AreEqual(expected, found, 1e-6);
        ReviewModels.Save(ModelFile);
    }

    [TestMethod]
    public async Task Health_TellsTheModel() =>
        Assert.AreEqual("model.zip", (await _client.GetFromJsonAsync<JsonElement>("/health")).GetProperty("model").GetString());

    private static Task<HttpResponseMessage> Post(string body) => _client.PostAsync("/predict", new StringContent(body, Encoding.UTF8, "application/json"));
}
