using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Decision thresholds: set, saved, found.</summary>
[TestClass]
public sealed class ThresholdTests
{
    private static readonly float[] Logits = [-2, -0.9f, -0.8f, 0, 1];

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(0.3, new[] { false, false, true, true, true })] // ln(0.3 / 0.7) = -0.847
    [DataRow(0.5, new[] { false, false, false, false, true })]
    [DataRow(0.7, new[] { false, false, false, false, true })] // 0.847
    [DataRow(0.0, new[] { true, true, true, true, true })]
    [DataRow(1.0, new[] { false, false, false, false, false })]
    public void WithThreshold_AnyProbability_DecidesPredictedLabelAlone(double threshold, bool[] expected)
    {
        var model = Model();
        var view = View(Logits);

        var scored = model.WithThreshold(threshold).Transform(view);

        CollectionAssert.AreEqual(expected, scored.GetColumn<bool>("PredictedLabel").ToArray());
        CollectionAssert.AreEqual(expected, Networks.Scores(scored).Select(score => score > 0).ToArray());
        CollectionAssert.AreEqual(
            model.Transform(view).GetColumn<float>("Probability").ToArray(), scored.GetColumn<float>("Probability").ToArray());
        CollectionAssert.AreEqual(new[] { false, false, false, false, true }, model.Transform(view).GetColumn<bool>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void WithThreshold_SavedAndLoaded_IsKept()
    {
        var model = Model().WithThreshold(0.3);

        var loaded = EstimatorWorkout.SaveAndLoad(model, View(Logits).Schema);

        CollectionAssert.AreEqual(
            new[] { false, false, true, true, true }, loaded.Transform(View(Logits)).GetColumn<bool>("PredictedLabel").ToArray());
        StringAssert.Contains(System.Text.Encoding.UTF8.GetString(MemoryEntries.Of(model).Bytes[ShapeDocument.EntryName]), "\"format\": 3");
        StringAssert.DoesNotMatch(
            System.Text.Encoding.UTF8.GetString(MemoryEntries.Of(Model()).Bytes[ShapeDocument.EntryName]), new("threshold|\"format\": [23]"));
    }

    [TestMethod]
    public void WithThreshold_OfAPipeline_KeepsItsTypeAndItsSteps()
    {
        var view = View(Logits);
        var chain = _mlContext.Transforms.CopyColumns("Copy", "Number").Fit(view).Append(Model());

        TransformerChain<MultiEmbeddingTransformer> decided = chain.WithThreshold(0.3);
        var copying = _mlContext.Transforms.CopyColumns("Again", "Score").Fit(chain.Transform(view));
        var nested = new TransformerChain<ITransformer>(chain, copying).WithThreshold(0.3);

        foreach (ITransformer model in new[] { decided, nested, (ITransformer)nested.ForScoring() })
        {
            var scored = model.Transform(view);
            CollectionAssert.AreEqual(new[] { false, false, true, true, true }, scored.GetColumn<bool>("PredictedLabel").ToArray());
            Assert.IsNotNull(scored.Schema.GetColumnOrNull("Copy"));
        }
        Assert.AreEqual(1, decided.LastTransformer.History.BestEpoch);
    }

    [TestMethod]
    public void WithThreshold_OneLabelOfSeveral_LeavesTheOthers()
    {
        var view = View(Logits);
        var model = Model(new BinaryLabelShape("A"), new BinaryLabelShape("B"), new RegressionLabelShape("C", 0, 1));

        var scored = model.WithThreshold(0.3, "B").Transform(view);

        CollectionAssert.AreEqual(new[] { false, false, false, false, true }, scored.GetColumn<bool>("A.PredictedLabel").ToArray());
        CollectionAssert.AreEqual(new[] { false, false, true, true, true }, scored.GetColumn<bool>("B.PredictedLabel").ToArray());
        Assert.AreEqual(
            "A threshold belongs to one binary label; the model has 2 ('A', 'B'), and no label is named. " +
            "Name a binary label, or use a model that has one. (Parameter 'labelColumnName')",
            Assert.ThrowsExactly<ArgumentException>(() => model.WithThreshold(0.3)).Message);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => model.WithThreshold(0.3, "C")).Message, "and 'C' is none of them");
    }

    [TestMethod]
    public void WithThreshold_NoBinaryLabel_SaysWhatThereIs() => Assert.AreEqual(
        "A threshold belongs to a binary label; the model has none: it predicts 'C' (regression), 'D' (multiclass). Use a model that has one. " +
        "(Parameter 'labelColumnName')",
        Assert.ThrowsExactly<ArgumentException>(
            () => Model(new RegressionLabelShape("C", 0, 1), new MulticlassLabelShape("D", 2, null)).WithThreshold(0.3)).Message);

    [TestMethod]
    [DataRow("Absent", "Number", "Could not find label column 'Absent'.", "Give data that has the label, under this name.")]
    [DataRow("Label", "Absent", "Could not find example weight column 'Absent'.", "Correct the name, or leave it out to count all rows alike.")]
    public void Read_ColumnThatIsMissing_NamesTheCureOfAMeasure(string label, string weight, string start, string cure)
    {
        var view = _mlContext.Data.LoadFromEnumerable([new { Label = true, Score = 1f, Number = 1f }]);

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ThresholdSearch.Read(view, label, "Score", weight)).Message;

        StringAssert.StartsWith(message, start);
        StringAssert.Contains(message, cure);
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1.1)]
    [DataRow(double.NaN)]
    public void WithThreshold_NoProbability_IsRefused(double threshold)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Model().WithThreshold(threshold));

        StringAssert.StartsWith(error.Message, "The threshold is a probability; give a number from 0, which predicts every row positive, to 1");
    }

    [TestMethod]
    public void WithThreshold_NoBinaryLabel_IsRefused()
    {
        var view = View(Logits);
        ITransformer copying = _mlContext.Transforms.CopyColumns("Copy", "Number").Fit(view);

        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => copying.WithThreshold(0.3)).Message,
            "No step of the model predicts a binary label by MultiEmbedding");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => ((ITransformer)Model()).BestThreshold(view, labelColumnName: "X")).Message, "the binary label 'X'");
    }

    [TestMethod]
    public void Evaluate_WithThreshold_CountsByIt()
    {
        var view = View(Logits, [false, true, false, true, true]);

        var metrics = _mlContext.BinaryClassification.EvaluateNonCalibrated(Model().WithThreshold(0.3).Transform(view));

        // Predicted true: the last three, of which two are. ML.NET lists the positive class first.
        CollectionAssert.AreEqual(new[] { 2.0, 1.0 }, metrics.ConfusionMatrix.Counts[0].ToArray());
        CollectionAssert.AreEqual(new[] { 1.0, 1.0 }, metrics.ConfusionMatrix.Counts[1].ToArray());
    }

    [TestMethod]
    // Rows by score: true 1, false 0.5, true -1, false -2. F1: 2/3, 1/2, 4/5, 2/3, so between -1 and -2. Accuracy: 3/4 after the first and the third.
    [DataRow(ThresholdMetric.F1Score, -1.5)]
    [DataRow(ThresholdMetric.Accuracy, 0.75)]
    [DataRow(ThresholdMetric.BalancedAccuracy, 0.75)]
    [DataRow(ThresholdMetric.MatthewsCorrelation, 0.75)]
    public void BestThreshold_OfFourRows_IsTheOneWorkedOutByHand(ThresholdMetric metric, double logit)
    {
        var view = View([-2, -1, 0.5f, 1], [false, true, false, true]);

        double threshold = Model().BestThreshold(view, metric);

        Assert.AreEqual(threshold, Model().WithThreshold(0.9).BestThreshold(view, metric));
        Assert.AreEqual(1 / (1 + Math.Exp(-logit)), threshold, 1e-12);
    }

    [TestMethod]
    public void BestThreshold_Weights_CountRows()
    {
        // The false row of 0.5 weighs 5: only the first row above it is worth predicting.
        var rows = new[] { (-2f, false, 1f), (-1f, true, 1f), (0.5f, false, 5f), (1f, true, 1f) };
        var view = _mlContext.Data.LoadFromEnumerable(rows.Select(row => new Row { Number = row.Item1, Label = row.Item2, Weight = row.Item3 }));

        double threshold = Model().BestThreshold(view, ThresholdMetric.F1Score, exampleWeightColumnName: "Weight");

        Assert.AreEqual(1 / (1 + Math.Exp(-0.75)), threshold, 1e-12);
    }

    [TestMethod]
    public void BestThreshold_EqualScores_AreNotParted()
    {
        double threshold = Model().BestThreshold(View([1, 1, 1, -1], [true, false, true, false]), ThresholdMetric.Accuracy);

        Assert.AreEqual(0.5, threshold);
    }

    [TestMethod]
    public void BestThreshold_OneClass_IsRefused() => Assert.AreEqual(
        "Of 2 rows, positive ones weigh 2 and negative ones 0 together; a threshold is chosen by rows of both classes. Give data that has both.",
        Assert.ThrowsExactly<InvalidOperationException>(() => Model().BestThreshold(View([1, 2], [true, true]))).Message);

    [TestMethod]
    [DataRow("-0.5")]
    [DataRow("2")]
    public void Read_ThresholdOutOfRange_IsADamagedFile(string threshold)
    {
        var entries = new MemoryEntries();
        var network = Networks.Random(1, [], new NumberShape("Number", Size: 1, MissingIndicator: false));
        double given = double.Parse(threshold, System.Globalization.CultureInfo.InvariantCulture);
        var shape = network.Shape with { Labels = [new BinaryLabelShape("Label") { Threshold = given }] };
        entries.Write(writer => ModelEntries.Write(writer, new TrainedModel(network with { Shape = shape }), [], Networks.History));

        StringAssert.Contains(
            Assert.ThrowsExactly<FormatException>(() => MultiEmbeddingTransformer.Read(entries.Open())).Message,
            $"The threshold of label 'Label' must be from 0 to 1; the file says {threshold}.");
    }

    private IDataView View(float[] logits, bool[]? labels = null) =>
        _mlContext.Data.LoadFromEnumerable(logits.Select((logit, i) => new Row { Number = logit, Label = labels?[i] ?? false }));

    /// <summary>A model whose outputs are the number.</summary>
    private static MultiEmbeddingTransformer Model(params LabelShape[] labels)
    {
        var column = new NumberShape("Number", Size: 1, MissingIndicator: false);
        if (labels.Length == 0) return Networks.Transformer(Networks.Revealing(0, column, (column.Mean, [0]), (column.Deviation, [1])));
        var shape = new NetworkShape([column], new HeadShape([]), labels, NamesLabels: true);
        var weights = shape.Weights().ToDictionary(
            weight => weight.Name,
            weight => new WeightArray(weight.Extents, [.. Enumerable.Repeat(weight.Name == column.Mean || weight.Name == HeadShape.LayerBias(0) ? 0f : 1f,
                weight.Extents.Aggregate((product, extent) => product * extent))]));
        return Networks.Transformer(new TrainedNetwork(shape, weights));
    }

    private sealed class Row
    {
        public float Number { get; set; }
        public bool Label { get; set; }
        public float Weight { get; set; } = 1;
    }
}
