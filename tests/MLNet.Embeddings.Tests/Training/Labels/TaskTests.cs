using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>The trainers of all tasks, from fitting to ML.NET's own evaluators.</summary>
[TestClass]
public sealed class TaskTests
{
    private static readonly MultiEmbeddingOptions Options = new()
    {
        Columns = [InputColumn.Number("Number"), InputColumn.Category("Place", 4)],
        HiddenUnits = [16],
        LearningRate = 0.02,
        MaxEpochs = 20,
        Seed = 1,
    };

    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _training = LabelRow.View(LabelRow.Random(800, seed: 1)), _test = LabelRow.View(LabelRow.Random(400, seed: 2));

    [TestMethod]
    public void Multiclass_LearnableData_TellsAllClassesApart()
    {
        var model = Multiclass(Options).Fit(_training);

        var metrics = _mlContext.MulticlassClassification.Evaluate(model.Transform(_test), "KindKey");
        Assert.IsGreaterThan(0.93, metrics.MicroAccuracy);
        Assert.IsGreaterThan(0.93, metrics.MacroAccuracy, "The rare class counts as much as the others.");
        CollectionAssert.AreEqual(new[] { "Accuracy", "MacroAccuracy" }, model.History.Epochs[0].Metrics.Select(metric => metric.Name).ToArray());
    }

    [TestMethod]
    [DataRow(0u, float.NaN)]
    [DataRow(3u, 2f)]
    [DataRow(4u, float.NaN)]
    public void Multiclass_KeyOutsideItsRange_IsAMissingLabel(uint key, float expected)
    {
        var row = new MemoryRow(("Label", new KeyDataViewType(typeof(uint), 3), key));
        var column = row.Schema["Label"];

        Assert.AreEqual(expected, LabelTask.Of(LabelColumn.Multiclass("Label")).Begin(column, previous: null).Open(row, column)());
    }

    [TestMethod]
    public void Multiclass_ScoreColumns_AreThoseOfMLNetsOwnTrainers()
    {
        var own = _mlContext.Transforms.Concatenate("Features", "Number")
            .Append(_mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy("KindKey")).Fit(_training).Transform(_training).Schema;

        var ours = Multiclass(Options with { MaxEpochs = 1 }).Fit(_training).Transform(_training).Schema;

        foreach (string name in new[] { "PredictedLabel", "Score" })
        {
            Assert.AreEqual(own[name].Type, ours[name].Type);
            CollectionAssert.AreEquivalent(
                own[name].Annotations.Schema.Select(annotation => $"{annotation.Name}: {annotation.Type}").ToArray(),
                ours[name].Annotations.Schema.Select(annotation => $"{annotation.Name}: {annotation.Type}").ToArray(), name);
        }
        var slots = default(VBuffer<ReadOnlyMemory<char>>);
        ours["Score"].GetSlotNames(ref slots);
        CollectionAssert.AreEqual(LabelRow.Kinds, slots.DenseValues().Select(slot => slot.ToString()).ToArray());
    }

    [TestMethod]
    public void Multiclass_ScoresOfARow_AreProbabilitiesWhoseLargestIsPredicted()
    {
        var scored = Multiclass(Options with { MaxEpochs = 1 }).Fit(_training).Transform(_test);

        uint[] predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        float[][] scores = [.. scored.GetColumn<float[]>("Score")];
        for (int row = 0; row < scores.Length; row++)
        {
            Assert.AreEqual(1, scores[row].Sum(), 1e-5);
            Assert.AreEqual(scores[row].Max(), scores[row][predicted[row] - 1]);
        }
    }

    [TestMethod]
    [DataRow(RegressionLoss.Squared)]
    [DataRow(RegressionLoss.Absolute)]
    [DataRow(RegressionLoss.Huber)]
    public void Regression_LearnableData_PredictsInTheLabelsUnit(RegressionLoss loss)
    {
        var model = Regression(Options with { Labels = [LabelColumn.Regression("Amount") with { Loss = loss }] }).Fit(_training);

        var metrics = _mlContext.Regression.Evaluate(model.Transform(_test), "Amount");
        Assert.IsGreaterThan(0.97, metrics.RSquared);
        Assert.IsLessThan(40, metrics.RootMeanSquaredError);
        Assert.IsLessThan(40, model.History.Epochs[model.History.BestEpoch - 1].Metrics.Single(metric => metric.Name == "RMSE").Value);
    }

