using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Models scored without ML.NET give the bits that their pipelines give.</summary>
[TestClass]
public sealed class EmbeddingModelTests
{
    private static readonly MultiEmbeddingTransformer Whole = RawRow.Trainer(RawRow.Options).Fit(RawRow.View(RawRow.Random(80, seed: 1)));

    private static readonly Lazy<BothScorers> WholeModel = new(() => new BothScorers(Whole));

    private static readonly MultiEmbeddingOptions Small = new() { HiddenUnits = [5], MaxEpochs = 1, NumberOfThreads = 1, Seed = 1 };

    private readonly MLContext _mlContext = new(1);

    private static IEnumerable<object?[]> Encoders =>
    [
        [SequenceEncoder.Gru(3, layers: 2, bidirectional: true, readout: GruReadout.Attention)], [SequenceEncoder.Lstm(3)],
        [SequenceEncoder.Convolution([2, 3], 4)], [SequenceEncoder.Mean()], [SequenceEncoder.Sum()], [SequenceEncoder.Max()], [SequenceEncoder.Attention()],
    ];

    private static IEnumerable<object?[]> NumberEncoders =>
        [[NumberEncoder.Standard()], [NumberEncoder.Quantile()], [NumberEncoder.PiecewiseLinear(4, 3)], [NumberEncoder.Periodic(3, 4)]];

    private static IEnumerable<object?[]> Labels =>
    [
        [new BinaryLabelShape("L")], [new BinaryLabelShape("L", new ClassValues(ClassKind.String, ["no", "yes"]))],
        [new BinaryLabelShape("L", new ClassValues(ClassKind.Int32, ["3", "7"])) { Threshold = 0.7 }],
        [new MulticlassLabelShape("L", 3, null)], [new MulticlassLabelShape("L", 3, new ClassValues(ClassKind.String, ["a", "b", "c"]))],
        [new MulticlassLabelShape("L", 2, new ClassValues(ClassKind.DateTime, ["2024-03-05T00:00:00.0000000", "2024-03-06T00:00:00.0000000Z"]))],
        [new MulticlassLabelShape("L", 2, new ClassValues(ClassKind.Single, ["0.5", "1"]))],
        [new SetLabelShape("L", 4, new ClassValues(ClassKind.String, ["a", "b", "c", "d"]))], [new SetLabelShape("L", 4, null)],
        [new SetLabelShape("L", 2, new ClassValues(ClassKind.Int64, ["5", "6"]))], [new RegressionLabelShape("L", 3.7, 12.5f)],
    ];

    [TestMethod]
    public void Predict_EveryRawKindMembersAndWidePart_GivesThePipelinesBits() => WholeModel.Value.AssertSame(RawRow.Random(40, seed: 2).Select(Values));

    [TestMethod]
    [DataRow("Title", null)]
    [DataRow("Title", "")]
    [DataRow("Title", "  ")]
    [DataRow("Title", "Unheard of Größe \u0301 😀")]
    [DataRow("City", null)]
    [DataRow("City", "Atlantis")]
    [DataRow("IsOpen", "True")]
    [DataRow("Floor", 2.0)]
    [DataRow("Size", 1e30)]
    [DataRow("Area", null)]
    [DataRow("Area", double.PositiveInfinity)]
    [DataRow("Area", "1e-3")]
    [DataRow("Listed", null)]
    [DataRow("Listed", "2031-12-31T23:59")]
    [DataRow("Seen", "2024-03-05T10:00:00+02:00")]
    [DataRow("Took", "1.23:59:59")]
    [DataRow("Sold", null)]
    [DataRow("Sold", "29.2.2024")]
    [DataRow("Tags", null)]
    [DataRow("Tags", new string[0])]
    [DataRow("Tags", new[] { "new", null, "", "unheard", "new" })]
    public void Predict_MissingUnknownAndOddValues_GivesThePipelinesBits(string column, object? value)
    {
        var row = Values(RawRow.Random(1, seed: 3)[0]);
        row[column] = value;

        WholeModel.Value.AssertSame([row]);
    }

    [TestMethod]
    public void Predict_LongText_GivesThePipelinesBits()
    {
        var row = Values(RawRow.Random(1, seed: 3)[0]);
        row["Title"] = string.Join(' ', Enumerable.Range(0, 3_000).Select(i => i % 3 == 0 ? "fine" : $"word{i}"));

        WholeModel.Value.AssertSame([row]);
    }

    [TestMethod]
    public void Columns_EveryRawKind_AreThoseOfThePipeline() => WholeModel.Value.AssertSameColumns();

