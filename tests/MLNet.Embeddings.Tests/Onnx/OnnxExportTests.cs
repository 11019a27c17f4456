using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.Embeddings.Tests;

/// <summary>Whole pipelines as ONNX files.</summary>
[TestClass]
public sealed class OnnxExportTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";
        public string City { get; set; } = "";
        public float Age { get; set; }
        public string Day { get; set; } = "";
        public DateTime Time { get; set; }
        public TimeSpan Span { get; set; }
        public bool Likes { get; set; }
        public string Kind { get; set; } = "";
        public float Price { get; set; }
    }

    private static readonly MLContext Context = new(1);

    private static IDataView Rows(int count, int seed) => Context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i =>
    {
        var random = new Random(seed * 1000 + i);
        string[] words = ["Good", "bad,", "C#", "don't", "漢字", "👍🏽", "ÜBER", "fine.", "4.5"];
        int kind = random.Next(3);
        return new Row
        {
            Text = string.Join(' ', Enumerable.Range(0, random.Next(7)).Select(_ => words[random.Next(words.Length)])) + (kind == 0 ? " good" : ""),
            City = random.Next(5) switch { 0 => "", 1 => "Oslo", 2 => "Zürich", 3 => $"Ort {random.Next(50)}", _ => "Rom" },
            Age = random.Next(8) == 0 ? float.NaN : random.Next(90),
            Day = random.Next(9) == 0 ? "" : new DateOnly(2024, 1, 1).AddDays(random.Next(700)).ToString("O", CultureInfo.InvariantCulture),
            Time = random.Next(9) == 0 ? default : new DateTime(2023, 5, 5).AddMinutes(random.Next(700_000)),
            Span = TimeSpan.FromMinutes(random.Next(-100, 3000)),
            Likes = kind > 0,
            Kind = kind switch { 0 => "praise", 1 => "blame", _ => "ärger" },
            Price = random.Next(100) + 50 * kind,
        };
    }));

    [TestMethod]
    public void SaveOnnx_DefaultsOfRawColumns_ScoresAsTheModelByBatchesOfAnySize()
    {
        var model = Context.BinaryClassification.Trainers.MultiEmbedding(
            new MultiEmbeddingOptions { LabelColumnName = nameof(Row.Likes), Effort = TrainingEffort.Quick, Seed = 1, MaxEpochs = 2 }).Fit(
            Context.Transforms.DropColumns(nameof(Row.Kind), nameof(Row.Price)).Fit(Rows(1, 1)).Transform(Rows(400, 1)));

        string? problem = OnnxModels.Problem(model, Rows(200, 2));

        Assert.IsNull(problem, problem);
    }

    [TestMethod]
    public void SaveOnnx_SeveralLabels_HasTheColumnsOfEach()
    {
        var model = Several();

        string? problem = OnnxModels.Problem(model, Rows(64, 2));
        using var file = OnnxModels.File(model, Rows(1, 1).Schema);

        Assert.IsNull(problem, problem);
        CollectionAssert.AreEquivalent(
            new[] { "Likes.PredictedLabel", "Likes.Score", "Likes.Probability", "Kind.PredictedLabel", "Kind.Score", "Price.Score" }, file.Outputs.ToArray());
        CollectionAssert.Contains(new[] { "praise", "blame", "ärger" }, file.Run(Rows(1, 2), 1)["Kind.PredictedLabel"][0][0]);
    }

    [TestMethod]
    public void SaveOnnx_FromKeys_ScoresAsTheModelOfTheSameKeys()
    {
        var model = new MultiEmbeddingTransformer([], new TrainedModel(Networks.OfEveryKind()), Networks.History);
        var rows = NetworkRow.View(NetworkRow.Random(40));
        using var stream = new MemoryStream();
        Context.Model.SaveOnnx(model, rows.Schema, stream, new OnnxOptions { Inputs = OnnxInputKind.Keys });
        using var session = new InferenceSession(stream.ToArray());

        var read = NetworkRow.Random(40);
        NamedOnnxValue Keys(string name, Func<NetworkRow, uint[]> of)
        {
            // In a file that reads keys, padding is behind them.
            uint[][] all = [.. read.Select(row => of(row).Where(key => key > 0).ToArray())];
            int width = all.Max(keys => keys.Length);
            long[] filled = [.. all.SelectMany(keys => keys.Select(key => (long)key).Concat(new long[width - keys.Length]))];
            return NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(filled, [read.Length, width]));
        }
        using var results = session.Run(
        [
            NamedOnnxValue.CreateFromTensor(
                nameof(NetworkRow.Category), new DenseTensor<long>(Array.ConvertAll(read, row => (long)row.CategoryKey), [read.Length, 1])),
            Keys(nameof(NetworkRow.Gru), row => row.Gru), Keys(nameof(NetworkRow.Mean), row => row.Mean), Keys(nameof(NetworkRow.Max), row => row.Max),
            Keys(nameof(NetworkRow.Attention), row => row.Attention), Keys(nameof(NetworkRow.Bag), row => row.Bag),
            NamedOnnxValue.CreateFromTensor(nameof(NetworkRow.Numbers), new DenseTensor<double>(
                read.SelectMany(row => row.Numbers.Select(number => (double)number)).ToArray(), [read.Length, 2])),
        ], ["Score"]);

        float[] wanted = Networks.Scores(model.Transform(rows)), got = [.. results[0].AsTensor<float>()];
        for (int i = 0; i < wanted.Length; i++) Assert.AreEqual(wanted[i], got[i], 1e-5f);
    }

    [TestMethod]
    public void SaveOnnx_File_SaysWhatItIs()
    {
        using var stream = new MemoryStream();
        Context.Model.SaveOnnx(Several(), Rows(1, 1).Schema, stream);
        using var session = new InferenceSession(stream.ToArray());
        var metadata = session.ModelMetadata;

        Assert.AreEqual("MLNet.Embeddings", metadata.ProducerName);
        Assert.AreEqual("""["praise","blame","\u00E4rger"]""".Length, metadata.CustomMetadataMap["slots of Kind.Score"].Length);
        StringAssert.Contains(metadata.CustomMetadataMap["columns"], "Text");
        StringAssert.StartsWith(metadata.CustomMetadataMap["operators"], "com.microsoft");
        Assert.AreEqual(-1, session.InputMetadata["Text"].Dimensions[0]);
        Assert.AreEqual(typeof(long), session.InputMetadata["Time"].ElementType);
        CollectionAssert.AreEqual(new[] { "Text", "City", "Age", "Day", "Time", "Span" }, session.InputNames.ToArray());
    }

    [TestMethod]
    public void SaveOnnx_StepThatCannotBeExported_IsNamed()
    {
        var pipeline = Context.Transforms.CustomMapping<Row, Mapped>((row, mapped) => mapped.Doubled = 2 * row.Age, "double")
            .Append(Context.Regression.Trainers.MultiEmbedding(new()
            {
                LabelColumnName = nameof(Row.Price),
                Columns = [InputColumn.Number("Doubled")],
                MaxEpochs = 1,
            }));
        var model = pipeline.Fit(Rows(40, 1));

        var error = Assert.ThrowsExactly<NotSupportedException>(() => OnnxModels.File(model, Rows(1, 1).Schema));

        StringAssert.StartsWith(error.Message, "The step CustomMappingTransformer`2 of the pipeline cannot be exported to ONNX");
    }

    [TestMethod]
    public void SaveOnnx_ModelWithoutScores_IsRefused()
    {
        var model = Context.Transforms.Categorical.IndexCategories("Key", "City").Fit(Rows(10, 1));

        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => OnnxModels.File(model, Rows(1, 1).Schema)).Message, "The model makes no score columns");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<NotSupportedException>(() => OnnxModels.File(model, Rows(1, 1).Schema, new() { Inputs = OnnxInputKind.Keys })).Message,
            "OnnxOptions.Inputs = OnnxInputKind.Keys exports a multi-embedding model");
    }

    [TestMethod]
    public void SaveOnnx_SchemaWithoutTheLabel_IsEnoughThoughAStepReadsIt()
    {
        var model = Context.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Kind))
            .Append(Context.MulticlassClassification.Trainers.MultiEmbedding(new() { Columns = [InputColumn.Number(nameof(Row.Age))], MaxEpochs = 1 }))
            .Fit(Rows(60, 1));
        var unlabeled = Context.Transforms.DropColumns(nameof(Row.Kind)).Fit(Rows(1, 1)).Transform(Rows(1, 1));

        using var file = OnnxModels.File(model, unlabeled.Schema);

        CollectionAssert.Contains(new[] { "praise", "blame", "ärger" }, file.Run(unlabeled, 1)["PredictedLabel"][0][0]);
    }

    [TestMethod]
    public void SaveOnnx_WrongArguments_SayWhatIsNeeded()
    {
        var unaged = Context.Transforms.DropColumns(nameof(Row.Age)).Fit(Rows(1, 1)).Transform(Rows(1, 1));

        var missing = Assert.ThrowsExactly<ArgumentException>(() => OnnxModels.File(Several(), unaged.Schema));
        var kind = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => OnnxModels.File(Several(), unaged.Schema, new() { Inputs = (OnnxInputKind)9 }));

        StringAssert.StartsWith(missing.Message, "The input schema has no column 'Age', which the scores depend on; it has 'Text', 'City', ");
        StringAssert.StartsWith(kind.Message, "OnnxOptions.Inputs must be Raw or Keys.");
    }

    [TestMethod]
    public void SaveOnnx_ToAFile_ReplacesItWhole()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "old");

            Context.Model.SaveOnnx(Several(), Rows(1, 1).Schema, path);

            using var session = new InferenceSession(path);
            Assert.HasCount(6, session.OutputNames);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MultiEmbeddingTransformer Several() => (MultiEmbeddingTransformer)Context.MultiOutput().Trainers.MultiEmbedding(new()
    {
        Labels = [LabelColumn.Binary(nameof(Row.Likes)), LabelColumn.Multiclass(nameof(Row.Kind)), LabelColumn.Regression(nameof(Row.Price))],
        Columns =
        [
            InputColumn.Text(nameof(Row.Text), SequenceEncoder.Gru(4)), InputColumn.Category(nameof(Row.City)), InputColumn.Number(nameof(Row.Age)),
            InputColumn.Date(nameof(Row.Day)), InputColumn.Date(nameof(Row.Time)), InputColumn.Date(nameof(Row.Span)),
        ],
        HiddenUnits = [6],
        MaxEpochs = 1,
        Seed = 1,
    }).Fit(Rows(120, 1));

    private sealed class Mapped
    {
        public float Doubled { get; set; }
    }
}
