using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TransformerScoringExtensionsTests
{
    private static readonly NumberShape Age = new("Age", Size: 1, MissingIndicator: true);

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(250)]
    public void Score_AnyNumberOfRows_AddsTheColumnsRowForRow(int count)
    {
        var network = Networks.Random(1, [3], Age);
        float[] ages = [.. Enumerable.Range(0, count).Select(i => i * 0.5f)];
        var frame = new DataFrame(new SingleDataFrameColumn("Age", ages));

        var scored = Networks.Transformer(network).Score(frame);

        CollectionAssert.AreEqual(new[] { "Age", "PredictedLabel", "Score", "Probability" }, Names(scored));
        Assert.AreEqual(count, scored.Rows.Count);
        for (int i = 0; i < count; i++)
        {
            double expected = PlainForward.Score(network, new[] { ages[i] });
            Assert.AreEqual(ages[i], scored["Age"][i]);
            Assert.AreEqual(expected, (float)scored["Score"][i], 1e-4);
            Assert.AreEqual(1 / (1 + Math.Exp(-expected)), (float)scored["Probability"][i], 1e-4);
            Assert.AreEqual((float)scored["Score"][i] > 0, scored["PredictedLabel"][i]);
        }
    }

    [TestMethod]
    public void Score_GivenFrame_IsUnchanged()
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1, 2]), new StringDataFrameColumn("Score", ["a", "b"]));

        var scored = Transformer().Score(frame);
        scored["Age"][0] = 99f;

        CollectionAssert.AreEqual(new[] { "Age", "Score" }, Names(frame));
        Assert.AreEqual(1f, frame["Age"][0]);
        Assert.AreEqual("b", frame["Score"][1]);
    }

    [TestMethod]
    public void Score_ColumnOfTheSameName_IsReplacedInItsPlace()
    {
        var frame = new DataFrame(new StringDataFrameColumn("Score", ["a", "b"]), new SingleDataFrameColumn("Age", [1, 2]));

        var scored = Transformer().Score(frame);

        CollectionAssert.AreEqual(new[] { "Score", "Age", "PredictedLabel", "Probability" }, Names(scored));
        Assert.IsInstanceOfType<float>(scored["Score"][0]);
    }

    [TestMethod]
    public void Score_NullInANumberColumn_IsMissing()
    {
        var network = Networks.Random(1, [3], Age);
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1f, null]));

        var scored = Networks.Transformer(network).Score(frame);

        Assert.AreEqual(PlainForward.Score(network, new[] { float.NaN }), (float)scored["Score"][1], 1e-5);
    }

    [TestMethod]
    public void Score_IntegersConvertedAsTheDocumentationSays_KeepTheirNulls()
    {
        var network = Networks.Random(1, [3], Age);
        var frame = new DataFrame(new Int32DataFrameColumn("Age", [1, null]));

        var ages = (Int32DataFrameColumn)frame["Age"];
        frame["Age"] = new SingleDataFrameColumn("Age", ages.Select(age => (float?)age));
        var scored = Networks.Transformer(network).Score(frame);

        Assert.AreEqual(PlainForward.Score(network, new[] { 1f }), (float)scored["Score"][0], 1e-5);
        Assert.AreEqual(PlainForward.Score(network, new[] { float.NaN }), (float)scored["Score"][1], 1e-5);
    }

    [TestMethod]
    public void Score_FrameWithoutANeededColumn_NamesIt()
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Ages", [1]));

        Assert.AreEqual(
            "Could not find number column 'Age'. The input has: 'Ages'. " +
            "It was there in training: give data that has it, under this name. A column that a fitted step made then must be made by that step. " +
            "(Parameter 'inputSchema')",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Transformer().Score(frame)).Message);
    }

    [TestMethod]
    public void Score_PredictedLabelIsAKey_GivesItsText()
    {
        var frame = CreateLabelled();
        var model = _mlContext.Transforms.Concatenate("Features", "Age")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.MulticlassClassification.Trainers.NaiveBayes())
            .Fit(frame);

        var scored = model.Score(frame);

        Assert.AreEqual(300, scored.Rows.Count);
        Assert.IsTrue(scored["PredictedLabel"].Cast<string>().All(label => label is "young" or "old"));
        CollectionAssert.AreEqual(new[] { "Age", "Label", "PredictedLabel", "Score", "Score.young", "Score.old" }, Names(scored));
    }

    [TestMethod]
    public void Score_PredictedLabelIsAKeyOfNumbers_GivesTheNumbers()
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [10, 11, 70, 71]), new SingleDataFrameColumn("Label", [5, 5, 7.5f, 7.5f]));
        var model = _mlContext.Transforms.Concatenate("Features", "Age")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.MulticlassClassification.Trainers.NaiveBayes())
            .Fit(frame);

        Assert.IsTrue(model.Score(frame)["PredictedLabel"].Cast<float>().All(label => label is 5 or 7.5f));
    }

    [TestMethod]
    public void Score_PredictedLabelMappedToTextByThePipeline_IsAdded()
    {
        var frame = CreateLabelled();
        var model = _mlContext.Transforms.Concatenate("Features", "Age")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_mlContext.MulticlassClassification.Trainers.NaiveBayes())
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(frame);

        Assert.IsTrue(model.Score(frame)["PredictedLabel"].Cast<string>().All(label => label is "young" or "old"));
    }

    [TestMethod]
    public void Score_KeyWithoutValues_GivesItsNumber()
    {
        var frame = CreateLabelled();
        var model = _mlContext.Transforms.Concatenate("Features", "Age").Append(_mlContext.Clustering.Trainers.KMeans(numberOfClusters: 2)).Fit(frame);

        var clusters = model.Score(frame)["PredictedLabel"].Cast<uint>().Distinct().Order().ToArray();

        CollectionAssert.AreEqual(new[] { 1u, 2u }, clusters);
    }

    [TestMethod]
    public void Score_AfterAnotherModel_AddsTheColumnsOfTheLast()
    {
        var first = Networks.Transformer(Networks.Random(1, [], Age));
        var second = Networks.Transformer(Networks.Random(2, [], Age));
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1, 2]));

        var scored = new TransformerChain<ITransformer>(first, second).Score(frame);

        Assert.AreEqual(second.Score(frame)["Score"][0], scored["Score"][0]);
        CollectionAssert.AreEqual(new[] { "Age", "PredictedLabel", "Score", "Probability" }, Names(scored));
    }

    [TestMethod]
    public void Score_ModelWithoutScores_SaysWhatToUse()
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1]));
        var model = _mlContext.Transforms.Concatenate("Features", "Age").Fit(frame);

        Assert.AreEqual(
            "The model makes no score columns; Score needs a model that ends in a trainer. Use Transform for other models. (Parameter 'model')",
            Assert.ThrowsExactly<ArgumentException>(() => model.Score(frame)).Message);
    }

    [TestMethod]
    public void Score_Null_Throws()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => ((ITransformer)null!).Score(new DataFrame()));
        Assert.ThrowsExactly<ArgumentNullException>(() => Transformer().Score(null!));
    }

    private static MultiEmbeddingTransformer Transformer() => Networks.Transformer(Networks.Random(1, [3], Age));

    private static DataFrame CreateLabelled() => new(
        new SingleDataFrameColumn("Age", Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? -i - 1f : i)),
        new StringDataFrameColumn("Label", Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? "young" : "old")));

    private static string[] Names(DataFrame frame) => [.. frame.Columns.Select(column => column.Name)];
}
