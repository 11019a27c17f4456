using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SequenceToSequenceTests
{
    private static readonly SumRow[] Sums = SumRow.All(10, seed: 1);

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Workout_Texts_Passes(int alternatives)
    {
        var data = SumRow.View(Sums);

        EstimatorWorkout.Run(SequenceEstimators.Of(SequenceEstimators.Tiny with { Decoding = new() { Alternatives = alternatives } }), data,
            EstimatorWorkout.Without(data, nameof(SumRow.Sum)),
            _mlContext.Transforms.Conversion.MapValueToKey(nameof(SumRow.Sum)).Fit(data).Transform(data));
    }

    [TestMethod]
    public void Workout_Keys_Passes()
    {
        var data = Keys(SumRow.View(Sums));
        var estimator = _mlContext.Transforms.Text.SequenceToSequence(
            "Answer", "SumKeys", "ResultKeys", SequenceEstimators.Tiny with { Attention = false, TargetSeparator = "" });

        var model = EstimatorWorkout.Run(estimator, data, EstimatorWorkout.Without(data, "SumKeys"));

        Assert.IsNull(model.Transform(data).Schema.GetColumnOrNull("Answer.Attention"));
        Assert.IsTrue(model.Transform(data).GetColumn<string>("Answer").All(answer => answer.All(char.IsDigit)));
    }

    [TestMethod]
    public void Fit_SmallSums_LearnsThemAndGeneralises()
    {
        var options = SequenceEstimators.Tiny with
        {
            Units = 48,
            SourceDimensions = 16,
            TargetDimensions = 16,
            MaxEpochs = 40,
            LearningRate = 0.01,
            Schedule = LearningRateSchedule.Cosine(),
            ValidationFraction = 0,
        };
        SumRow[] rows = SumRow.All(25, seed: 2);

        var model = SequenceEstimators.Fit(options, rows[100..]);

        var learned = _mlContext.EvaluateSequences(model.Transform(SumRow.View(rows[100..])), "Answer");
        var unseen = _mlContext.EvaluateSequences(model.Transform(SumRow.View(rows[..100])), "Answer");
        Assert.IsGreaterThan(0.95, learned.ExactMatch, $"{learned}");
        Assert.IsGreaterThan(0.8, unseen.ExactMatch, $"{unseen}");
        Assert.IsLessThan(model.History.Epochs[0].TrainingLoss / 4, model.History.Epochs[^1].TrainingLoss);
    }

    [TestMethod]
    public void Validation_Metrics_AreThoseOfTheEvaluation()
    {
        IDataView train = SumRow.View(Sums[..60]), validation = SumRow.View(Sums[60..]);

        var model = SequenceEstimators.Of(SequenceEstimators.Tiny with { MaxEpochs = 6, LearningRate = 0.01 }).Fit(train, validation);

        var best = model.History.Epochs[model.History.BestEpoch - 1];
        var metrics = _mlContext.EvaluateSequences(model.Transform(validation), "Answer");
        CollectionAssert.AreEqual(new[] { "TokenAccuracy", "ExactMatch", "Perplexity" }, best.Metrics.Select(metric => metric.Name).ToArray());
        Assert.AreEqual(best.Metrics[2].Value, metrics.Perplexity, 1e-4);
        Assert.AreEqual(Math.Exp(best.ValidationLoss!.Value), metrics.Perplexity, 1e-4);
        // Greedy search finds a target just where each of its tokens is the most probable after those before.
        Assert.AreEqual(best.Metrics[1].Value, metrics.ExactMatch, 1e-9);
    }

    [TestMethod]
    public void PredictionEngine_EveryRow_AgreesWithTransform()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny, Sums);
        var answers = _mlContext.Data.CreateEnumerable<Answer>(model.Transform(SumRow.View(Sums)), reuseRowObject: false).ToArray();
        using var engine = _mlContext.Model.CreatePredictionEngine<SumRow, Answer>(model);

        foreach (var (row, expected) in Sums.Zip(answers))
        {
            var answer = engine.Predict(row);

            Assert.AreEqual(expected.Text, answer.Text);
            Assert.AreEqual(expected.LogProbability, answer.LogProbability);
            CollectionAssert.AreEqual(expected.Tokens, answer.Tokens);
            CollectionAssert.AreEqual(expected.Attention, answer.Attention);
            Assert.HasCount(answer.Tokens.Length * row.Sum!.Length, answer.Attention);
        }
    }

    [TestMethod]
    public void WithDecoding_OtherSettings_ChangesTheCopyOnly()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny, Sums);

        var wider = model.WithDecoding(new() { Alternatives = 4, MaxLength = 5 });

        Assert.AreEqual(1, model.Decoding.Alternatives);
        var scored = wider.Transform(SumRow.View(Sums[..5]));
        Assert.IsNull(model.Transform(SumRow.View(Sums)).Schema.GetColumnOrNull("Answer.Alternatives"));
        foreach (var (texts, scores) in scored.GetColumn<string[]>("Answer.Alternatives").Zip(scored.GetColumn<float[]>("Answer.AlternativeScores")))
        {
            Assert.HasCount(4, texts.Distinct());
            CollectionAssert.AreEqual(scores.OrderDescending().ToArray(), scores);
        }
    }

    [TestMethod]
    public void Score_DataFrame_GivesTextAndLogProbability()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny, Sums);
        var frame = new DataFrame(new StringDataFrameColumn(nameof(SumRow.Sum), Sums[..4].Select(row => row.Sum)));

        var scored = model.Score(frame);

        CollectionAssert.AreEqual(new[] { "Sum", "Answer", "Answer.LogProbability" }, scored.Columns.Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(
            model.Transform(SumRow.View(Sums[..4])).GetColumn<string>("Answer").ToArray(), ((StringDataFrameColumn)scored["Answer"]).ToArray());
    }

    [TestMethod]
    public void Score_DataFrameWithAlternatives_GivesThemToo()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny with { MaxEpochs = 1 }, Sums[..40]).WithDecoding(new() { Alternatives = 2, MaxLength = 3 });

        var scored = model.Score(new DataFrame(new StringDataFrameColumn(nameof(SumRow.Sum), [Sums[0].Sum])));

        CollectionAssert.AreEqual(
            new[] { "Sum", "Answer", "Answer.LogProbability", "Answer.Alternatives", "Answer.AlternativeScores" },
            scored.Columns.Select(column => column.Name).ToArray());
        var texts = ((VBuffer<ReadOnlyMemory<char>>)scored["Answer.Alternatives"][0]).DenseValues().Select(text => text.ToString()).ToArray();
        Assert.HasCount(2, texts);
        Assert.AreEqual(scored["Answer"][0], texts[0]);
    }

    [TestMethod]
    public void Fit_ScheduledSampling_Learns()
    {
        var options = SequenceEstimators.Tiny with { MaxEpochs = 12, LearningRate = 0.02, TeacherForcing = 1, FinalTeacherForcing = 0.3 };

        var history = SequenceEstimators.Fit(options, Sums).History;

        Assert.IsLessThan(history.Epochs[0].ValidationLoss!.Value, history.Epochs[^1].ValidationLoss!.Value);
    }

    [TestMethod]
    public void Fit_SeveralAtOnce_AreAsEachAlone()
    {
        SequenceToSequenceOptions Options(int seed) =>
            SequenceEstimators.Tiny with { Seed = seed, TeacherForcing = 0.5, Regularization = new() { Dropout = 0.2 } };
        var together = new SequenceToSequenceTransformer[3];

        Parallel.For(0, together.Length, seed => together[seed] = SequenceEstimators.Fit(Options(seed), Sums));

        for (int seed = 0; seed < together.Length; seed++) Trainers.AssertSameWeights(SequenceEstimators.Fit(Options(seed), Sums), together[seed]);
    }

    [TestMethod]
    public void Fit_Torch_LearnsAndLeavesNoTensors() => LiveTensors.AssertUnchangedBy(() =>
    {
        var options = SequenceEstimators.Tiny with
        {
            Backend = TrainingBackend.Torch,
            Layers = 2,
            TieTargetEmbedding = true,
            TeacherForcing = 0.5,
            FinalTeacherForcing = 1,
            MaxEpochs = 4,
            LearningRate = 0.02,
        };

        var history = SequenceEstimators.Fit(options, Sums).History;

        Assert.IsLessThan(history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);
    });

    private static IDataView Keys(IDataView view)
    {
        var text = new MLContext(1).Transforms.Text;
        return text.IndexTokens("SumKeys", nameof(SumRow.Sum), SequenceEstimators.Characters)
            .Append(text.IndexTokens("ResultKeys", nameof(SumRow.Result), SequenceEstimators.Characters)).Fit(view).Transform(view);
    }
}
