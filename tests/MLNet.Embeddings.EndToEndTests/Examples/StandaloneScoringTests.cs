using System.Globalization;
using System.Text.Json;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>The program that scores without ML.NET, compiled ahead of time.</summary>
[TestClass]
public sealed class StandaloneScoringTests
{
    private const long LargestFile = 8_000_000;

    private static readonly MLContext Context = new(1);

    private static TemporaryFolder _folder = null!;
    private static string _program = "";

    [ClassInitialize]
    public static void Publish(TestContext _)
    {
        _folder = new TemporaryFolder();
        string output = Path.Combine(_folder.Path, "program");
        var publish = ChildProcess.Run(
            "publish", Repository.Path("examples/StandaloneScoring"), "-c", "Release", "--use-current-runtime",
            "--artifacts-path", Path.Combine(_folder.Path, "artifacts"), "-o", output, "-p:RunAnalyzers=false");
        Assert.AreEqual(0, publish.ExitCode, publish.Output);
        _program = Path.Combine(output, OperatingSystem.IsWindows() ? "StandaloneScoring.exe" : "StandaloneScoring");
    }

    [ClassCleanup]
    public static void Remove() => _folder.Dispose();

    [TestMethod]
    public void Program_IsOneSmallFileOfItsOwn()
    {
        Assert.IsLessThan(LargestFile, new FileInfo(_program).Length);
        Assert.IsEmpty(Directory.GetFiles(Path.GetDirectoryName(_program)!, "*.dll"));
    }

    [TestMethod]
    public void Scores_MembersWidePartAndSeveralLabels_HaveThePipelinesBits() => AssertSame(new()
    {
        Labels = [LabelColumn.Binary("Sold"), LabelColumn.Multiclass("Kind"), LabelColumn.Regression("Price")],
        Columns =
        [
            InputColumn.Text("Title"), InputColumn.Category("City"), InputColumn.Number("Area"), InputColumn.Date("Listed"), InputColumn.Bag("Tags"),
        ],
        Members = 3,
        Wide = true,
        MaxEpochs = 2,
        Seed = 1,
    });

    [TestMethod]
    public void Scores_RecurrentAndConvolutionalTexts_HaveThePipelinesBits() => AssertSame(new()
    {
        Labels = [LabelColumn.Binary("Sold"), LabelColumn.Regression("Price")],
        Columns =
        [
            InputColumn.Text("Title", SequenceEncoder.Gru(40, layers: 2, bidirectional: true, readout: GruReadout.Attention)) with { Dimensions = 30 },
            InputColumn.Text("Body", SequenceEncoder.Lstm(24)) with { Dimensions = 20 },
            InputColumn.Text("Note", SequenceEncoder.Convolution([2, 3], 30)) with { Dimensions = 25 },
            InputColumn.Number("Area", NumberEncoder.Periodic()), InputColumn.Number("Size", NumberEncoder.PiecewiseLinear()),
        ],
        HiddenUnits = [50, 20],
        Normalization = Normalization.Layer,
        Activation = ActivationFunction.Silu,
        EnsembleSize = 4,
        MaxEpochs = 1,
        Seed = 1,
    });

    [TestMethod]
    public void Scores_NoModelOrNoRow_AreRefusedWithTheCause()
    {
        var missing = ChildProcess.RunWithInput("", _program, "no-such-file.zip");
        Assert.AreEqual(1, missing.ExitCode);
        Assert.Contains("no-such-file.zip", missing.Errors);
        Assert.AreEqual(2, ChildProcess.RunWithInput("", _program).ExitCode);
    }

    /// <summary>Trains a model, scores rows by the program and by the pipeline, and wants the same JSON, whose numbers keep their bits.</summary>
    private static void AssertSame(MultiEmbeddingOptions options)
    {
        var data = Context.Data.LoadFromEnumerable(StandaloneRow.Random(300, seed: 1));
        ITransformer model = Context.MultiOutput().Trainers.MultiEmbedding(options).Fit(data);
        string file = Path.Combine(_folder.Path, "model.zip");
        Context.Model.Save(model, data.Schema, file);
        string[] rows =
        [
            .. StandaloneRow.Random(100, seed: 2).Select(row => JsonSerializer.Serialize(row)), """{"Title":null}""",
            """{"Title":"unheard Größe 😀","City":"Atlantis","Area":"1e5","Tags":["x",null,""],"Listed":"2031-12-31T23:59"}""",
            $$"""{"Title":"{{string.Join(' ', Enumerable.Repeat("fine long coat", 400))}}","Note":"a","Size":-1e300}""",
        ];

        var run = ChildProcess.RunWithInput(string.Join('\n', rows), _program, file);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode);
        CollectionAssert.AreEqual(rows.Select(model.PredictJson).ToArray(), run.Lines);
    }

    /// <summary>A row of each kind of raw column.</summary>
    private sealed class StandaloneRow
    {
        private static readonly string[] Words = ["fine", "torn", "coat", "shirt", "shoe", "hat", "old", "new", "red", "blue"];
        private static readonly string[] Places = ["Oslo", "Lima", "Cairo", ""];

        public bool Sold { get; set; }
        public string Kind { get; set; } = "";
        public float Price { get; set; }
        public string Title { get; set; } = "";
        public string Body { get; set; } = "";
        public string Note { get; set; } = "";
        public string City { get; set; } = "";
        public double Area { get; set; }
        public float Size { get; set; }
        public string Listed { get; set; } = "";
        public string[] Tags { get; set; } = [];

        internal static IEnumerable<StandaloneRow> Random(int count, int seed)
        {
            var random = new Random(seed);
            string Text(int most) => string.Join(' ', random.GetItems(Words, random.Next(most)));
            return [.. Enumerable.Range(0, count).Select(_ => new StandaloneRow
            {
                Sold = random.Next(2) == 1,
                Kind = $"kind {random.Next(4)}",
                Price = random.Next(100),
                Title = Text(9),
                Body = Text(30),
                Note = Text(5),
                City = Places[random.Next(Places.Length)],
                Area = random.NextDouble() * 1000,
                Size = random.NextSingle(),
                Listed = new DateTime(2024, 1, 1).AddHours(random.Next(20_000)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Tags = random.GetItems(Words, random.Next(4)),
            })];
        }
    }
}
