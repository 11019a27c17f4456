using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Models of several networks, each trained on all rows but a fold of its own.</summary>
[TestClass]
public sealed class MembersTests
{
    private const int Members = 3;

    private static readonly TrainingRow[] Rows = TrainingRow.Learnable(150, seed: 1);

    private static readonly MultiEmbeddingOptions Options = Trainers.Options with { Members = Members, MaxEpochs = 3, NumberOfThreads = 2, Patience = 3 };

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Folds_Rows_AreHeldOutOnceAndTrainedOnElse()
    {
        int[] foldOf = ValidationFolds.Deal(new float[20], [.. Enumerable.Repeat(1f, 19), 0], Members, new SplitMix(1));
        var folds = new RowFolds(foldOf, Members);

        var held = Enumerable.Range(0, Members).Select(folds.HeldOutRows).ToArray();

        CollectionAssert.AreEqual(Enumerable.Range(0, 19).ToArray(), held.SelectMany(rows => rows).Order().ToArray());
        CollectionAssert.AreEqual(folds.HeldOutRows(), held.SelectMany(rows => rows).Order().ToArray());
        Assert.IsTrue(held.All(rows => rows.Length is 6 or 7));
        for (int fold = 0; fold < Members; fold++)
        {
            CollectionAssert.AreEqual(folds.AllRows, folds.TrainingRows(fold).Concat(held[fold]).Order().ToArray());
            Assert.Contains(19, folds.TrainingRows(fold), "A row of no weight is trained on by all.");
        }
        Assert.HasCount(20, folds.AllRows);
        Assert.AreEqual(19, folds.HeldOutCount);
    }

    [TestMethod]
    public void Transform_Binary_AveragesProbabilities()
    {
        var model = Trainers.Fit(Options, Rows);
        var view = TrainingRow.View(Rows);

        float[][] alone = [.. model.Model.Networks.Select(network => Networks.Score(network, view))];
        float[] together = [.. model.Transform(view).GetColumn<float>("Probability")];

        Assert.HasCount(Members, alone);
        Assert.AreNotEqual(alone[0][0], alone[1][0]);
        for (int row = 0; row < Rows.Length; row++) Assert.AreEqual(alone.Average(scores => 1 / (1 + Math.Exp(-scores[row]))), together[row], 1e-5);
    }

    [TestMethod]
    public void Transform_Numbers_AveragesThem()
    {
        var options = Options with { LabelColumnName = "Weight", Columns = [InputColumn.Number("Number")] };
        var view = TrainingRow.View(TrainingRow.Random(90, seed: 2, (row, _) => row.Weight = 3 * row.Number));
        var model = _mlContext.Regression.Trainers.MultiEmbedding(options).Fit(view);

        float[][] alone = [.. model.Model.Networks.Select(network => Networks.Score(network, view))];

        float[] together = Networks.Scores(model.Transform(view));
        for (int row = 0; row < together.Length; row++) Assert.AreEqual(alone.Average(scores => scores[row]), together[row], 1e-5);
    }

    [TestMethod]
    public void Transform_Classes_AveragesProbabilities()
    {
        var options = Options with { LabelColumnName = "Category", Columns = [InputColumn.Number("Number"), InputColumn.Bag("Words", 4)] };
        var view = TrainingRow.View(TrainingRow.Random(90, seed: 3));
        var model = _mlContext.MulticlassClassification.Trainers.MultiEmbedding(options).Fit(view);

        float[][][] alone = [.. model.Model.Networks.Select(network => Probabilities(Networks.Transformer(network)))];

        float[][] together = Probabilities(model);
        for (int row = 0; row < together.Length; row++)
        {
            for (int i = 0; i < together[row].Length; i++) Assert.AreEqual(alone.Average(scores => scores[row][i]), together[row][i], 1e-5);
        }

        float[][] Probabilities(ITransformer transformer) => [.. transformer.Transform(view).GetColumn<float[]>("Score")];
    }

