using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Rows of names and values, scored by whole pipelines.</summary>
[TestClass]
public sealed class RowPipelineTests
{
    private static readonly MultiEmbeddingOptions Small = new() { HiddenUnits = [4], MaxEpochs = 2, ValidationFraction = 0, Seed = 1 };

    private readonly MLContext _mlContext = new(1);

    /// <summary>Numbers, an integer, a Boolean and a text, put together to a vector of features, with a step on the label.</summary>
    private IEstimator<ITransformer> Features => _mlContext.Transforms.Conversion.MapValueToKey("Class")
        .Append(_mlContext.Transforms.Categorical.OneHotEncoding("CityVector", "City"))
        .Append(_mlContext.Transforms.Conversion.ConvertType([new("FloorNumber", "Floor"), new("OpenNumber", "IsOpen")]))
        .Append(_mlContext.Transforms.Categorical.OneHotHashEncoding("TitleVector", "Title", numberOfBits: 4))
        .Append(_mlContext.Transforms.NormalizeMinMax("Area"))
        .Append(_mlContext.Transforms.Concatenate("Features", "Area", "Size", "CityVector", "FloorNumber", "OpenNumber", "TitleVector"));

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Predict_TrainerOfMLNetBehindItsSteps_GivesTheScoresOfTheFrame(bool load)
    {
        var rows = Rows(60);
        ITransformer model = Features.Append(_mlContext.MulticlassClassification.Trainers.NaiveBayes("Class"))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
        if (load) model = EstimatorWorkout.SaveAndLoad(model, rows.Schema);

        AssertLikeView(model, rows, expectedNames: ["PredictedLabel", "Score"]);
        var result = model.Predict(Values(rows)[0]);
        CollectionAssert.AreEquivalent(new[] { "high", "low" }, ((IReadOnlyDictionary<string, float>)result["Score"]!).Keys.ToArray());
    }

    [TestMethod]
    public void Predict_OurTrainerBehindStepsOfMLNet_GivesTheScoresOfTheView()
    {
        var rows = Rows(60);
        var model = Features.Append(_mlContext.Transforms.Text.IndexTokens("Words", "Title"))
            .Append(_mlContext.Transforms.Categorical.IndexCategories("TagKeys", "Tags"))
            .Append(_mlContext.MulticlassClassification.Trainers.MultiEmbedding(Small with
            {
                LabelColumnName = "Class",
                Columns = [InputColumn.Number("Features"), InputColumn.Sequence("Words", 4, SequenceEncoder.Mean()), InputColumn.Bag("TagKeys", 2)],
            })).Append(_mlContext.Transforms.CopyColumns("Copy", "Score")).Fit(rows);

        AssertLikeView(model.ForScoring(), rows, expectedNames: ["PredictedLabel", "Score", "Copy"]);
    }

    [TestMethod]
    public void Predict_FeaturesAsOneVector_AreGivenAsAList()
    {
        var rows = _mlContext.Data.LoadFromEnumerable(TrainingRow.Learnable(50, seed: 1));
        var model = _mlContext.BinaryClassification.Trainers.SdcaLogisticRegression(featureColumnName: "Numbers").Fit(rows);

        var result = model.Predict(new Dictionary<string, object?> { ["Numbers"] = new[] { 0.25, 0.5 } });

        float expected = model.Transform(TrainingRow.View(new TrainingRow { Numbers = [0.25f, 0.5f] })).GetColumn<float>("Score").Single();
        Assert.AreEqual(expected, result["Score"]);
        Assert.AreEqual("Column 'Numbers' cannot be a list of 1: it needs 2, each a number.",
            Assert.ThrowsExactly<ArgumentException>(() => model.Predict(new Dictionary<string, object?> { ["Numbers"] = new[] { 1 } })).Message);
    }

    [TestMethod]
    public void Predict_Clusters_GivesTheirNumber()
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Age", Enumerable.Range(0, 20).Select(i => i < 10 ? i : i + 1000f)));
        var model = _mlContext.Transforms.Concatenate("Features", "Age").Append(_mlContext.Clustering.Trainers.KMeans(numberOfClusters: 2)).Fit(frame);

