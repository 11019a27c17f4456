using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ScoreColumnsTests
{
    private static readonly string[] Added = ["PredictedLabel", "Score", "Probability"];

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Transform_ThreeColumns_AgreeWithEachOther()
    {
        var rows = Predictions(CreateTransformer().Transform(NetworkRow.View(NetworkRow.Random(40))));

        Assert.IsTrue(rows.Any(row => row.PredictedLabel) && rows.Any(row => !row.PredictedLabel));
        foreach (var row in rows)
        {
            Assert.AreEqual(row.Score > 0, row.PredictedLabel);
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
        }
    }

    [TestMethod]
    public void Transform_ScoreOfZero_IsPredictedFalse()
    {
        var shape = new NumberShape(nameof(NumberRow<>.Number), Size: 1, MissingIndicator: false);
        var network = Networks.Revealing(0, shape, (shape.Mean, [0]), (shape.Deviation, [1]));
        NumberRow<float>[] numbers = [new() { Number = 0 }, new() { Number = 1e-6f }, new() { Number = -200 }];

        var rows = Predictions(Networks.Transformer(network).Transform(_mlContext.Data.LoadFromEnumerable(numbers)));

        CollectionAssert.AreEqual(new[] { false, true, false }, rows.Select(row => row.PredictedLabel).ToArray());
        Assert.AreEqual(0.5f, rows[0].Probability);
        Assert.AreEqual(0f, rows[2].Probability);
    }

    [TestMethod]
    public void Transform_Columns_AreAnnotatedAsThoseOfMLNetsOwnTrainers()
    {
        var rows = NetworkRow.View(NetworkRow.Random(20));
        var own = _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: nameof(NetworkRow.Numbers)).Fit(rows).Transform(rows);

        var scored = CreateTransformer().Transform(rows);

        foreach (string name in Added)
        {
            Assert.AreEqual(own.Schema[name].Type, scored.Schema[name].Type);
            CollectionAssert.AreEquivalent(Annotations(own.Schema[name]), Annotations(scored.Schema[name]), name);
        }
    }

    [TestMethod]
    public void GetOutputSchema_Annotations_AreThoseOfBinaryClassification()
    {
        var schema = CreateTransformer().GetOutputSchema(NetworkRow.View().Schema);

        string[] common = ["ScoreColumnSetId: Key<UInt32, 0-2147483646> = 1", "ScoreColumnKind: String = BinaryClassification"];
        CollectionAssert.AreEquivalent((string[])[.. common, "ScoreValueKind: String = PredictedLabel"], Annotations(schema["PredictedLabel"]));
        CollectionAssert.AreEquivalent((string[])[.. common, "ScoreValueKind: String = Score"], Annotations(schema["Score"]));
        CollectionAssert.AreEquivalent(
            (string[])[.. common, "ScoreValueKind: String = Probability", "IsNormalized: Boolean = True"], Annotations(schema["Probability"]));
    }

    [TestMethod]
    public void Transform_AfterAnotherScoringStep_HasTheNextSetId()
    {
        var scored = CreateTransformer().Transform(NetworkRow.View(NetworkRow.Random(3)));

        var twice = CreateTransformer().Transform(scored);

        foreach (string name in Added)
        {
            uint setId = 0;
            twice.Schema[name].Annotations.GetValue("ScoreColumnSetId", ref setId);
            Assert.AreEqual(2u, setId);
        }
    }

    [TestMethod]
    public void Promise_EveryColumn_IsWhatTheSchemaDelivers()
    {
        var schema = CreateTransformer().GetOutputSchema(NetworkRow.View().Schema);

        var promised = ScoreColumns.Of(Networks.Labels, namesLabels: false).Select(column => column.Promise()).ToArray();

        CollectionAssert.AreEqual(Added, promised.Select(column => column.Name).ToArray());
        foreach (var column in promised)
        {
            Assert.AreEqual(schema[column.Name].Type, column.ItemType);
            Assert.AreEqual(SchemaShape.Column.VectorKind.Scalar, column.Kind);
            CollectionAssert.AreEquivalent(
                schema[column.Name].Annotations.Schema.Select(annotation => annotation.Name).ToArray(),
                column.Annotations.Select(annotation => annotation.Name).ToArray());
            var setId = column.Annotations.Single(annotation => annotation.Name == "ScoreColumnSetId");
            Assert.IsTrue(setId.IsKey);
            Assert.AreEqual(NumberDataViewType.UInt32, setId.ItemType);
        }
    }

    private static MultiEmbeddingTransformer CreateTransformer() => Networks.Transformer(Networks.OfEveryKind());

    private Prediction[] Predictions(IDataView view) =>
        [.. _mlContext.Data.CreateEnumerable<Prediction>(view, reuseRowObject: false, ignoreMissingColumns: true)];

    private static string[] Annotations(DataViewSchema.Column column) =>
        [.. column.Annotations.Schema.Select(annotation => $"{annotation.Name}: {annotation.Type} = {Value(column.Annotations, annotation)}")];

    private static object Value(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        if (annotation.Type is KeyDataViewType) return Get<uint>();
        return annotation.Type is BooleanDataViewType ? Get<bool>() : Get<ReadOnlyMemory<char>>().ToString();

        T Get<T>()
        {
            T value = default!;
            annotations.GetValue(annotation.Name, ref value);
            return value;
        }
    }
}