    [TestMethod]
    public void Regression_MissingLabels_AreLeftOutAndCounted()
    {
        var rows = LabelRow.Random(100, seed: 3);
        foreach (var row in rows.Take(7)) row.Amount = float.NaN;

        var history = Regression(Options with { MaxEpochs = 1 }).Fit(LabelRow.View(rows)).History;

        Assert.AreEqual((7, 93), (history.SkippedRows, history.TrainingRows + history.ValidationRows));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void MultiOutput_LabelsOfEveryKind_AreLearnedTogether(bool withSequence)
    {
        var options = Options with
        {
            Labels = [LabelColumn.Multiclass("KindKey"), LabelColumn.Binary("IsHigh"), LabelColumn.Regression("Amount")],
            HiddenUnits = [32]
        };
        if (withSequence) options = options with { Columns = [.. options.Columns, InputColumn.Sequence("Words", 4, SequenceEncoder.Gru(4))] };
        var rows = LabelRow.Random(800, seed: 1);
        foreach (var (i, row) in rows.Index())
        {
            if (i % 4 == 1) row.Amount = float.NaN; // a row may lack some of its labels
        }

        var model = _mlContext.MultiOutput().Trainers.MultiEmbedding(options).Fit(LabelRow.View(rows));

        var scored = model.Transform(_test);
        Assert.AreEqual(0, model.History.SkippedRows);
        Assert.IsGreaterThan(0.9, _mlContext.MulticlassClassification.Evaluate(scored, "KindKey", "KindKey.Score", "KindKey.PredictedLabel").MacroAccuracy);
        Assert.IsGreaterThan(
            0.97, _mlContext.BinaryClassification.Evaluate(scored, "IsHigh", "IsHigh.Score", "IsHigh.Probability", "IsHigh.PredictedLabel").AreaUnderRocCurve);
        Assert.IsGreaterThan(0.95, _mlContext.Regression.Evaluate(scored, "Amount", "Amount.Score").RSquared);
        CollectionAssert.AreEqual(
            new[] { "KindKey.Accuracy", "KindKey.MacroAccuracy", "IsHigh.Accuracy", "IsHigh.AUC", "Amount.RMSE", "Amount.MAE" },
            model.History.Epochs[^1].Metrics.Select(metric => metric.Name).ToArray());
    }

    [TestMethod]
    public void MultiOutput_NoValidationRowHasTheClasses_TrainsOn()
    {
        var options = Options with { Labels = [LabelColumn.Multiclass("KindKey"), LabelColumn.Regression("Amount")], MaxEpochs = 2 };
        var validation = LabelRow.Random(30, seed: 5);
        foreach (var row in validation) row.Kind = "";

        var history = _mlContext.MultiOutput().Trainers.MultiEmbedding(options).Fit(
            LabelRow.View(LabelRow.Random(100, seed: 4)), LabelRow.View(validation)).History;

        Assert.HasCount(2, history.Epochs);
        Assert.IsTrue(double.IsNaN(history.Epochs[^1].Metrics.Single(metric => metric.Name == "KindKey.MacroAccuracy").Value));
        Assert.IsTrue(double.IsFinite(history.Epochs[^1].Metrics.Single(metric => metric.Name == "Amount.RMSE").Value));
    }

    [TestMethod]
    [DynamicData(nameof(Trainers))]
    public void Workout_EveryTask_Passes(string name)
    {
        var trainer = Trainer(name, Options with { MaxEpochs = 2 });
        var small = LabelRow.View(LabelRow.Random(100, seed: 4));

        EstimatorWorkout.Run(trainer, small, EstimatorWorkout.Without(small, "Number"));
    }

    [TestMethod]
    [DataRow("bool")]
    [DataRow("float")]
    [DataRow("int")]
    [DataRow("date")]
    public void Multiclass_ClassesOfAnyType_AreGivenBackInTheirType(string type)
    {
        IDataView View<T>(Func<int, T> value) =>
            _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new TypedRow<T> { Number = i % 2, Value = value(i % 2) }));
        var view = type switch
        {
            "bool" => View(i => i == 1),
            "float" => View(i => i + 0.1f),
            "int" => View(i => -7 * i),
            _ => View(i => new DateTime(2024, 2, 29 - i, 1, 2, 3)),
        };
        var pipeline = _mlContext.Transforms.Conversion.MapValueToKey("Label", "Value")
            .Append(_mlContext.MulticlassClassification.Trainers.MultiEmbedding(
                new() { Columns = [InputColumn.Number("Number")], MaxEpochs = 30, LearningRate = 0.05, Seed = 1 }))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Back", "PredictedLabel"));

