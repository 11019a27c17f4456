using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>What is said of rows: by hand, against the scores, and of models that were fitted.</summary>
[TestClass]
public sealed class ExplanationExtensionsTests
{
    private static readonly CategoryShape City = new("City", KeyCount: 2, Dimensions: 2);
    private static readonly MultiEmbeddingTransformer Raw = RawRow.Trainer(RawRow.Options).Fit(RawRow.View(RawRow.Random(60, seed: 1)));

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Explain_NetworkWithoutHiddenLayer_GivesWeightsTimesDifferences()
    {
        // The score is 2 x - y + 3 a + 0.5, by the city's vector (x, y) and the age a in deviations of 4 from 30.
        var shape = new NetworkShape([City, new NumberShape("Age", Size: 1, MissingIndicator: false)], new HeadShape([]), Networks.Labels);
        var model = Networks.Transformer(TrainedNetwork.Of(shape,
        [
            (City.Table, [1, 1, 7, 7, 4, -2]), ("columns.Age.mean", [30]), ("columns.Age.deviation", [4]),
            (HeadShape.LayerWeights(0), [2, -1, 3]), (HeadShape.LayerBias(0), [0.5f]),
        ]));

        var rows = model.Explain(_mlContext.Data.LoadFromEnumerable(new[] { new Person { City = 1, Age = 38 }, new Person { City = 9, Age = 26 } })).ToArray();

        Assert.AreEqual(new RowExplanation("Label", "true", 16.5, 1.5, rows[0].Columns), rows[0]);
        // From the missing city's (1, 1) to (4, -2), and two deviations of age.
        AssertColumns(rows[0], ("City", 2 * 3 + 3), ("Age", 3 * 2));
        AssertColumns(rows[1], ("City", 0), ("Age", -3));
        Assert.AreEqual("38", rows[0].Columns[1].Value);
        Assert.IsNull(rows[1].Columns[0].Value);
        Assert.AreEqual("Label = true: 16.5 = 1.5 (baseline) +9 (City) +6 (Age)", rows[0].ToString());
    }

