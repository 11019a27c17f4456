using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Fits that go on from models of several networks, a wide part and raw columns.</summary>
[TestClass]
public sealed class WholeModelWarmStartTests
{
    /// <summary>Steps so small that no weight moves by more than a rounding.</summary>
    private const double NoStep = 1e-30;

    [TestMethod]
    public void Fit_GrownVocabularies_OldWordsKeepKeysAndVectorsAndNewOnesGetSome()
    {
        var options = new MultiEmbeddingOptions
        {
            Columns = [InputColumn.Text("Title", SequenceEncoder.Mean()), InputColumn.Category("City"), InputColumn.Bag("Tags")],
            HiddenUnits = [4],
            MaxEpochs = 2,
            NumberOfThreads = 2,
            Seed = 1,
        };
        var earlier = RawRow.Trainer(options).Fit(RawRow.View(RawRow.Random(60, seed: 1)));
        var more = RawRow.Random(60, seed: 2);
        foreach (var row in more.Take(20)) (row.Title, row.City, row.Tags) = ("Brand new umbrella", "Quito", ["wet"]);

        var later = RawRow.Trainer(options with { LearningRate = NoStep, MaxEpochs = 1, Regularization = new() { AveragingDecay = 0 } })
            .Fit(RawRow.View(more), earlier);

        foreach (var (before, after) in earlier.Steps.Zip(later.Steps))
        {
            CollectionAssert.AreEqual(Terms(before), Terms(after)[..Terms(before).Length]);
            Assert.IsGreaterThan(Terms(before).Length, Terms(after).Length);
        }
        Assert.Contains("umbrella", Terms(later.Steps[0]));
        foreach (string table in new[] { "columns.Title/words.table", "columns.City/key.table", "columns.Tags/key.table" })
        {
            float[] known = earlier.Model.Networks[0].Weights[table].Values, grown = later.Model.Networks[0].Weights[table].Values;
            CollectionAssert.AreEqual(known, grown[..known.Length], table);
            Assert.IsTrue(grown.Length > known.Length && grown[known.Length..].Any(value => value != 0), table);
        }

        static string[] Terms(RowMappingTransformer step) =>
            [.. step is TokenIndexingTransformer tokens ? tokens.Terms : ((CategoryIndexingTransformer)step).Terms];
    }

    [TestMethod]
    public void Fit_FewNewRows_StillKnowsWhatTheEarlierModelKnew()
    {
        var rows = RawRow.Random(200, seed: 3);
        var options = RawRow.Options with { Columns = [InputColumn.Text("Title"), InputColumn.Number("Area")], MaxEpochs = 10 };
        var earlier = RawRow.Trainer(options).Fit(RawRow.View(rows));
        // Of a word that the earlier rows lack, and of none that they have.
        var few = RawRow.Random(16, seed: 4);
        foreach (var row in few) row.Title = row.Label ? "Splendid" : "Dreadful";

        var later = RawRow.Trainer(options with { LearningRate = 0.001 }).Fit(RawRow.View(few), earlier);

        Assert.HasCount(2, later.Model.Networks);
        Assert.IsGreaterThan(0.95, Area(earlier.Model.Wide!));
        Assert.IsGreaterThan(0.95, Area(later.Model.Wide!), "of the wide part alone");
        Assert.IsGreaterThan(0.95, AreaUnderCurve(later, rows));

        double Area(TrainedWide wide)
        {
            var model = wide == earlier.Model.Wide ? earlier : later;
            var alone = new MultiEmbeddingTransformer(model.Steps, model.Model with { Mixture = [new(0, 1)] }, Networks.History);
            return AreaUnderCurve(alone, rows);
        }
    }

    [TestMethod]
    public void Fit_AutomaticSettings_KeepTheNetworkThatTheEarlierDataAskedFor()
    {
        var options = RawRow.Options with { Columns = [InputColumn.Text("Title")], MaxEpochs = 1 };
        var earlier = RawRow.Trainer(options).Fit(RawRow.View(RawRow.Random(60, seed: 5)));
        var longer = RawRow.Random(60, seed: 6);
        foreach (var row in longer) row.Title = string.Join(' ', Enumerable.Repeat(row.Title, 60));

        var later = RawRow.Trainer(options with { Members = null }).Fit(RawRow.View(longer), earlier);

        Assert.HasCount(2, later.Model.Networks);
        CollectionAssert.AreEqual(
            earlier.Model.Shape.Columns.Select(column => (column.Name, column.GetType())).ToArray(),
            later.Model.Shape.Columns.Select(column => (column.Name, column.GetType())).ToArray());
        Assert.AreEqual(((SequenceShape)earlier.Model.Shape.Columns[0]).Encoder, ((SequenceShape)later.Model.Shape.Columns[0]).Encoder);
    }