        var scored = EstimatorWorkout.SaveAndLoad(pipeline.Fit(view), view.Schema).Transform(view);

        CollectionAssert.AreEqual(Of("Value"), Of("Back"));

        string[] Of(string column) =>
            [.. Rows.Of(_mlContext.Transforms.SelectColumns(column).Fit(scored).Transform(scored))
                .Select(row => row.Replace(column, "", StringComparison.Ordinal))];
    }

    [TestMethod]
    public void ClassWeights_Balanced_FindMoreOfARareClass()
    {
        // The positive class is rare, and the number says it with some doubt only.
        var random = new Random(1);
        var rows = LabelRow.Random(2_000, seed: 1);
        foreach (var row in rows)
        {
            row.IsHigh = random.Next(20) == 0;
            row.Number = random.NextSingle() + random.NextSingle() + (row.IsHigh ? 0.7f : 0);
        }
        var view = LabelRow.View(rows);
        double Recall(ClassWeights? weights)
        {
            var options = Options with
            {
                Columns = [InputColumn.Number("Number")],
                Labels = [LabelColumn.Binary("IsHigh") with { ClassWeights = weights }],
                MaxEpochs = 6
            };
            return _mlContext.BinaryClassification.Evaluate(
                _mlContext.BinaryClassification.Trainers.MultiEmbedding(options).Fit(view).Transform(view), "IsHigh").PositiveRecall;
        }

        double alike = Recall(null), balanced = Recall(ClassWeights.Balanced),
            given = Recall(ClassWeights.Of(new Dictionary<string, double> { ["True"] = 19 }));

        Assert.IsGreaterThan(alike + 0.2, balanced);
        Assert.IsGreaterThan(alike + 0.2, given);
    }

    [TestMethod]
    public void ClassWeights_BalancedClasses_AreInverseToTheirCounts() =>
        CollectionAssert.AreEqual(new[] { 4.0 / 6, 1, 2 }, ClassWeighting.Of(ClassWeights.Balanced, "L", ["a", "b", "c"], Counts(0, 0, 0, 2, float.NaN)));

    private static ClassCounts Counts(params float[] labels)
    {
        var counts = new ClassCounts();
        counts.Add(labels);
        return counts;
    }

    private static IEnumerable<object[]> Trainers => [["multiclass"], ["regression"], ["several"]];

    private IEstimator<MultiEmbeddingTransformer> Trainer(string name, MultiEmbeddingOptions options) => name switch
    {
        "multiclass" => Multiclass(options),
        "regression" => Regression(options),
        _ => _mlContext.MultiOutput().Trainers.MultiEmbedding(
            options with { Labels = [LabelColumn.Regression("Amount"), LabelColumn.Multiclass("KindKey"), LabelColumn.Binary("IsHigh")] }),
    };

    private MultiEmbeddingTrainer Multiclass(MultiEmbeddingOptions options) =>
        _mlContext.MulticlassClassification.Trainers.MultiEmbedding(options with { LabelColumnName = "KindKey" });

    private MultiEmbeddingTrainer Regression(MultiEmbeddingOptions options) =>
        _mlContext.Regression.Trainers.MultiEmbedding(options with { LabelColumnName = "Amount" });

    private sealed class TypedRow<T>
    {
        public float Number { get; set; }
        public T Value { get; set; } = default!;
    }
}