    [TestMethod]
    public void Explain_LargeInteger_IsToldWithAllItsDigits()
    {
        var options = RawRow.Options with { Columns = [InputColumn.Category("Id")], Members = 1, Wide = false, MaxEpochs = 1 };
        var rows = _mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, 40).Select(i => new Numbered { Id = 9_007_199_254_740_993 + i % 2, Label = i % 2 == 0 }));

        var explanation = RawRow.Trainer(options).Fit(rows).Explain(rows).First();

        Assert.AreEqual("9007199254740993", explanation.Columns.Single().Value);
    }

    [TestMethod]
    public void Explain_HiddenLayers_IsTheIntegralOfWhatTheScoresSay()
    {
        ColumnShape[] columns = [City, City with { Name = "Town" }];
        var network = Networks.Random(5, [6, 4], columns);

        var row = Networks.Transformer(network).Explain(Towns(1, 0)).Single();

        // The derivative along one column at a point of the line, from scores of networks whose tables hold that point.
        const int Points = 400;
        const double Step = 1e-3;
        for (int column = 0; column < columns.Length; column++)
        {
            double integral = 0;
            for (int i = 0; i < Points; i++)
            {
                double point = (i + 0.5) / Points;
                integral += (ScoreAt(point + Step) - ScoreAt(point - Step)) / (2 * Step * Points);

                double ScoreAt(double ofColumn) => Networks.Score(Moved(network, columns, column, ofColumn, point), Towns(1, 0))[0];
            }
            Assert.AreEqual(integral, row.Columns[column].Contribution, 0.01);
        }
    }

    [TestMethod]
    [DataRow(ColumnCombination.Concatenate, ActivationFunction.Relu, Normalization.None, 1)]
    [DataRow(ColumnCombination.Add, ActivationFunction.Silu, Normalization.Layer, 1)]
    [DataRow(ColumnCombination.Multiply, ActivationFunction.Tanh, Normalization.Batch, 1)]
    [DataRow(ColumnCombination.Concatenate, ActivationFunction.Sigmoid, Normalization.Batch, 3)]
    public void Explain_EveryColumnAndHead_LeadsFromTheBaselineToTheScore(
        ColumnCombination combination, ActivationFunction activation, Normalization normalization, int members)
    {
        var kinds = Networks.OfEveryKind().Shape;
        ColumnShape[] columns =
        [
            .. kinds.Columns.Where(column => column.Name != "Gru"),
            new SequenceShape("Gru", KeyCount: 5, Dimensions: 3, new LstmEncoder(2, Layers: 2, Bidirectional: true, Dropout: 0, GruReadout.Attention)),
        ];
        var network = Networks.Random(3, kinds with { Columns = columns, Head = new HeadShape([4, 3], combination, activation, normalization, members) });
        var model = new MultiEmbeddingTransformer([], new([network, network with { Weights = Networks.Random(4, network.Shape).Weights }], null, []),
            Networks.History);
        NetworkRow[] rows = NetworkRow.Random(12);
        var baseline = new NetworkRow { CategoryKey = 0, Numbers = [.. network["columns.Numbers.mean"]] };

        var explanations = model.Explain(NetworkRow.View(rows)).ToArray();

        float[] scores = Networks.Scores(model.Transform(NetworkRow.View([.. rows, baseline])));
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.AreEqual(scores[i], explanations[i].Score, 1e-4);
            Assert.AreEqual(scores[^1], explanations[i].Baseline, 1e-4);
            AssertSums(explanations[i]);
            var attending = explanations[i].Columns.Single(column => column.Column == "Attention");
            Assert.HasCount(rows[i].Attention.Count(key => key > 0), attending.Words);
            if (attending.Words.Count > 0) Assert.AreEqual(1, attending.Words.Sum(word => word.Attention!.Value), 1e-5);
        }
    }

    [TestMethod]
    public void Explain_RawColumns_AreToldByTheirNamesValuesAndWords()
    {
        var row = RawRow.Random(1, seed: 3)[0];
        // Five words in three stretches between white space, of which characters are cut.
        row.Title = "Torn,well-worn red coat !";

        var explanation = Raw.Explain(RawRow.View(row)).Single();

        CollectionAssert.AreEqual(RawRow.Columns.Select(column => column.Name).ToArray(), explanation.Columns.Select(column => column.Column).ToArray());
        Assert.AreEqual(Networks.Scores(Raw.Transform(RawRow.View(row)))[0], explanation.Score, 1e-4);
        AssertSums(explanation);
        CollectionAssert.AreEqual(new[] { "torn", "well", "worn", "red", "coat" }, explanation.Columns[0].Words.Select(word => word.Word).ToArray());
        CollectionAssert.AreEqual(row.Tags, explanation.Columns[^1].Words.Select(word => word.Word).ToArray());
        Assert.AreEqual(row.Floor.ToString(System.Globalization.CultureInfo.InvariantCulture), explanation.Columns[3].Value);
        Assert.AreEqual("Torn,well-worn red coat !", explanation.Columns[0].Value);
    }

    [TestMethod]
    public void Explain_WordsThatDecide_AreWhatIsNamed()
    {
        var options = RawRow.Options with { Columns = [InputColumn.Text("Title"), InputColumn.Category("City")], MaxEpochs = 20 };
        var model = RawRow.Trainer(options).Fit(RawRow.View(RawRow.Random(300, seed: 1)));

        foreach (var row in model.Explain(RawRow.View(RawRow.Random(20, seed: 2))))
        {
            var first = row.Columns.MaxBy(column => Math.Abs(column.Contribution))!;
            Assert.AreEqual("Title", first.Column);
            var word = first.Words.MaxBy(one => Math.Abs(one.Contribution))!;
            Assert.AreEqual(word.Contribution > 0 ? "fine" : "torn", word.Word);
        }
    }

    [TestMethod]
    public void Explain_LoadedPipelineAndFrameWithoutTheLabel_GivesTheSame()
    {
        var (view, row) = (RawRow.View(RawRow.Random(60, seed: 1)), RawRow.Random(1, seed: 3)[0]);
        var options = RawRow.Options with { Columns = [InputColumn.Text("Title"), InputColumn.Category("City")], LabelColumnName = "Key" };
        var pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Label").Append(_mlContext.Transforms.CopyColumns("Copy", "City"))
            .Append(_mlContext.MulticlassClassification.Trainers.MultiEmbedding(options))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(view);
        DataFrame frame = new(new StringDataFrameColumn("Title", [row.Title]), new StringDataFrameColumn("City", [row.City]));

        var explained = EstimatorWorkout.SaveAndLoad(model, view.Schema).Explain(frame).Single();

        var expected = model.Explain(RawRow.View(row)).Single();
        Assert.AreEqual(expected, explained);
        AssertSums(expected);
        // The most probable class, by the logarithm of its odds.
        float[] probabilities = [.. model.Transform(RawRow.View(row)).GetColumn<VBuffer<float>>("Score").Single().DenseValues()];
        Assert.AreEqual(probabilities.Max(), 1 / (1 + Math.Exp(-expected.Score)), 1e-5);
        string other = expected.Class == "True" ? "False" : "True";
        Assert.AreEqual(-expected.Score, model.Explain(RawRow.View(row), className: other).Single().Score, 1e-4);
    }

    [TestMethod]
    public void Explain_LabelOrClassThatIsNotThere_NamesThoseThatAre()
    {
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Raw.Explain(RawRow.View(), "Rating")).Message, "the model has 'Label', and 'Rating' is none of them");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Raw.Explain(RawRow.View(), className: "Red")).Message, "'Red' is no class of label 'Label'");
        var other = _mlContext.Transforms.CopyColumns("Copy", "City").Fit(RawRow.View());
        Assert.ThrowsExactly<ArgumentException>(() => other.Explain(RawRow.View()));
    }

    [TestMethod]
    public void ToDataFrame_Explanations_HasARowForEachAndAColumnForEach()
    {
        var explanations = Raw.Explain(RawRow.View(RawRow.Random(3, seed: 5))).ToArray();

        var frame = explanations.ToDataFrame();

        Assert.AreEqual(3, frame.Rows.Count);
        Assert.AreEqual(explanations[2].Columns[1].Contribution, frame["City"][2]);
        Assert.AreEqual(explanations[1].Baseline, frame["Baseline"][1]);
    }

    private static void AssertColumns(RowExplanation row, params (string Name, double Contribution)[] expected)
    {
        CollectionAssert.AreEqual(expected.Select(column => column.Name).ToArray(), row.Columns.Select(column => column.Column).ToArray());
        foreach (var (column, contribution) in row.Columns.Zip(expected, (column, one) => (column, one.Contribution)))
            Assert.AreEqual(contribution, column.Contribution, 1e-5);
    }

    private static void AssertSums(RowExplanation row)
    {
        Assert.AreEqual(row.Score - row.Baseline, row.Columns.Sum(column => column.Contribution), 1e-6);
        foreach (var column in row.Columns.Where(column => column.Words.Count > 0))
            Assert.AreEqual(column.Contribution, column.Words.Sum(word => word.Contribution), 1e-6);
    }

    private IDataView Towns(uint city, uint town) =>
        _mlContext.Data.LoadFromEnumerable(new[] { new Place { City = city, Town = town } });

    /// <summary>The network with both columns' keys at a point between the missing one's vector and theirs; one of them at its own.</summary>
    private static TrainedNetwork Moved(TrainedNetwork network, ColumnShape[] columns, int own, double ofOwn, double point)
    {
        var weights = network.Weights.ToDictionary();
        foreach (var (i, column) in columns.Index())
        {
            string name = ((EmbeddingShape)column).Table;
            float[] values = [.. weights[name].Values];
            float share = (float)(i == own ? ofOwn : point);
            for (int key = 1; key <= 2; key++)
            {
                for (int j = 0; j < 2; j++) values[2 * key + j] = values[j] + share * (values[2 * key + j] - values[j]);
            }
            weights[name] = new WeightArray(weights[name].Extents, values);
        }
        return network with { Weights = weights };
    }

    private sealed class Numbered
    {
        public long Id { get; set; }
        public bool Label { get; set; }
    }

    private sealed class Person
    {
        [KeyType(2)] public uint City { get; set; }
        public float Age { get; set; }
    }

    private sealed class Place
    {
        [KeyType(2)] public uint City { get; set; }
        [KeyType(2)] public uint Town { get; set; }
    }
}
