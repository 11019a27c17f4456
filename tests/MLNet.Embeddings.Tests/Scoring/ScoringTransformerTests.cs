using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Pipelines with steps on the label, over data that has none.</summary>
[TestClass]
public sealed class ScoringTransformerTests
{
    private static readonly NumberShape Age = new("Age", Size: 1, MissingIndicator: true);

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow("MapValueToKey")]
    [DataRow("ConvertType")]
    [DataRow("MapValue")]
    [DataRow("derived")]
    [DataRow("nested")]
    [DataRow("custom")]
    [DataRow("expression")]
    [DataRow("several")]
    [DataRow("with a feature")]
    [DataRow("selected")]
    public void Score_StepsOnALabelThatIsNotThere_GivesTheSameScores(string steps)
    {
        var labelled = Labelled();
        var model = Pipeline(steps, labelled);

        var scored = model.Score(new DataFrame(labelled["Age"].Clone()));

        var expected = model.Score(labelled);
        CollectionAssert.AreEqual(new[] { "Age", "PredictedLabel", "Score", "Probability" }, scored.Columns.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(expected["Score"].Cast<float>().ToArray(), scored["Score"].Cast<float>().ToArray());
    }

    [TestMethod]
    public void Transform_ViewWithoutTheLabel_HasNothingThatIsMadeOfIt()
    {
        var model = Pipeline("derived", Labelled()).ForScoring();

        var scored = model.Transform(_mlContext.Data.LoadFromEnumerable(new[] { new Input { Age = 3 }, new Input { Age = -1 } }));

        CollectionAssert.AreEqual(new[] { "Age", "PredictedLabel", "Score", "Probability" }, scored.Schema.Select(column => column.Name).ToArray());
        Assert.AreEqual(2, scored.GetColumn<float>("Score").Distinct().Count());
    }

    [TestMethod]
    public void Transform_ViewWithTheLabel_IsThatOfTheModel()
    {
        var labelled = Labelled();
        var model = Pipeline("derived", labelled);

        CollectionAssert.AreEqual(
            model.Transform(labelled).Schema.Select(column => column.Name).ToArray(),
            model.ForScoring().Transform(labelled).Schema.Select(column => column.Name).ToArray());
    }

    [TestMethod]
    public void CreatePredictionEngine_LoadedModelAndAClassWithoutTheLabel_Predicts()
    {
        var labelled = Labelled();
        var model = Pipeline("nested", labelled);
        var loaded = EstimatorWorkout.SaveAndLoad(model, ((IDataView)labelled).Schema);

        var engine = _mlContext.Model.CreatePredictionEngine<Input, Prediction>(loaded.ForScoring());

        for (int i = 0; i < labelled.Rows.Count; i++)
            Assert.AreEqual(model.Score(labelled)["Score"][i], engine.Predict(new Input { Age = (float)labelled["Age"][i] }).Score);
    }

    [TestMethod]
    public void Save_ForScoring_SavesTheModel()
    {
        var labelled = Labelled();

        var loaded = EstimatorWorkout.SaveAndLoad(Pipeline("derived", labelled).ForScoring(), ((IDataView)labelled).Schema);

        Assert.IsNotNull(loaded.Transform(labelled).Schema.GetColumnOrNull("Key"));
    }

    [TestMethod]
    public void Transform_NoColumnIsMissingButAStepSaysSo_ThrowsItsError()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new Refusing().ForScoring().Transform(Labelled()));

        Assert.AreEqual("Could not find column 'Age'", error.Message);
    }

    [TestMethod]
    public void Score_AFeatureIsMissingToo_NamesTheFeature()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => Pipeline("MapValueToKey", Labelled()).Score(new DataFrame(new SingleDataFrameColumn("Height", [1]))));

        StringAssert.Contains(error.Message, "Could not find number column 'Age'");
    }

    [TestMethod]
    public void Score_WhatAScoreDependsOnIsMadeOfTheMissingColumn_Throws()
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1, 2]), new SingleDataFrameColumn("Factor", [1, 2]));
        var model = _mlContext.Transforms.Expression("Age", "(a, b) => a * b", "Age", "Factor").Fit(frame).Append(Network());

        var error = Assert.Throws<InvalidOperationException>(() => model.Score(new DataFrame(new SingleDataFrameColumn("Age", [1, 2]))));

        Assert.AreEqual("Column Factor does not exist in the input schema", error.Message);
    }

    [TestMethod]
    public void Transform_SchemasInTurn_AreBoundEachForItself()
    {
        var labelled = Labelled();
        var model = Pipeline("MapValueToKey", labelled);
        var plain = new DataFrame(labelled["Age"].Clone());
        var more = new DataFrame(new StringDataFrameColumn("Name", labelled.Rows.Count), labelled["Age"].Clone());

        foreach (var frame in new[] { plain, more, labelled, plain, more })
            CollectionAssert.AreEqual(model.Score(labelled)["Score"].Cast<float>().ToArray(), model.Score(frame)["Score"].Cast<float>().ToArray());
    }

    private ITransformer Pipeline(string steps, DataFrame data)
    {
        var conversion = _mlContext.Transforms.Conversion;
        IEstimator<ITransformer> labels = steps switch
        {
            "MapValueToKey" => conversion.MapValueToKey("Key", "Label"),
            "ConvertType" => conversion.ConvertType("Flag", "Flag", DataKind.Single),
            "MapValue" => conversion.MapValue("Key", [new KeyValuePair<string, int>("young", 1), new("old", 2)], "Label"),
            "derived" => _mlContext.Transforms.CopyColumns("Copy", "Label").Append(conversion.MapValueToKey("Key", "Copy")),
            "nested" => conversion.MapValueToKey("Label").Append(conversion.MapKeyToValue("Text", "Label").Append(conversion.Hash("Hash", "Text"))),
            "custom" => _mlContext.Transforms.CustomMapping<Labels, Lengths>((from, to) => to.Length = from.Label.Length, contractName: null),
            "expression" => _mlContext.Transforms.Expression("Large", "a => a > 2 ? 1f : 0f", "Size"),
            "several" => conversion.MapValueToKey("Key", "Label").Append(conversion.ConvertType("Number", "Flag", DataKind.Single)),
            "with a feature" => _mlContext.Transforms.NormalizeMinMax([new("Age", "Age"), new("Size", "Size")]),
            _ => _mlContext.Transforms.SelectColumns("Label", "Age"),
        };
        return new TransformerChain<ITransformer>(labels.Fit(data), Network());
    }

    private static MultiEmbeddingTransformer Network() => Networks.Transformer(Networks.Random(1, [3], Age));

    private static DataFrame Labelled() => new(
        new SingleDataFrameColumn("Age", [10, 30, 50, 70]), new StringDataFrameColumn("Label", ["young", "young", "old", "old"]),
        new BooleanDataFrameColumn("Flag", [true, true, false, false]), new SingleDataFrameColumn("Size", [1, 2, 3, 4]));

    private sealed class Input
    {
        public float Age { get; set; }
    }

    private sealed class Labels
    {
        public string Label { get; set; } = "";
    }

    private sealed class Lengths
    {
        public int Length { get; set; }
    }

    /// <summary>A step that takes every schema, but no data.</summary>
    private sealed class Refusing : ITransformer
    {
        public bool IsRowToRowMapper => true;

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

        public IDataView Transform(IDataView input) => throw new ArgumentException("Could not find column 'Age'");

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
            ((ITransformer)new TransformerChain<ITransformer>()).GetRowToRowMapper(inputSchema);
    }
}