        Assert.AreEqual(model.Score(frame)["PredictedLabel"][0], model.Predict(new Dictionary<string, object?> { ["Age"] = 0 })["PredictedLabel"]);
        Assert.HasCount(2, (float[])model.Predict(new Dictionary<string, object?> { ["Age"] = "0" })["Score"]!);
    }

    [TestMethod]
    public void Predict_SeveralLabels_HaveTheirNames()
    {
        var rows = Rows(60);
        var model = _mlContext.MultiOutput().Trainers.MultiEmbedding(Small with
        {
            Columns = [InputColumn.Number("Area"), InputColumn.Category("City", 2)],
            Labels = [LabelColumn.Regression("Size"), LabelColumn.Multiclass("Floor"), LabelColumn.Set("Tags"), LabelColumn.Binary("IsOpen")],
        }).Fit(rows);

        var result = model.Predict(new Dictionary<string, object?> { ["area"] = 0.5, ["city"] = "Oslo" });

        CollectionAssert.AreEqual(
            new[]
            {
                "Size.Score", "Floor.PredictedLabel", "Floor.Score", "Tags.PredictedLabel", "Tags.Score", "IsOpen.PredictedLabel", "IsOpen.Score",
                "IsOpen.Probability",
            },
            result.Keys.ToArray());
        Assert.IsInstanceOfType<float>(result["Size.Score"]);
        Assert.IsInstanceOfType<int>(result["Floor.PredictedLabel"]);
        Assert.IsInstanceOfType<bool>(result["IsOpen.PredictedLabel"]);
        var tags = (IReadOnlyDictionary<string, float>)result["Tags.Score"]!;
        CollectionAssert.AreEquivalent(new[] { "new", "sale", "rare", "old" }, tags.Keys.ToArray());
        CollectionAssert.AreEqual(tags.Where(tag => tag.Value >= 0.5f).Select(tag => tag.Key).ToArray(), (string[])result["Tags.PredictedLabel"]!);
        Assert.AreEqual(1, ((IReadOnlyDictionary<string, float>)result["Floor.Score"]!).Values.Sum(), 1e-5);
    }

    [TestMethod]
    public void RowColumns_OfRawColumns_TellWhatTheyHold()
    {
        var trainer = _mlContext.Regression.Trainers.MultiEmbedding(Small with
        {
            Columns = [InputColumn.Text("City"), InputColumn.Category("Floor", 2), InputColumn.Number("Area"), InputColumn.Bag("Tags", 2)],
            Labels = [LabelColumn.Regression("Size")],
        });

        var columns = trainer.Fit(Rows(60)).RowColumns().ToDictionary(column => column.Name);

        Assert.HasCount(4, columns);
        Assert.AreEqual((RowValueKind.Text, false, 0), (columns["City"].Kind, columns["City"].IsList, columns["City"].Terms.Count));
        Assert.AreEqual((RowValueKind.Number, false, 0), (columns["Area"].Kind, columns["Area"].IsList, columns["Area"].Terms.Count));
        Assert.AreEqual((RowValueKind.Category, false), (columns["Floor"].Kind, columns["Floor"].IsList));
        CollectionAssert.AreEquivalent(
            Rows(60).GetColumn<int>("Floor").Distinct().Select(floor => $"{floor}").ToArray(), columns["Floor"].Terms.ToArray());
        Assert.AreEqual((RowValueKind.Category, true), (columns["Tags"].Kind, columns["Tags"].IsList));
    }

    [TestMethod]
    public void RowColumns_OfStepsOfMLNet_HaveTheirTypesAndNoLabel()
    {
        var model = _mlContext.Transforms.Categorical.OneHotEncoding("City").Append(_mlContext.Transforms.Concatenate("Features", "City", "Area"))
            .Append(_mlContext.Regression.Trainers.Sdca("Size", maximumNumberOfIterations: 2)).Fit(Rows(60));

        CollectionAssert.AreEquivalent(new[] { "City: Text", "Area: Number" }, model.RowColumns().Select(column => $"{column.Name}: {column.Kind}").ToArray());
    }

    [TestMethod]
    public void Predict_EncoderDecoder_GivesTheTextOfTheView()
    {
        var model = _mlContext.Transforms.Text.NormalizeText("Result")
            .Append(SequenceEstimators.Of(SequenceEstimators.Tiny)).Fit(SumRow.View(SumRow.All(6, seed: 1)));

        var result = model.With(new DecodingOptions { Alternatives = 2 }).Predict(new Dictionary<string, object?> { ["Sum"] = "3+4" });

        var scored = model.With(new DecodingOptions { Alternatives = 2 }).Transform(SumRow.View(new SumRow { Sum = "3+4", Result = "" }));
        CollectionAssert.AreEqual(
            new[] { "Answer", "Answer.LogProbability", "Answer.Alternatives", "Answer.AlternativeScores" }, result.Keys.ToArray());
        Assert.AreEqual(scored.GetColumn<string>("Answer").Single(), result["Answer"]);
        CollectionAssert.AreEqual(scored.GetColumn<string[]>("Answer.Alternatives").Single(), (string[])result["Answer.Alternatives"]!);
    }

    [TestMethod]
    public void Predict_IntegersThatAStepAsksFor_MustBeWholeAndThere()
    {
        var frame = new DataFrame(new Int32DataFrameColumn("Floor", [1, 2, 3, 1]), new BooleanDataFrameColumn("Label", [true, false, false, true]));
        var model = _mlContext.Transforms.Categorical.OneHotEncoding("Features", "Floor")
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression()).Fit(frame);

        Assert.AreEqual(model.Score(frame)["Score"][1], model.Predict(new Dictionary<string, object?> { ["Floor"] = "2.0" })["Score"]);
        Assert.AreEqual("Column 'Floor' cannot be 1.5 (Double): it needs a whole number of type Int32.", Refusal(1.5));
        Assert.AreEqual("Column 'Floor' cannot be 3000000000 (Int64): it needs a whole number of type Int32.", Refusal(3_000_000_000L));
        Assert.AreEqual("Column 'Floor' is missing, which its type knows no value for: it needs a whole number of type Int32.", Refusal(null));

        string Refusal(object? given) =>
            Assert.ThrowsExactly<ArgumentException>(() => model.Predict(new Dictionary<string, object?> { ["Floor"] = given })).Message;
    }

    [TestMethod]
    [DataRow(true, 1)]
    [DataRow("false", 0)]
    [DataRow("1", 1)]
    [DataRow(0.0, 0)]
    public void Predict_ABooleanThatAStepAsksFor_MayBeGivenInWords(object given, int row)
    {
        var frame = new DataFrame(
            new BooleanDataFrameColumn("Open", [false, true, false, true]), new BooleanDataFrameColumn("Label", [true, false, true, false]));
        var model = _mlContext.Transforms.Categorical.OneHotEncoding("Features", "Open")
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression()).Fit(frame);

        Assert.AreEqual(model.Score(frame)["Score"][row], model.Predict(new Dictionary<string, object?> { ["Open"] = given })["Score"]);
        Assert.AreEqual("Column 'Open' cannot be 'maybe': it needs true or false.",
            Assert.ThrowsExactly<ArgumentException>(() => model.Predict(new Dictionary<string, object?> { ["Open"] = "maybe" })).Message);
    }

    private static void AssertLikeView(ITransformer model, IDataView rows, string[] expectedNames)
    {
        var scores = model.Transform(rows).GetColumn<float[]>("Score").ToArray();
        foreach (var (i, values) in Values(rows).Index())
        {
            var result = model.Predict(values);

            CollectionAssert.AreEqual(expectedNames, result.Keys.ToArray());
            var named = (IReadOnlyDictionary<string, float>)result["Score"]!;
            CollectionAssert.AreEqual(scores[i], named.Values.ToArray());
            Assert.AreEqual(named.MaxBy(score => score.Value).Key, result["PredictedLabel"]);
        }
    }

    private IDataView Rows(int count) => _mlContext.Data.LoadFromEnumerable(RawRow.Random(count, seed: 1).Select(row => new HouseRow
    {
        Title = row.Title,
        City = row.City,
        IsOpen = row.IsOpen,
        Floor = row.Floor,
        Size = row.Size,
        Area = float.IsNaN(row.Area) ? 0 : row.Area,
        Tags = row.Tags,
        Class = row.Label ? "high" : "low",
    }));

    private static Dictionary<string, object?>[] Values(IDataView rows) =>
    [
        .. new MLContext().Data.CreateEnumerable<HouseRow>(rows, reuseRowObject: false).Select(row => new Dictionary<string, object?>
        {
            ["Title"] = row.Title,
            ["City"] = row.City,
            ["IsOpen"] = row.IsOpen,
            ["Floor"] = row.Floor,
            ["Size"] = row.Size,
            ["Area"] = row.Area,
            ["Tags"] = row.Tags,
        }),
    ];

    private sealed class HouseRow
    {
        public string Title { get; set; } = "";
        public string City { get; set; } = "";
        public bool IsOpen { get; set; }
        public int Floor { get; set; }
        public float Size { get; set; }
        public float Area { get; set; }
        public string[] Tags { get; set; } = [];
        public string Class { get; set; } = "";
    }
}
