using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class MultiEmbeddingTrainerTests
{
    [TestMethod]
    public void Fit_KeysAndNumbers_IsAnOrdinaryEstimator()
    {
        var view = TrainingRow.View(TrainingRow.Random(60, seed: 1));
        var options = Trainers.Options with { MaxEpochs = 2 };

        EstimatorWorkout.Run(Trainers.Of(options), view,
            EstimatorWorkout.Without(view, "Words"), EstimatorWorkout.Without(view, "Category"), EstimatorWorkout.Without(view, "Numbers"));

        Assert.AreEqual(Trainers.Options with { MaxEpochs = 2 }, options);
    }

    [TestMethod]
    public void Fit_ThenSaveAndLoad_KeepsTheHistory()
    {
        var model = Trainers.Fit(Trainers.Options, TrainingRow.Learnable(300, seed: 1));

        var loaded = (MultiEmbeddingTransformer)EstimatorWorkout.SaveAndLoad(model, TrainingRow.View().Schema);

        Assert.AreEqual(Networks.Text(model.History), Networks.Text(loaded.History));
    }

    [TestMethod]
    public void CrossValidate_Pipeline_LearnsInEveryFold()
    {
        var context = new MLContext(1);
        var pipeline = CityRow.Indexing(context).Append(context.BinaryClassification.Trainers.MultiEmbedding(CityRow.Options));

        var folds = context.BinaryClassification.CrossValidate(CityRow.View(CityRow.Random(300)), pipeline, numberOfFolds: 3);

        Assert.HasCount(3, folds);
        foreach (var fold in folds) Assert.IsGreaterThan(0.99, fold.Metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void Fit_NullForValidation_HoldsRowsOut()
    {
        var model = Trainers.Of(Trainers.Options with { MaxEpochs = 1 }).Fit(TrainingRow.View(TrainingRow.Random(50, seed: 1)), null);

        Assert.AreEqual(5, model.History.ValidationRows);
    }

    [TestMethod]
    public void Fit_ThenPredictionEngine_PredictsSingleRows()
    {
        var model = CityRow.Fit(CityRow.Options, CityRow.Random(300));
        using var engine = new MLContext(1).Model.CreatePredictionEngine<CityRow, Prediction>(model);

        var good = engine.Predict(new CityRow { Text = "It fits!", City = "Lima", Age = 30 });
        var bad = engine.Predict(new CityRow { Text = "It tears!", City = "Lima", Age = 30 });

        Assert.IsTrue(good is { PredictedLabel: true, Score: > 0, Probability: > 0.5f });
        Assert.IsTrue(bad is { PredictedLabel: false, Score: < 0, Probability: < 0.5f });
    }

    [TestMethod]
    public void Fit_NumberOfThreads_ChangesLastDigitsAlone()
    {
        var rows = TrainingRow.Learnable(900, seed: 1);
        var options = Trainers.Options with { MaxEpochs = 2, BatchSize = 800, Regularization = new() { Dropout = 0 } };
        var model = Trainers.Fit(options with { NumberOfThreads = 1 }, rows);

        Trainers.AssertSameWeights(model, Trainers.Fit(options with { NumberOfThreads = 1 }, rows));
        float[] scores = Trainers.Scores(Trainers.Fit(options with { NumberOfThreads = 3 }, rows), rows);
        foreach (var (one, three) in Trainers.Scores(model, rows).Zip(scores)) Assert.AreEqual(one, three, 1e-3f);
    }

    [TestMethod]
    public void Fit_OddRows_GetScoresThatAreNumbers()
    {
        CityRow[] odd =
        [
            new() { Text = "", City = "Oslo", Age = 30 },
            new() { Text = "words never seen", City = "Oslo", Age = 30 },
            new() { Text = "It fits", City = "Atlantis", Age = 30 },
            new() { Text = null, City = null, Age = 30 },
            new() { Text = "It fits", City = "Oslo", Age = float.NaN },
            new() { Text = "It fits", City = "Oslo", Age = float.MaxValue },
            new() { Text = null, City = null, Age = float.NaN },
        ];
        // The same rows are legal in training.
        var model = CityRow.Fit(CityRow.Options, [.. CityRow.Random(100), .. odd]);

        float[] scores = Networks.Scores(model.Transform(CityRow.View(odd)));

        Assert.HasCount(7, scores);
        Assert.IsTrue(scores.All(float.IsFinite), string.Join(' ', scores));
    }

    [TestMethod]
    public void Fit_NoUnknownValues_TrainsTheUnknownVectorsAllTheSame()
    {
        var rows = CityRow.Random(100);
        var options = CityRow.Options with { MaxEpochs = 2, ValidationFraction = 0 };
        float[] Unknown(double share, string column, int dimensions) => [.. Trainers.Weights(
            CityRow.Fit(options with { Regularization = new() { UnknownDropout = share } }, rows).LastTransformer)[$"columns.{column}.table"].Values.Skip(
                dimensions).Take(dimensions)];

        // One seed gives one set of initial values, and without dropout the row is never touched.
        CollectionAssert.AreNotEqual(Unknown(0, "Words", 8), Unknown(0.1, "Words", 8));
        CollectionAssert.AreNotEqual(Unknown(0, "CityKey", 3), Unknown(0.1, "CityKey", 3));
        Assert.IsTrue(Unknown(0, "Words", 8).All(value => Math.Abs(value) <= 0.05), "initial values");
    }

    [TestMethod]
    public void Fit_SequencesPaddedByTheData_KeepThePaddingRowAtZero()
    {
        var model = Trainers.Fit(Trainers.Options, TrainingRow.Random(100, seed: 1, (row, _) => row.Words = [0, .. row.Words, 0]));

        Assert.IsTrue(Trainers.Weights(model)["columns.Words.table"].Values.Take(8).All(value => value == 0));
    }

    [TestMethod]
    public void Fit_DataFrame_TrainsOnItsRowsAndScoresThem()
    {
        var rows = CityRow.Random(200);
        var frame = new DataFrame(
            new Int32DataFrameColumn("Label", rows.Select(row => row.Label ? 1 : 0)),
            new StringDataFrameColumn("Text", rows.Select(row => row.Text!)),
            new StringDataFrameColumn("City", rows.Select((row, i) => i % 9 == 0 ? null! : row.City!)),
            new SingleDataFrameColumn("Age", rows.Select(row => float.IsNaN(row.Age) ? null : (float?)row.Age)),
            new VBufferDataFrameColumn<float>("Sizes", rows.Select(row => new VBuffer<float>(2, [row.Age, row.Label ? 1f : 0f]))));
        var context = new MLContext(1);
        var pipeline = context.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean)
            .Append(CityRow.Indexing(context))
            .Append(context.BinaryClassification.Trainers.MultiEmbedding(
                CityRow.Options with { Columns = [.. CityRow.Options.Columns, InputColumn.Number("Sizes")] }));

        var model = pipeline.Fit(frame);
        var scored = model.Score(frame);

        Assert.AreEqual(180, model.LastTransformer.History.TrainingRows);
        Assert.AreEqual(200, scored.Rows.Count);
        for (int i = 0; i < rows.Length; i++) Assert.AreEqual(rows[i].Label, scored["PredictedLabel"][i]);
    }

    [TestMethod]
    public void Fit_KeysOfMlNetsOwnSteps_Learns()
    {
        var context = new MLContext(1);
        var pipeline = context.Transforms.Text.TokenizeIntoWords("Words", "Text")
            .Append(context.Transforms.Conversion.MapValueToKey("Words"))
            .Append(context.Transforms.Conversion.MapValueToKey("CityKey", "City"))
            .Append(context.BinaryClassification.Trainers.MultiEmbedding(CityRow.Options));
        var view = CityRow.View(CityRow.Random(300));

        var metrics = context.BinaryClassification.Evaluate(pipeline.Fit(view).Transform(view));

        Assert.IsGreaterThan(0.99, metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void Fit_OfSeveralThreads_GivesTheModelOfOne()
    {
        var trainer = Trainers.Of(Trainers.Options with { MaxEpochs = 2 });
        var view = TrainingRow.View(TrainingRow.Random(60, seed: 1));
        var alone = trainer.Fit(view);

        var together = new MultiEmbeddingTransformer[2];
        Parallel.For(0, 2, i => together[i] = trainer.Fit(view));

        foreach (var model in together) Trainers.AssertSameWeights(alone, model);
    }
}