    [TestMethod]
    public void Fit_OneSeed_IsOneModelOnAnyNumberOfThreads()
    {
        var options = RawRow.Options with { Members = Members };
        var rows = RawRow.View(RawRow.Random(60, seed: 4));

        var entries = new[] { 1, 2, 3 }.Select(threads => Entries(RawRow.Trainer(options with { NumberOfThreads = threads }).Fit(rows))).ToArray();

        string[] arrays = [.. entries[0].Bytes.Keys.Where(name => name.EndsWith(SafeTensors.EntryName, StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(
            new[] { "weights.safetensors", "1.weights.safetensors", "2.weights.safetensors", "wide.weights.safetensors" }, arrays);
        foreach (var other in entries[1..])
        {
            foreach (string name in arrays) CollectionAssert.AreEqual(entries[0].Bytes[name], other.Bytes[name], name);
        }
    }

    [TestMethod]
    public void Load_SavedModel_ScoresTheSameAndWritesTheSameBytes()
    {
        var rows = RawRow.View(RawRow.Random(60, seed: 5));
        var model = RawRow.Trainer(RawRow.Options with { Members = Members }).Fit(rows);
        var entries = Entries(model);

        var loaded = (MultiEmbeddingTransformer)EstimatorWorkout.SaveAndLoad(model, rows.Schema);

        CollectionAssert.AreEqual(Networks.Scores(model.Transform(rows)), Networks.Scores(loaded.Transform(rows)));
        CollectionAssert.AreEquivalent(entries.Bytes.Keys, Entries(loaded).Bytes.Keys);
        foreach (var (name, bytes) in Entries(loaded).Bytes) CollectionAssert.AreEqual(entries.Bytes[name], bytes, name);
    }

    [TestMethod]
    public void History_SeveralNetworks_HasThatOfEachAndWhatHeldOutRowsSay()
    {
        var model = Trainers.Fit(Options, Rows);

        var history = model.History;

        Assert.HasCount(Members, history.Networks);
        Assert.AreEqual(history.Epochs[0], history.Networks[0].Epochs[0]);
        Assert.IsTrue(history.Networks.All(one => one.TrainingRows == 100 && one.ValidationRows == 50));
        Assert.AreEqual((150, 150), (history.TrainingRows, history.ValidationRows));
        // Each row by the network that has not seen it.
        float[] labels = [.. Rows.Select(row => row.Label ? 1f : 0)], weights = [.. Rows.Select(_ => 1f)];
        int[] foldOf = ValidationFolds.Deal(labels, weights, Members, RandomStreams.Of(Options.Seed!.Value, RandomPurpose.Folds));
        float[][] alone = [.. model.Model.Networks.Select(network => Networks.Score(network, TrainingRow.View(Rows)))];
        float[] unseen = [.. foldOf.Select((fold, row) => alone[fold][row])];
        Assert.AreEqual(AreaUnderCurve.Of(unseen, labels, weights), history.HeldOutMetrics.Single(metric => metric.Name == "AUC").Value, 1e-6);
    }

    [TestMethod]
    public void Fit_ValidationRowsGiven_ValidatesAllNetworksOnThemAndMeasuresTheWhole()
    {
        TrainingRow[] rows = TrainingRow.Learnable(40, seed: 6);

        var model = Trainers.Of(Options).Fit(TrainingRow.View(Rows), TrainingRow.View(rows));

        var history = model.History;
        Assert.IsTrue(history.Networks.All(one => one.TrainingRows == 150 && one.ValidationRows == 40));
        Assert.AreEqual((150, 40), (history.TrainingRows, history.ValidationRows));
        // No network has seen them, so all say together what the model says.
        float[] labels = [.. rows.Select(row => row.Label ? 1f : 0)], weights = [.. rows.Select(_ => 1f)];
        float[] scores = [.. Networks.Scores(model.Transform(TrainingRow.View(rows)))];
        Assert.AreEqual(AreaUnderCurve.Of(scores, labels, weights), history.HeldOutMetrics.Single(metric => metric.Name == "AUC").Value, 1e-6);
    }

    [TestMethod]
    public void Fit_NoValidation_TrainsOnAllRows()
    {
        var model = Trainers.Fit(Options with { ValidationFraction = 0, Wide = true }, Rows);

        Assert.IsTrue(model.History.Networks.All(one => one.TrainingRows == 150 && one.ValidationRows == 0));
        Assert.IsEmpty(model.History.HeldOutMetrics);
        Assert.AreEqual(new MixtureWeights(0.5f, 0.5f), model.Model.Mixture.Single());
    }

    private static MemoryEntries Entries(MultiEmbeddingTransformer model)
    {
        var entries = new MemoryEntries();
        entries.Write(model.Write);
        return entries;
    }
}
