namespace MLNet.Embeddings.Tests;

/// <summary>Progress, cancellation and checkpoints of fits of several networks.</summary>
[TestClass]
public sealed class MemberTrainingTests
{
    private const int Members = 3;

    private static readonly TrainingRow[] Rows = TrainingRow.Learnable(120, seed: 1);

    private static readonly MultiEmbeddingOptions Options =
        Trainers.Options with { Members = Members, MaxEpochs = 3, Patience = 3, BatchSize = 32, NumberOfThreads = 1 };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TestCleanup]
    public void DeleteFolder()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Progress_OfAllNetworks_SaysWhichAndHowLongAllTakeTogether(int threads)
    {
        var reports = new Reports();

        Trainers.Fit(Options with { NumberOfThreads = threads, Progress = reports }, Rows);

        var ends = reports.Taken.Where(report => report.Completed is not null).ToArray();
        CollectionAssert.AreEquivalent(
            Enumerable.Range(1, Members).SelectMany(network => new[] { 1, 2, 3 }.Select(epoch => (network, epoch))).ToArray(),
            ends.Select(report => (report.Network, report.Epoch)).ToArray());
        Assert.IsTrue(reports.Taken.All(report => report.Networks == Members && report.Remaining >= TimeSpan.Zero));
        Assert.IsGreaterThan(TimeSpan.Zero, ends[0].Remaining);
        Assert.AreEqual(TimeSpan.Zero, ends[^1].Remaining);
    }

    [TestMethod]
    public void Fit_CancelledBeforeTheFirstEpoch_Throws()
    {
        foreach (bool wide in new[] { false, true })
        {
            var options = Options with { Wide = wide, CancellationToken = new CancellationToken(canceled: true) };
            Assert.ThrowsExactly<OperationCanceledException>(() => Trainers.Fit(options, Rows));
        }
    }

    [TestMethod]
    public void Fit_CancelledInTheSecondNetwork_IsAModelOfTwo()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report is { Network: 2, Completed.Epoch: 1 }) source.Cancel();
        });

        var model = Trainers.Fit(Options with { CancellationToken = source.Token, Progress = progress }, Rows);

        Assert.HasCount(2, model.Model.Networks);
        Assert.HasCount(2, model.History.Networks);
        Assert.AreEqual(StopReason.Cancelled, model.History.StopReason);
        Assert.HasCount(3, model.History.Networks[0].Epochs);
        Assert.HasCount(1, model.History.Networks[1].Epochs);
        Assert.IsNotEmpty(model.History.HeldOutMetrics);
        Assert.IsTrue(Trainers.Scores(model, Rows).All(float.IsFinite));
    }

    [TestMethod]
    public void Fit_CallbackThrows_PassesTheErrorOnAndTrainsNoFurtherNetwork()
    {
        var reports = new Reports(_ => throw new NotSupportedException("no more room"));

        var error = Assert.ThrowsExactly<NotSupportedException>(() => Trainers.Fit(Options with { Progress = reports }, Rows));

        Assert.AreEqual("no more room", error.Message);
        Assert.HasCount(1, reports.Taken);
    }

    [TestMethod]
    public void Fit_CutOffInTheSecondNetwork_GoesOnToTheSameModel()
    {
        var whole = Trainers.Fit(Options, Rows);
        var checkpoints = new CheckpointOptions(_folder) { EveryEpochs = 1 };
        var breaking = new Reports(report =>
        {
            if (report is { Network: 2, Completed.Epoch: 2 }) throw new TimeoutException();
        });

        Assert.ThrowsExactly<TimeoutException>(() => Trainers.Fit(Options with { Checkpoints = checkpoints, Progress = breaking }, Rows));
        Assert.IsNotEmpty(Directory.GetFiles(Path.Combine(_folder, "network2")));
        var reports = new Reports();
        var resumed = Trainers.Fit(Options with { Checkpoints = checkpoints, Progress = reports }, Rows);

        Assert.IsFalse(reports.Taken.Any(report => report is { Network: 2, Completed.Epoch: 1 }), "The first epoch is not trained again.");
        foreach (var (expected, actual) in whole.Model.Networks.Zip(resumed.Model.Networks))
        {
            foreach (var (name, array) in expected.Weights) CollectionAssert.AreEqual(array.Values, actual.Weights[name].Values, name);
        }
        Assert.IsEmpty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), "A training that ended leaves no checkpoint.");
    }

    [TestMethod]
    public void Run_JobThatFails_ThrowsTheFirstErrorAndBeginsNoOther()
    {
        List<int> ran = [];

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => SideBySide.Run(1,
            [() => ran.Add(0), () => throw new InvalidOperationException("first"), () => ran.Add(2)]));

        Assert.AreEqual("first", error.Message);
        CollectionAssert.AreEqual(new[] { 0 }, ran);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(9)]
    public void Run_Jobs_RunsEachOnce(int threads)
    {
        int[] runs = new int[5];

        SideBySide.Run(threads, [.. Enumerable.Range(0, 5).Select(i => (Action)(() => Interlocked.Increment(ref runs[i])))]);

        CollectionAssert.AreEqual(new[] { 1, 1, 1, 1, 1 }, runs);
    }
}