    [TestMethod]
    public void PredictJson_RowsAndArrays_GivesThePipelinesText()
    {
        const string json = """[{"Title":"Fine coat","city":"Oslo","Floor":2,"Took":"10:00","Tags":["new",null]},{"Area":0.25,"Took":"10:00","Id":{"a":1}}]""";

        Assert.AreEqual(Whole.PredictJson(json), WholeModel.Value.Standalone.PredictJson(json));
        Assert.AreEqual("[]", WholeModel.Value.Standalone.PredictJson("[]"));
    }

    [TestMethod]
    [DataRow("Area", "wide")]
    [DataRow("Tags", "new")]
    [DataRow("Took", null)]
    [DataRow("Sold", "yesterday")]
    public void Predict_AValueThatDoesNotFit_IsThePipelinesError(string column, object? value)
    {
        var row = Values(RawRow.Random(1, seed: 3)[0]);
        row[column] = value;
        string expected = Assert.ThrowsExactly<ArgumentException>(() => Whole.Predict(row)).Message;

        Assert.AreEqual(expected, Assert.ThrowsExactly<ArgumentException>(() => WholeModel.Value.Standalone.Predict(row)).Message);
        WholeModel.Value.AssertSame([Values(RawRow.Random(1, seed: 4)[0])]);
    }

