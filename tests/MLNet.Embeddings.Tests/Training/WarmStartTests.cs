using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Fits that go on from an earlier model.</summary>
[TestClass]
public sealed class WarmStartTests
{
    /// <summary>Steps so small that no weight moves by more than a rounding.</summary>
    private const double NoStep = 1e-30;

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_WithoutSteps_IsTheEarlierModelOnOtherRows(MultiEmbeddingOptions options)
    {
        var earlier = Trainers.Fit(options, TrainingRow.Learnable(200, seed: 1));
        var rows = TrainingRow.View(TrainingRow.Random(90, seed: 2, (row, _) => row.Number += 100));

        var later = Trainers.Of(options with { LearningRate = NoStep, MaxEpochs = 1, Regularization = options.Regularization with { AveragingDecay = 0 } })
            .Fit(rows, earlier);

        foreach (var (name, array) in Trainers.Weights(earlier).Where(array => !array.Key.Contains(".norm.running")))
            CollectionAssert.AreEqual(array.Values, Trainers.Weights(later)[name].Values, name);
    }

    [TestMethod]
    public void LaidOver_TableThatIsNotTrained_LeavesTheOneThatNetworksShare()
    {
        var city = new CategoryShape("City", KeyCount: 2, Dimensions: 2);
        var earlier = Networks.Random(seed: 1, [2], city);
        var shared = new InitialArray([4, 2], new float[8], ArrayRole.Table, IsTrained: false);

        var begun = new WarmStart(earlier).LaidOver(new Dictionary<string, InitialArray> { [city.Table] = shared })[city.Table];

        CollectionAssert.AreEqual((float[])[.. earlier.Weights[city.Table].Values, 0, 0], begun.Values);
        Assert.IsFalse(begun.IsTrained);
        CollectionAssert.AreEqual(new float[8], shared.Values);
    }

    [TestMethod]
    public void Fit_MoreEpochs_GoesOnLearning()
    {
        var rows = TrainingRow.Learnable(300, seed: 1);
        var options = Trainers.Options with { MaxEpochs = 2, LearningRate = 0.005 };
        var earlier = Trainers.Fit(options, rows);

        var later = Trainers.Of(options).Fit(TrainingRow.View(rows), earlier);

        Assert.IsLessThan(earlier.History.Epochs[^1].TrainingLoss, later.History.Epochs[0].TrainingLoss);
        Assert.IsGreaterThan(Trainers.AreaUnderCurve(earlier, rows), Trainers.AreaUnderCurve(later, rows));
    }

    [TestMethod]
    public void Fit_GrownVocabularyAndClasses_KeepsOldRowsAndLearnsNewOnes()
    {
        Sentence[] old = Sentence.Of(("good fine", "yes"), ("bad poor", "no")),
            more = Sentence.Of(("good fine", "yes"), ("bad poor", "no"), ("maybe perhaps", "unsure"));
        var tokens = _mlContext.Transforms.Text.IndexTokens("Tokens", "Text");
        var options = new MultiEmbeddingOptions
        {
            Columns = [InputColumn.Sequence("Tokens", 8, SequenceEncoder.Mean())],
            HiddenUnits = [16],
            LearningRate = 0.02,
            MaxEpochs = 15,
            ValidationFraction = 0,
            Seed = 1,
            Regularization = new() { Dropout = 0 },
        };
        var trainer = _mlContext.MulticlassClassification.Trainers.MultiEmbedding(options);
        var (oldRows, moreRows) = (_mlContext.Data.LoadFromEnumerable(old), _mlContext.Data.LoadFromEnumerable(more));
        var (oldTokens, oldLabels) = (tokens.Fit(oldRows), Labels(oldRows));
        var earlier = trainer.Fit(oldLabels.Transform(oldTokens.Transform(oldRows)));

        var moreTokens = tokens.Fit(moreRows, oldTokens);
        var prepared = Labels(moreRows).Transform(moreTokens.Transform(moreRows));
        var started = _mlContext.MulticlassClassification.Trainers.MultiEmbedding(options with { LearningRate = NoStep, MaxEpochs = 1 }).Fit(prepared, earlier);
        var later = trainer.Fit(prepared, earlier);

        var (before, after) = (Trainers.Weights(earlier), Trainers.Weights(started));
        foreach (string grown in new[] { "columns.Tokens.table", "head.2.weight", "head.2.bias" }.Where(before.ContainsKey))
        {
            Assert.IsGreaterThan(before[grown].Values.Length, after[grown].Values.Length, grown);
            CollectionAssert.AreEqual(before[grown].Values, after[grown].Values[..before[grown].Values.Length], grown);
        }
        Assert.AreEqual(1, _mlContext.MulticlassClassification.Evaluate(later.Transform(prepared)).MicroAccuracy);
    }

