using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>That it can be told which score is of which class, whatever the classes are.</summary>
[TestClass]
public sealed class ClassNamesTests
{
    private static readonly NumberShape Age = new("Age", Size: 1, MissingIndicator: false);

    [TestMethod]
    public void Score_ClassesThatAFrameHasNoColumnsFor_NamesTheirType()
    {
        var model = Model(new MulticlassLabelShape("Area", 3, new ClassValues(ClassKind.TimeSpan, ["00:00:01", "00:00:02", "00:00:03"])));

        string message = Assert.ThrowsExactly<NotSupportedException>(() => model.Score(new DataFrame(new SingleDataFrameColumn("Age", [1])))).Message;

        Assert.AreEqual("Column 'PredictedLabel' holds values of type TimeSpan, which a data frame has no columns for. Use Transform.", message);
    }

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void Score_OfClasses_HasSlotsNamedByThem(object label, string[] names, object predicted)
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1]));
        var model = Model((LabelShape)label);

        var slots = default(VBuffer<ReadOnlyMemory<char>>);
        model.GetOutputSchema(((IDataView)frame).Schema)["Score"].GetSlotNames(ref slots);
        var scored = model.Score(frame);

        CollectionAssert.AreEqual(names, slots.DenseValues().Select(name => name.ToString()).ToArray());
        // The logits are 0, ln 2 and ln 3.
        double[] expected = label is SetLabelShape ? [1 / 2.0, 2 / 3.0, 3 / 4.0] : [1 / 6.0, 1 / 3.0, 1 / 2.0];
        for (int i = 0; i < 3; i++) Assert.AreEqual(expected[i], (float)scored[$"Score.{names[i]}"][0], 1e-6);
        Assert.AreEqual(3, ((VBuffer<float>)scored["Score"][0]).Length);
        if (label is MulticlassLabelShape) Assert.AreEqual(predicted, scored["PredictedLabel"][0]);
        else
            CollectionAssert.AreEqual(
                new[] { "red", "green", "blue" },
                ((VBuffer<ReadOnlyMemory<char>>)scored["PredictedLabel"][0]).DenseValues().Select(text => $"{text}").ToArray());
    }

    private static IEnumerable<object[]> Labels
    {
        get
        {
            yield return [Classes(ClassKind.String, "red", "green", "blue"), new[] { "red", "green", "blue" }, "blue"];
            yield return [Classes(ClassKind.Int64, "-3", "0", "7"), new[] { "-3", "0", "7" }, 7L];
            yield return [Classes(ClassKind.Single, "0.5", "1", "2"), new[] { "0.5", "1", "2" }, 2f];
            yield return [Classes(ClassKind.Byte, "1", "2", "3"), new[] { "1", "2", "3" }, (byte)3];
            yield return [new MulticlassLabelShape("L", 3, null), new[] { "1", "2", "3" }, 3u];
            yield return [new SetLabelShape("L", 3, new(ClassKind.String, ["red", "green", "blue"])), new[] { "red", "green", "blue" }, ""];
        }
    }

    [TestMethod]
    public void Score_BooleanClasses_AreNamed()
    {
        var label = new MulticlassLabelShape("L", 2, new(ClassKind.Boolean, ["False", "True"]));

        var scored = Model(label).Score(new DataFrame(new SingleDataFrameColumn("Age", [1])));

        Assert.IsTrue((bool)scored["PredictedLabel"][0]);
        Assert.AreEqual(2 / 3.0, (float)scored["Score.True"][0], 1e-6);
    }

    [TestMethod]
    [DataRow(ClassKind.String, "no", "yes", "yes")]
    [DataRow(ClassKind.Int32, "3", "4", 4)]
    public void Score_TwoClassesOfValues_GivesTheValue(object kind, string negative, string positive, object predicted)
    {
        // The logit is ln 1, which is not above 0.
        var model = Model(new BinaryLabelShape("L", new((ClassKind)kind, [negative, positive])));
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1]));

        Assert.AreEqual(negative, $"{model.Score(frame)["PredictedLabel"][0]}");
        Assert.AreEqual(predicted, model.WithThreshold(0.4).Score(frame)["PredictedLabel"][0]);
        Assert.AreEqual(predicted, model.WithThreshold(0.4).Predict(new Dictionary<string, object?> { ["Age"] = 1 })["PredictedLabel"]);
        Assert.IsTrue(model.WithThreshold(0.4).Transform(frame).GetColumn<bool>("PredictedLabel").Single(), "what evaluators read");
    }

    [TestMethod]
    public void Score_OneLabelOfSeveral_HasItsNameBefore()
    {
        var model = Model(Classes(ClassKind.String, "a", "b", "c"), new RegressionLabelShape("R", 0, 1));

        var scored = model.Score(new DataFrame(new SingleDataFrameColumn("Age", [1])));

        CollectionAssert.AreEqual(
            new[] { "Age", "L.PredictedLabel", "L.Score", "L.Score.a", "L.Score.b", "L.Score.c", "R.Score" },
            scored.Columns.Select(column => column.Name).ToArray());
    }

    private static MulticlassLabelShape Classes(ClassKind kind, params string[] texts) => new("L", texts.Length, new(kind, texts));

    /// <summary>A model whose outputs are the logarithms of 1, 2, 3 and so on.</summary>
    private static MultiEmbeddingTransformer Model(params LabelShape[] labels)
    {
        var shape = new NetworkShape([Age], new HeadShape([]), labels, NamesLabels: labels.Length > 1);
        var weights = new Dictionary<string, WeightArray>
        {
            [Age.Mean] = WeightArray.Vector([0]),
            [Age.Deviation] = WeightArray.Vector([1]),
            [HeadShape.LayerWeights(0)] = WeightArray.Matrix(shape.Outputs, 1, new float[shape.Outputs]),
            [HeadShape.LayerBias(0)] = WeightArray.Vector([.. Enumerable.Range(1, shape.Outputs).Select(i => MathF.Log(i))]),
        };
        var network = new TrainedNetwork(shape, weights);
        Assert.IsNull(network.Mismatch());
        return Networks.Transformer(network);
    }
}