    [TestMethod]
    public void Predict_NoColumnOfTheModel_Throws()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => WholeModel.Value.Standalone.Predict(new Dictionary<string, object?> { ["Weight"] = 1 }));

        StringAssert.StartsWith(error.Message, "The row has none of the model's columns, which are ");
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Predict_TextsOfEachEncoder_GivesThePipelinesBits(SequenceEncoder encoder)
    {
        var title = InputColumn.Text("Title", encoder) with { Dimensions = 4 };
        var model = RawRow.Trainer(Small with { Columns = [title, InputColumn.Category("City")] }).Fit(RawRow.View(RawRow.Random(60, seed: 1)));

        new BothScorers(model).AssertSame([.. RawRow.Random(9, seed: 2).Select(Values), Row(("Title", ""), ("City", null)), Row(("City", "Rome"))]);
    }

    [TestMethod]
    [DynamicData(nameof(NumberEncoders))]
    public void Predict_NumbersOfEachEncoder_GivesThePipelinesBits(NumberEncoder encoder)
    {
        var options = Small with { Columns = [InputColumn.Number("Area", encoder), InputColumn.Number("Size", encoder)] };
        var model = RawRow.Trainer(options).Fit(RawRow.View(RawRow.Random(60, seed: 1)));

        new BothScorers(model).AssertSame([.. RawRow.Random(9, seed: 2).Select(Values), Row(("Area", null), ("Size", -7)), Row(("Size", 1e300))]);
    }

    [TestMethod]
    public void Predict_KeysAndVectors_GivesThePipelinesBits()
    {
        var both = new BothScorers(Networks.Transformer(Networks.OfEveryKind()));

        both.AssertSame(NetworkRow.Random(20).Select(row => Row(("Category", row.CategoryKey), ("Gru", row.Gru), ("Mean", row.Mean), ("Max", row.Max),
            ("Attention", row.Attention), ("Bag", row.Bag), ("Numbers", row.Numbers))));
        both.AssertSameColumns();
    }

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void Predict_EachKindOfLabel_GivesThePipelinesValues(object label)
    {
        var shape = new NetworkShape([new NumberShape("Age", Size: 1, MissingIndicator: true)], new HeadShape([4]), [(LabelShape)label]);

        new BothScorers(Networks.Transformer(Networks.Random(3, shape))).AssertSame(Ages);
    }

    [TestMethod]
    public void Predict_SeveralLabels_GivesThePipelinesColumns()
    {
        LabelShape[] labels =
        [
            new BinaryLabelShape("Sold") { Threshold = 0.2 }, new MulticlassLabelShape("Kind", 2, new ClassValues(ClassKind.String, ["a", "b"])),
            new RegressionLabelShape("Price", 100, 20),
        ];
        var shape = new NetworkShape([new NumberShape("Age", Size: 1, MissingIndicator: true)], new HeadShape([4]), labels, NamesLabels: true);

        new BothScorers(Networks.Transformer(Networks.Random(3, shape))).AssertSame(Ages);
    }

    [TestMethod]
    public void Predict_SeveralLabelsOfMembersAndAWidePart_GivesThePipelinesColumns()
    {
        var options = new MultiEmbeddingOptions
        {
            Labels = [LabelColumn.Binary("Label"), LabelColumn.Multiclass("City"), LabelColumn.Regression("Size")],
            Columns = [InputColumn.Text("Title"), InputColumn.Category("Floor"), InputColumn.Date("Listed")],
            Members = 2,
            Wide = true,
            MaxEpochs = 1,
            NumberOfThreads = 2,
            Seed = 1,
        };
        var model = _mlContext.MultiOutput().Trainers.MultiEmbedding(options).Fit(RawRow.View(RawRow.Random(60, seed: 1)));

        new BothScorers(model).AssertSame(RawRow.Random(9, seed: 2).Select(Values));
        new BothScorers(model.WithThreshold(0.9, "Label")).AssertSame(RawRow.Random(9, seed: 2).Select(Values));
    }

    [TestMethod]
    public void Predict_OurIndexingStepsBeforeTheTrainer_GivesThePipelinesBits()
    {
        var both = new BothScorers(Indexed(_mlContext.Transforms.Text.IndexTokens("Words", "Title", new TokenIndexingOptions { NgramLength = 2 })
            .Append(_mlContext.Transforms.Categorical.IndexCategories("City"))
            .Append(_mlContext.Transforms.Categorical.IndexCategories("Tags"))));

        both.AssertSame([.. RawRow.Random(9, seed: 2).Select(Values), Row(("Title", null), ("Tags", null)), Row(("City", ""))]);
        both.AssertSameColumns();
    }

    [TestMethod]
    public void Predict_HashedKeysBeforeTheTrainer_GivesThePipelinesBits()
    {
        var words = new TokenIndexingOptions { NgramLength = 2, NgramHashBuckets = 30, FixedLength = true, MaxLength = 4 };
        var hashed = new CategoryIndexingOptions { HashBuckets = 50 };
        var both = new BothScorers(Indexed(
            _mlContext.Transforms.Text.IndexTokens("Words", "Title", words)
            .Append(_mlContext.Transforms.Categorical.IndexCategories("City", options: hashed))
            .Append(_mlContext.Transforms.Categorical.IndexCategories("Tags", "Body", hashed with { HashFunctions = 3 }))));

        both.AssertSame([.. RawRow.Random(9, seed: 2).Select(Values), Row(("Title", null), ("Body", null)), Row(("City", "Rome"))]);
    }

    [TestMethod]
    public void Load_AModelOfAnEarlierVersion_GivesThePipelinesBits()
    {
        string path = Repository.Path("tests/MLNet.Embeddings.Tests/OldModels/columns.zip");
        var rows = OldModel<OldTextRow, Prediction>.Load("columns").Rows;
        var pipeline = _mlContext.Model.Load(path, out _);
        var standalone = EmbeddingModel.Load(path);

        foreach (var row in rows)
        {
            var values = typeof(OldTextRow).GetProperties().ToDictionary(property => property.Name, property => property.GetValue(row));
            Assert.AreEqual(pipeline.Predict(values)["Score"], standalone.Predict(values)["Score"]);
        }
    }

    [TestMethod]
    public void Predict_OnManyThreads_GivesTheScoresOfOne()
    {
        Dictionary<string, object?>[] rows = [.. RawRow.Random(20, seed: 5).Select(Values)];
        var model = WholeModel.Value.Standalone;
        object?[] expected = [.. rows.Select(row => model.Predict(row)["Score"])], scores = new object?[200];

        Parallel.For(0, scores.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => scores[i] = model.Predict(rows[i % rows.Length])["Score"]);

        CollectionAssert.AreEqual(Enumerable.Range(0, scores.Length).Select(i => expected[i % rows.Length]).ToArray(), scores);
    }

    private static IEnumerable<Dictionary<string, object?>> Ages => Enumerable.Range(-20, 40).Select(age => Row(("Age", age / 3.0))).Append(Row(("Age", null)));

    private static TransformerChain<MultiEmbeddingTransformer> Indexed(IEstimator<ITransformer> steps) => steps
        .Append(RawRow.Trainer(Small with
        {
            Columns = [InputColumn.Sequence("Words", 4, SequenceEncoder.Mean()), InputColumn.Category("City", 3), InputColumn.Bag("Tags", 3)],
        }))
        .Fit(RawRow.View(RawRow.Random(60, seed: 1)));

    private static Dictionary<string, object?> Values(RawRow row) =>
        typeof(RawRow).GetProperties().Where(property => property.Name != "Label").ToDictionary(property => property.Name, property => property.GetValue(row));

    private static Dictionary<string, object?> Row(params (string Name, object? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value);
}
