using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TrainingLoopTests
{
    [TestMethod]
    public void Fit_Always_RecordsEveryEpoch()
    {
        var history = Trainers.Fit(Trainers.Options with { MaxEpochs = 3 }, TrainingRow.Learnable(200, seed: 1)).History;

        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, history.Epochs.Select(epoch => epoch.Epoch).ToArray());
        foreach (var epoch in history.Epochs)
        {
            Assert.IsTrue(epoch.TrainingLoss > 0 && epoch.ValidationLoss > 0 && epoch.Metrics[0].Value is >= 0 and <= 1
                && epoch.Duration > TimeSpan.Zero, $"{epoch}");
        }
        Assert.AreEqual(history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, history.BestEpoch);
        Assert.AreEqual(StopReason.MaxEpochsReached, history.StopReason);
        CollectionAssert.AreEqual(new[] { "Accuracy", "AUC" }, history.Epochs[0].Metrics.Select(metric => metric.Name).ToArray());
        Assert.AreEqual(180, history.TrainingRows);
        Assert.AreEqual(20, history.ValidationRows);
        Assert.AreEqual(0, history.SkippedRows);
    }

    [TestMethod]
    public void Fit_NoValidation_TrainsAllEpochsAndKeepsTheLast()
    {
        var history = Trainers.Fit(Trainers.Options with { ValidationFraction = 0, MaxEpochs = 4, Patience = 1 }, TrainingRow.Random(50, seed: 1)).History;

        Assert.HasCount(4, history.Epochs);
        Assert.IsTrue(history.Epochs.All(epoch => epoch is { ValidationLoss: null, Metrics.Count: 0 }));
        Assert.AreEqual(4, history.BestEpoch);
        Assert.AreEqual(50, history.TrainingRows);
        Assert.AreEqual(0, history.ValidationRows);
    }

    [TestMethod]
    public void Fit_ValidationView_TrainsOnAllRowsAndRestoresTheBestWeights()
    {
        // Labels of chance: the longer a network trains on them, the worse it does on others.
        IDataView train = TrainingRow.View(TrainingRow.Random(120, seed: 1)), validation = TrainingRow.View(TrainingRow.Random(150, seed: 2));
        var options = Trainers.Options with { MaxEpochs = 40, Patience = 3 };

        var model = Trainers.Of(options).Fit(train, validation);

        var history = model.History;
        var metrics = new MLContext(1).BinaryClassification.Evaluate(model.Transform(validation));
        Assert.AreEqual(120, history.TrainingRows);
        Assert.AreEqual(150, history.ValidationRows);
        Assert.AreEqual(StopReason.NoImprovement, history.StopReason);
        Assert.AreEqual(history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, history.BestEpoch);
        Assert.HasCount(history.BestEpoch + 3, history.Epochs);
        // ML.NET's loss is in bits.
        Assert.AreEqual(history.Epochs[history.BestEpoch - 1].ValidationLoss!.Value, metrics.LogLoss * Math.Log(2), 1e-5);
        var measured = history.Epochs[history.BestEpoch - 1].Metrics;
        Assert.AreEqual(metrics.Accuracy, measured[0].Value, 1e-9);
        Assert.AreEqual(metrics.AreaUnderRocCurve, measured[1].Value, 1e-6);
    }

    [TestMethod]
    public void Fit_Progress_ReportsInOrderUpToTheCompletedEpoch()
    {
        var reports = new Reports();

        var history = Trainers.Fit(Trainers.Options with { MaxEpochs = 3, Progress = reports }, TrainingRow.Learnable(200, seed: 1)).History;

        var taken = reports.OfNetworks;
        CollectionAssert.AreEqual(taken.OrderBy(report => (report.Epoch, report.Step)).ToArray(), taken);
        CollectionAssert.AreEqual(history.Epochs.ToArray(), taken.Select(report => report.Completed).OfType<EpochResult>().ToArray());
        foreach (var report in taken)
        {
            Assert.IsTrue(report.Step >= 1 && report.Step <= report.Steps && report.TrainingLoss > 0 && report.Remaining >= TimeSpan.Zero, $"{report}");
            Assert.AreEqual((3, 6), (report.MaxEpochs, report.Steps));
            Assert.AreEqual(report.Step == report.Steps, report.EpochRemaining == TimeSpan.Zero);
            if (report.Completed is { } completed)
                Assert.AreEqual((report.Epoch, 6, completed.TrainingLoss), (completed.Epoch, report.Step, report.TrainingLoss));
        }
        Assert.AreEqual(1, taken[0].Step, "The first step is reported at once.");
        Assert.IsNull(taken[0].Completed);
        Assert.AreEqual(TimeSpan.Zero, taken[^1].Remaining);
    }

    [TestMethod]
    public void Fit_CancelledBefore_Throws()
    {
        var options = Trainers.Options with { CancellationToken = new CancellationToken(canceled: true) };

        LiveTensors.AssertUnchangedBy(() => Assert.ThrowsExactly<OperationCanceledException>(() => Trainers.Fit(options, TrainingRow.Random(50, seed: 1))));
    }

    [TestMethod]
    public void Fit_CancelledBeforeTheFirstValidation_Throws()
    {
        using var source = new CancellationTokenSource();
        var options = Trainers.Options with { CancellationToken = source.Token, Progress = new Reports(CancelInTraining(source)) };

        LiveTensors.AssertUnchangedBy(() => Assert.ThrowsExactly<OperationCanceledException>(() => Trainers.Fit(options, TrainingRow.Random(200, seed: 1))));
    }

    [TestMethod]
    public void Fit_CancelledWithoutValidation_Throws()
    {
        using var source = new CancellationTokenSource();
        var options = Trainers.Options with { ValidationFraction = 0, CancellationToken = source.Token, Progress = new Reports(CancelInTraining(source)) };

        Assert.ThrowsExactly<OperationCanceledException>(() => Trainers.Fit(options, TrainingRow.Random(200, seed: 1)));
    }

    [TestMethod]
    public void Fit_CancelledAfterAnEpoch_ReturnsTheBestModelAndWarns()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report.Completed?.Epoch == 2) source.Cancel();
        });
        var context = new MLContext(1);
        List<string> warnings = [];
        context.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning) warnings.Add(log.RawMessage);
        };
        var rows = TrainingRow.Learnable(200, seed: 1);
        MultiEmbeddingTransformer? model = null;

        LiveTensors.AssertUnchangedBy(() => model = context.BinaryClassification.Trainers.MultiEmbedding(
            Trainers.Options with { CancellationToken = source.Token, Progress = progress }).Fit(TrainingRow.View(rows)));

        Assert.AreEqual(StopReason.Cancelled, model!.History.StopReason);
        Assert.HasCount(2, model.History.Epochs);
        Assert.AreEqual($"Training was cancelled in epoch 3; the model is that of epoch {model.History.BestEpoch}, the best so far.", warnings.Single());
        Trainers.AssertSameWeights(Trainers.Fit(Trainers.Options with { MaxEpochs = 2 }, rows), model);
    }

    [TestMethod]
    public void Fit_CallbackThrows_PassesTheErrorOnAndLeavesNoTensor()
    {
        var options = Trainers.Options with
        {
            Progress = new Reports(report =>
            {
                if (report.Phase == TrainingPhase.Training) throw new NotSupportedException("no more room");
            }),
        };

        LiveTensors.AssertUnchangedBy(() =>
        {
            var error = Assert.ThrowsExactly<NotSupportedException>(() => Trainers.Fit(options, TrainingRow.Random(50, seed: 1)));
            Assert.AreEqual("no more room", error.Message);
        });
    }

    [TestMethod]
    public void Fit_HugeLearningRate_SaysWhenTheLossWasLostAndWhatToDo()
    {
        var options = Trainers.Options with { LearningRate = 1e30 };
        string message = "";

        LiveTensors.AssertUnchangedBy(() =>
            message = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(options, TrainingRow.Random(200, seed: 1))).Message);

        StringAssert.Matches(message, new Regex(
            @"^The training loss became (NaN|Infinity) in epoch 1, step \d; the mean training loss before was [\d.E+-]+\. " +
            @"Lower LearningRate \(it is 1E\+30\) or Regularization.MaxGradientNorm \(it is 1\)\.$"));
    }

    [TestMethod]
    [DataRow(0, "Weights became infinite or NaN in epoch 1")]
    [DataRow(0.1, "The validation loss became NaN in epoch 1")]
    public void Fit_DivergesInTheLastStep_ReturnsNoModel(double validationFraction, string what)
    {
        var options = Trainers.Options with { LearningRate = 1e39, BatchSize = 1000, MaxEpochs = 1, ValidationFraction = validationFraction };

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(options, TrainingRow.Random(200, seed: 1)));

        StringAssert.StartsWith(error.Message, $"{what}; the mean training loss before was 0.");
    }

    [TestMethod]
    [DataRow(0.1, 1)]
    [DataRow(0, 0)]
    public void Fit_TooFewRowsToHoldOneOut_Warns(double fraction, int expected)
    {
        var context = new MLContext(1);
        List<string> warnings = [];
        context.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning) warnings.Add(log.RawMessage);
        };
        TrainingRow[] rows = [.. TrainingRow.Random(4, seed: 1).Select((row, i) => { row.Label = i % 2 == 0; return row; })];

        var history = context.BinaryClassification.Trainers.MultiEmbedding(Trainers.Options with { ValidationFraction = fraction, MaxEpochs = 3 })
            .Fit(TrainingRow.View(rows)).History;

        Assert.AreEqual((0, 3), (history.ValidationRows, history.BestEpoch));
        Assert.HasCount(expected, warnings);
        foreach (string warning in warnings)
        {
            Assert.AreEqual("No row is held out for validation: ValidationFraction is 0.1 of 4 rows, and a class of one row keeps it. So nothing is " +
                "measured, and training goes on to epoch 3. Give a larger fraction, more rows, or validation data to Fit.", warning);
        }
    }

    [TestMethod]
    public void Fit_AnEpoch_TellsTheLog()
    {
        var context = new MLContext(1);
        List<string> messages = [];
        context.Log += (_, log) =>
        {
            if (log is { Kind: ChannelMessageKind.Info, Source: nameof(MultiEmbeddingTrainer) + "; Training" }) messages.Add(log.RawMessage);
        };

        context.BinaryClassification.Trainers.MultiEmbedding(Trainers.Options with { MaxEpochs = 2 }).Fit(TrainingRow.View(TrainingRow.Random(100, seed: 1)));

        Assert.HasCount(3, messages);
        Assert.AreEqual("90 rows to train on, 10 to validate on, 4.2 kB in memory.", messages[0]);
        StringAssert.Matches(messages[2], new Regex(@"^Epoch 2: loss 0\.\d{4}, validation loss 0\.\d{4}, Accuracy 0\.\d{4}, AUC 0\.\d{4}, \d+\.\d s$"));
    }

    private static Action<TrainingProgress> CancelInTraining(CancellationTokenSource source) => report =>
    {
        if (report.Phase == TrainingPhase.Training) source.Cancel();
    };
}
