using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Rows that are written as JSON.</summary>
[TestClass]
public sealed class JsonRowsTests
{
    private static readonly MultiEmbeddingTransformer Model =
        Networks.Transformer(Networks.Random(1, [3], new NumberShape("Age", 1, MissingIndicator: true), new NumberShape("Pair", 2, MissingIndicator: true)));

    [TestMethod]
    public void PredictJson_AnObject_GivesAnObject()
    {
        var expected = Model.Predict(new Dictionary<string, object?> { ["Age"] = 40, ["Pair"] = new[] { 1.5, 2 } });

        var result = JsonDocument.Parse(Model.PredictJson("""{ "Age": "40", "more": { "a": [1, {}] }, "pair": [1.5, 2.0] }""")).RootElement;

        CollectionAssert.AreEqual(expected.Keys.ToArray(), result.EnumerateObject().Select(one => one.Name).ToArray());
        Assert.AreEqual(expected["PredictedLabel"], result.GetProperty("PredictedLabel").GetBoolean());
        Assert.AreEqual(expected["Score"], result.GetProperty("Score").GetSingle());
        Assert.AreEqual(expected["Probability"], result.GetProperty("Probability").GetSingle());
    }

    [TestMethod]
    public void PredictJson_AnArray_GivesAnArrayInTheSameOrder()
    {
        string first = Model.PredictJson("""{"Age":1}"""), second = Model.PredictJson("""{"Age":null,"Pair":[null,3]}""");

        Assert.AreNotEqual(first, second);
        Assert.AreEqual($"[{second},{first}]", Model.PredictJson("""[{"Age":null,"Pair":[null,3]},{"Age":1}]"""));
        Assert.AreEqual("[]", Model.PredictJson(" [ ] "));
    }

    [TestMethod]
    [DataRow("3", "The JSON is no object but Number;")]
    [DataRow("null", "The JSON is no object but Null;")]
    [DataRow("""[{"Age":1},[]]""", "Item 1 of the array is no object but StartArray;")]
    [DataRow("""[{"Age":1},{"Age":"x"}]""", "Item 1 of the array: Column 'Age' cannot be 'x': it needs a number.")]
    [DataRow("""{"Age":{"years":1}}""", "Column 'Age' cannot be an object of names and values: it needs a number.")]
    [DataRow("{}", "The row has none of the model's columns, which are 'Age', 'Pair'.")]
    public void PredictJson_WhatIsNoRow_SaysWhere(string json, string message) =>
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => Model.PredictJson(json)).Message, message);

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("""{"Age":1} x""")]
    [DataRow("""{"Age":1,}""")]
    [DataRow("""{"Age":"\ud800"}""")]
    [DataRow("""{"Age":["\ud800"]}""")]
    [DataRow("""{"\udc00":1}""")]
    public void PredictJson_NoJson_Throws(string json) => Assert.Throws<JsonException>(() => Model.PredictJson(json));

    [TestMethod]
    public void PredictJson_ValuesThatJsonHasNoNumberFor_AreNull()
    {
        var mlContext = new MLContext(1);
        var rows = Enumerable.Range(0, 40).Select(i => new Town { Size = i % 4, Name = i % 2 == 0 ? "Zürich" : "大阪" }).ToArray();
        var model = mlContext.MulticlassClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = "Name",
            Columns = [InputColumn.Number("Size")],
            HiddenUnits = [4],
            MaxEpochs = 1,
            Seed = 1,
        }).Fit(mlContext.Data.LoadFromEnumerable(rows));
        var unlike = mlContext.Transforms.CustomMapping<Score, Score>((from, to) => to.Values = [float.NaN, float.PositiveInfinity], null)
            .Fit(model.Transform(mlContext.Data.LoadFromEnumerable(rows)));

        string json = model.PredictJson("""{"Size":1}""");

        StringAssert.Contains(json, "\"Zürich\":");
        StringAssert.Contains(json, "\"大阪\":");
        Assert.AreEqual(1, JsonDocument.Parse(json).RootElement.GetProperty("Score").EnumerateObject().Sum(one => one.Value.GetSingle()), 1e-5);
        StringAssert.Contains(new TransformerChain<ITransformer>(model, unlike).PredictJson("""{"Size":1}"""), "\"Score\":[null,null]");
    }

    private sealed class Town
    {
        public float Size { get; set; }
        public string Name { get; set; } = "";
    }

    private sealed class Score
    {
        [ColumnName("Score"), VectorType(2)] public float[] Values { get; set; } = [];
    }
}
