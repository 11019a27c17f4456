using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What the shared training loop offers, for an encoder-decoder.</summary>
[TestClass]
public sealed class SequenceTrainingTests
{
    private static readonly SumRow[] Sums = SumRow.All(10, seed: 1);

    private static readonly SequenceToSequenceOptions Options = SequenceEstimators.Tiny with
    {
        MaxEpochs = 3,
        Layers = 2,
        TeacherForcing = 0.9,
        FinalTeacherForcing = 0.5,
        Regularization = new() { Dropout = 0.2, UnknownDropout = 0.1, AveragingDecay = 0.9 },
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TestCleanup]
    public void DeleteFolder()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public void Fit_CutOffInAnEpoch_GoesOnBitForBit()
    {
        var whole = SequenceEstimators.Fit(Options with { Schedule = new Breaking(int.MaxValue) }, Sums);

        Assert.ThrowsExactly<TimeoutException>(() => SequenceEstimators.Fit(Options with { Checkpoints = Checkpoints, Schedule = new Breaking(4) }, Sums));
        Assert.ThrowsExactly<TimeoutException>(() => SequenceEstimators.Fit(Options with { Checkpoints = Checkpoints, Schedule = new Breaking(6) }, Sums));
        var resumed = SequenceEstimators.Fit(Options with { Checkpoints = Checkpoints, Schedule = new Breaking(int.MaxValue) }, Sums);

        Trainers.AssertSameWeights(whole, resumed);
        Assert.IsEmpty(Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Fit_OtherSettingsThanTheCheckpoints_SaysWhich()
    {
        Assert.ThrowsExactly<TimeoutException>(() => SequenceEstimators.Fit(Options with { Checkpoints = Checkpoints, Schedule = new Breaking(2) }, Sums));

        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            SequenceEstimators.Fit(Options with { Checkpoints = Checkpoints, Schedule = new Breaking(9), Units = 7, LabelSmoothing = 0.3 }, Sums)).Message;

        StringAssert.Contains(message, "vocabularies or network: ");
        StringAssert.Contains(message, "LabelSmoothing: 0 then, 0.3 now");
    }

    [TestMethod]
    public void Fit_Streamed_LearnsAsInMemory()
    {
        var options = SequenceEstimators.Tiny with { MaxEpochs = 8, LearningRate = 0.02, ShuffleBufferRows = 30 };

        var history = SequenceEstimators.Fit(options, Sums).History;

        Assert.AreEqual(Sums.Length, history.TrainingRows + history.ValidationRows);
        Assert.IsLessThan(history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);
    }

    [TestMethod]
    public void Fit_Cancelled_GivesTheBestSoFar()
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new Reports(progress =>
        {
            if (progress.Completed?.Epoch == 2) cancellation.Cancel();
        });

        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny with { MaxEpochs = 100, Progress = reports, CancellationToken = cancellation.Token }, Sums);

        Assert.AreEqual(StopReason.Cancelled, model.History.StopReason);
        Assert.HasCount(2, model.History.Epochs);
        Assert.IsTrue(reports.OfNetworks.All(report => report.MaxEpochs == 100 && report.Remaining >= TimeSpan.Zero));
        CollectionAssert.AreEqual(
            new[] { TrainingPhase.Indexing, TrainingPhase.Reading, TrainingPhase.Training }, reports.Taken.Select(report => report.Phase).Distinct().ToArray());
        Assert.AreEqual((1.0, TimeSpan.Zero), (reports.Taken[^1].Done, reports.Taken[^1].Remaining));
    }

    [TestMethod]
    public void Fit_NoImprovement_StopsEarly()
    {
        // What a sum comes to has nothing to do with the sum.
        var random = new Random(1);
        SumRow[] rows = [.. Sums.Select(row => new SumRow { Sum = row.Sum, Result = $"{random.Next(100, 1000)}" })];

        var history = SequenceEstimators.Fit(SequenceEstimators.Tiny with { MaxEpochs = 100, Patience = 2, LearningRate = 0.03 }, rows).History;

        Assert.AreEqual(StopReason.NoImprovement, history.StopReason);
        Assert.HasCount(history.BestEpoch + 2, history.Epochs);
    }

    [TestMethod]
    public void Fit_MLContextsSeed_DecidesTheModel()
    {
        Trainers.AssertSameWeights(Fit(seed: 3), Fit(seed: 3));
        CollectionAssert.AreNotEqual(Trainers.Weights(Fit(seed: 3))["output.bias"].Values, Trainers.Weights(Fit(seed: 4))["output.bias"].Values);

        static ITransformer Fit(int seed) =>
            new MLContext(seed).Transforms.Text.SequenceToSequence("Answer", "Sum", "Result", SequenceEstimators.Tiny with { Seed = null })
                .Fit(SumRow.View(Sums));
    }

    private CheckpointOptions Checkpoints => new(_folder) { Interval = TimeSpan.FromTicks(1) };

    /// <summary>A constant schedule that ends a fit after so many steps, as a process that is killed.</summary>
    private sealed record Breaking(int Steps) : LearningRateSchedule
    {
        internal override string Name => nameof(Breaking);

        private int _taken;

        internal override double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta) =>
            _taken++ < Steps ? 1 : throw new TimeoutException();

        public override string ToString() => nameof(Breaking);
    }
}