    [TestMethod]
    public void Choices_FromAnEarlierModel_GoOnWithItsTablesAndVectors()
    {
        var vectors = PretrainedVectors.FromTextFile("words.txt") with { Trainable = false };
        var others = PretrainedVectors.FromTextFile("others.txt");
        var known = new MultiEmbeddingOptions
        {
            Columns = [InputColumn.Text("Title") with { Table = "words", Vectors = vectors }, InputColumn.Category("City", 3) with { Vectors = vectors }],
            HiddenUnits = [4],
            Members = 2,
            Wide = false,
        };
        var given = new MultiEmbeddingOptions { Columns = [InputColumn.Text("Title"), InputColumn.Category("City") with { Vectors = others }] };

        var columns = new Choices(given, ViewFacts.None, known).Options.Columns.Cast<EmbeddingColumn>();

        CollectionAssert.AreEqual(
            new (string?, PretrainedVectors?, int?)[] { ("words", vectors, null), (null, others, 3) },
            columns.Select(column => (column.Table, column.Vectors, column.Dimensions)).ToArray());
    }

    [TestMethod]
    public void Fit_NumberLabelAtAnotherLevel_KeepsTheScaleForNetworksAndWidePart()
    {
        var context = new MLContext(1);
        var options = new MultiEmbeddingOptions
        {
            LabelColumnName = "Weight",
            Columns = [InputColumn.Number("Number")],
            Members = 2,
            MaxEpochs = 2,
            NumberOfThreads = 2,
            Seed = 1,
        };
        var rows = TrainingRow.View(TrainingRow.Random(200, seed: 1, (row, _) => row.Weight = 3 * row.Number));
        var earlier = context.Regression.Trainers.MultiEmbedding(options).Fit(rows);
        var shifted = TrainingRow.View(TrainingRow.Random(200, seed: 2, (row, _) => row.Weight = 3 * row.Number + 10));

        var later = context.Regression.Trainers.MultiEmbedding(options).Fit(shifted, earlier);

        Assert.AreEqual(earlier.Model.Shape.Labels[0], later.Model.Shape.Labels[0]);
        double measured = later.History.HeldOutMetrics.Single(metric => metric.Name == "RMSE").Value;
        Assert.IsLessThan(1, measured, "The wide part alone fits the new level.");
        Assert.IsLessThan(1, context.Regression.Evaluate(later.Transform(shifted), "Weight").RootMeanSquaredError);
    }

    [TestMethod]
    public void Parameters_GrownKeysAndClasses_LieAtTheirNewPlaces()
    {
        var known = TrainedWide.Of(new WideShape([new WideCategory("A", 1), new WideTerms("B", 1)], Outputs: 2),
        [
            ("wide.A.weight", [1, 2, 3, 4]), ("wide.B.weight", [5, 6, 7, 8]), ("wide.B.idf", [0.5f, 0.25f]), (WideShape.Bias, [9, 10]),
        ]);
        var start = new WideStart(known);
        var grown = new WideShape([new WideCategory("A", 2), new WideTerms("B", 1)], Outputs: 3);

        float[] rarities = [1, 1];
        start.LayOver(new WideTerms("B", 1), rarities);

        CollectionAssert.AreEqual(new float[] { 1, 2, 0, 3, 4, 0, 0, 0, 0, 5, 6, 0, 7, 8, 0, 9, 10, 0 }, start.Parameters(start.Adopt(grown)));
        CollectionAssert.AreEqual(new[] { 0.5f, 0.25f }, rarities);
    }

    [TestMethod]
    public void Adopt_RareKeysWereLeftOut_LeavesNewOnesOut()
    {
        var known = TrainedWide.Of(new WideShape([new WideTerms("A", KeyCount: 9, KeptKeys: 1)], Outputs: 1),
            [("wide.A.weight", [1, 2]), ("wide.A.idf", [1, 1]), (WideShape.Bias, [9])]);

        var adopted = new WideStart(known).Adopt(new WideShape([new WideTerms("A", KeyCount: 12)], Outputs: 1));

        Assert.AreEqual(new WideTerms("A", KeyCount: 12, KeptKeys: 1), adopted.Columns.Single());
    }

    [TestMethod]
    public void Adopt_AnotherWidePart_SaysEachDifference()
    {
        var known = TrainedWide.Of(new WideShape([new WideCategory("A", 2)], Outputs: 1), [("wide.A.weight", [1, 2, 3]), (WideShape.Bias, [9])]);
        var start = new WideStart(known);

        string other = Message([new WideTerms("B", 1)]), fewer = Message([new WideCategory("A", 1)]);

        StringAssert.Contains(other, "Its wide part reads the columns 'A'; the settings ask for 'B'. Set them as they were");
        StringAssert.Contains(
            fewer, "Its wide part read column 'A' in another way: as a category of 2 keys; now it would be a category of 1 keys. Give the column");

        string Message(WideColumn[] columns) => Assert.ThrowsExactly<ArgumentException>(() => start.Adopt(new WideShape(columns, 1))).Message;
    }

    private static double AreaUnderCurve(MultiEmbeddingTransformer model, RawRow[] rows) =>
        new MLContext(1).BinaryClassification.Evaluate(model.Transform(RawRow.View(rows))).AreaUnderRocCurve;
}