    [TestMethod]
    public void Fit_RegressionAtAnotherLevel_KeepsTheScaleOfTheLabel()
    {
        var options = Trainers.Options with { LabelColumnName = "Weight", Columns = [InputColumn.Number("Number")], ValidationFraction = 0, MaxEpochs = 3 };
        var trainer = _mlContext.Regression.Trainers.MultiEmbedding(options);
        var rows = TrainingRow.View(TrainingRow.Random(200, seed: 1, (row, _) => row.Weight = 3 * row.Number));
        var earlier = trainer.Fit(rows);

        var later = _mlContext.Regression.Trainers.MultiEmbedding(options with { LearningRate = NoStep, MaxEpochs = 1 })
            .Fit(TrainingRow.View(TrainingRow.Random(50, seed: 2, (row, _) => row.Weight = 1_000)), earlier);

        CollectionAssert.AreEqual(Networks.Scores(earlier.Transform(rows)), Networks.Scores(later.Transform(rows)));
    }

    [TestMethod]
    public void Fit_OtherSettings_SaysEachDifference()
    {
        var rows = TrainingRow.View(TrainingRow.Learnable(100, seed: 1));
        var options = Trainers.Options with { MaxEpochs = 1 };
        var earlier = Trainers.Of(options).Fit(rows);

        string other = Message(options with
        {
            HiddenUnits = [9],
            Columns = [InputColumn.Sequence("Words", 8, SequenceEncoder.Gru(8, layers: 2)), InputColumn.Category("Category", 9), .. options.Columns.Skip(2)],
        });
        string fewer = Message(options with { Columns = [InputColumn.Number("Number")] });

        const string Cure = " Set them as they were, or fit without the earlier model.";
        foreach (string line in new[] { "The earlier model cannot be used:",
            "Column 'Words' was read in another way: by Encoder = SequenceEncoder.Gru(8, layers: 1, bidirectional: false, dropout: 0, readout: Last); " +
                "the settings and the data ask for Encoder = SequenceEncoder.Gru(8, layers: 2, bidirectional: false, dropout: 0, readout: Last)." + Cure,
            "Column 'Category' was read in another way: by Dimensions = 4; the settings and the data ask for Dimensions = 9." + Cure,
            "Its network has HiddenUnits = [8]; the settings ask for HiddenUnits = [9]." + Cure })
            StringAssert.Contains(other, line);
        StringAssert.Contains(fewer, "It reads the columns 'Words', 'Category', 'Number', 'Numbers'; the settings name 'Number'. Name the same ones");

        string Message(MultiEmbeddingOptions given) => Assert.ThrowsExactly<ArgumentException>(() => Trainers.Of(given).Fit(rows, earlier)).Message;
    }

    private static IEnumerable<MultiEmbeddingOptions[]> Forms
    {
        get
        {
            var options = Trainers.Options with { MaxEpochs = 2 };
            InputColumn[] table = [InputColumn.Category("Category"), InputColumn.Bag("Words"), InputColumn.Number("Number", NumberEncoder.PiecewiseLinear()),
                InputColumn.Number("Numbers", NumberEncoder.Periodic(3, 2))];
            return
            [
                [options], [options with { Columns = table }],
                [options with { Columns = table, Combination = ColumnCombination.Add, Normalization = Normalization.Batch }],
                [options with { Columns = table, EnsembleSize = 3 }], [options with { Columns = table, ShuffleBufferRows = 50 }],
                [options with { Columns = [InputColumn.Sequence(
                    "Words", 4, SequenceEncoder.Gru(3, layers: 2, bidirectional: true, readout: GruReadout.Attention)) with { Table = "words" }] }],
            ];
        }
    }

    /// <summary>Keys by first occurrence, so that those of new classes come last.</summary>
    private ITransformer Labels(IDataView rows) => _mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(rows);

    private sealed class Sentence
    {
        public string Text { get; set; } = "";
        public string Label { get; set; } = "";

        internal static Sentence[] Of(params (string Text, string Label)[] kinds) =>
            [.. Enumerable.Repeat(kinds, 30).SelectMany(all => all).Select(kind => new Sentence { Text = kind.Text, Label = kind.Label })];
    }
}
