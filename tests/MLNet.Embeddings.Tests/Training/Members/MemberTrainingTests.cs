namespace MLNet.Embeddings.Tests;

/// <summary>Progress, cancellation and checkpoints of fits of several networks.</summary>
[TestClass]
public sealed class MemberTrainingTests
{
    private const int Members = 3;

    private static readonly TrainingRow[] Rows = TrainingRow.Learnable(120, seed: 1);

    private static readonly MultiEmbeddingOptions Options =
        Trainers.Options with { Members = Members, MaxEpochs = 3, Patience = 3, BatchSize = 32, NumberOfThreads = 1 };

    private static readonly MultiEmbeddingOptions Thorough = new()
    {
        Columns = Trainers.AllColumns,
        Effort = TrainingEffort.Thorough,
        Members = 2,
        MaxEpochs = 4,
        NumberOfThreads = 1,
        Seed = 1,
    };

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

        var ends = reports.OfNetworks.Where(report => report.Completed is not null).ToArray();
        CollectionAssert.AreEquivalent(
            Enumerable.Range(1, Members).SelectMany(network => new[] { 1, 2, 3 }.Select(epoch => (network, epoch))).ToArray(),
            ends.Select(report => (report.Network, report.Epoch)).ToArray());
        Assert.IsTrue(reports.OfNetworks.All(report => report.Networks == Members && report.Remaining >= TimeSpan.Zero));
        Assert.IsTrue(ends[0].Remaining > TimeSpan.Zero);
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
        Assert.AreEqual("Training was cancelled; the model has 2 of 3 networks.", model.History.Warnings[^1]);
    }

    [TestMethod]
    [DataRow(false, "")]
    [DataRow(true, ", with the wide part")]
    public void Fit_CancelledWhileTheLastNetworkScoresItsRows_SaysSo(bool wide, string part)
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report is { Network: Members, Completed.Epoch: 3 }) source.Cancel();
        });

        var history = Trainers.Fit(Options with { Wide = wide, CancellationToken = source.Token, Progress = progress }, Rows).History;

        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.IsTrue(history.Networks.All(network => network.StopReason == StopReason.MaxEpochsReached));
        Assert.AreEqual($"Training was cancelled; the model has 3 of 3 networks{part}.", history.Warnings.Single());
    }

    [TestMethod]
    public void Fit_CancelledInTheWidePart_SaysThatTheModelIsWithoutIt()
    {
        var options = Options with { Wide = true, Checkpoints = Checkpoints };
        CutOff(options, report => report.Phase == TrainingPhase.Weighing);
        File.Delete(Path.Combine(_folder, "wide.zip"));
        using var source = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report.Phase == TrainingPhase.Wide) source.Cancel();
        });

        var model = Trainers.Fit(options with { CancellationToken = source.Token, Progress = progress }, Rows);

        Assert.IsNull(model.Model.Wide);
        Assert.AreEqual("Training was cancelled; the model has 3 of 3 networks, without the wide part.", model.History.Warnings.Single());
    }

    [TestMethod]
    public void Fit_CallbackThrows_PassesTheErrorOnAndTrainsNoFurtherNetwork()
    {
        var reports = new Reports(report =>
        {
            if (report.Phase == TrainingPhase.Training) throw new NotSupportedException("no more room");
        });

        var error = Assert.ThrowsExactly<NotSupportedException>(() => Trainers.Fit(Options with { Progress = reports }, Rows));

        Assert.AreEqual("no more room", error.Message);
        Assert.HasCount(1, reports.Taken.Where(report => report.Phase == TrainingPhase.Training));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_CutOffInTheSecondNetwork_GoesOnToTheSameModelAndDoesNothingTwice(bool wide)
    {
        var options = Options with { Wide = wide };
        var whole = Trainers.Fit(options, Rows);
        CutOff(options, report => report is { Network: 2, Completed.Epoch: 2 });
        Assert.IsNotEmpty(Directory.GetFiles(Path.Combine(_folder, "network2")));
        var reports = new Reports();

        var resumed = Trainers.Fit(options with { Checkpoints = Checkpoints, Progress = reports }, Rows);

        CollectionAssert.AreEqual(
            new[] { (2, 2), (2, 3), (3, 1), (3, 2), (3, 3) },
            reports.OfNetworks.Where(report => report.Completed is not null).Select(report => (report.Network, report.Epoch)).ToArray());
        AssertSame(whole, resumed);
        Assert.IsEmpty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), "A fit that ended leaves no checkpoint.");
    }

    [TestMethod]
    public void Fit_CancelledInTheSecondNetwork_KeepsWhatEndedAndGoesOnToTheSameModel()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report is { Network: 2, Completed.Epoch: 2 }) source.Cancel();
        });
        Trainers.Fit(Options with { Checkpoints = Checkpoints, CancellationToken = source.Token, Progress = progress }, Rows);
        var reports = new Reports();

        var resumed = Trainers.Fit(Options with { Checkpoints = Checkpoints, Progress = reports }, Rows);

        Assert.IsFalse(reports.OfNetworks.Any(report => report.Network == 1), "The first network is not trained again.");
        AssertSame(Trainers.Fit(Options, Rows), resumed);
    }

    [TestMethod]
    public void Fit_CutOffInTheSearch_TriesNothingTwice()
    {
        var whole = Trainers.Fit(Thorough, Rows);
        CutOff(Thorough, report => report is { Phase: TrainingPhase.Search, Networks: 3, Network: 2 });
        var reports = new Reports();

        var resumed = Trainers.Fit(Thorough with { Checkpoints = Checkpoints, Progress = reports }, Rows);

        CollectionAssert.AreEqual(
            new[] { (3, 2), (3, 3), (2, 1), (2, 2) },
            reports.Taken.Where(report => report.Phase == TrainingPhase.Search).Select(report => (report.Networks, report.Network)).Distinct().ToArray());
        Assert.AreEqual(whole.History.Settings, resumed.History.Settings);
        AssertSame(whole, resumed);
        Assert.IsEmpty(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void Fit_OtherLabelsThanThoseOfTheWidePart_SaysSoAndKeepsIt()
    {
        var options = Options with { Wide = true };
        CutOff(options, report => report.Phase == TrainingPhase.Training);
        var others = TrainingRow.Learnable(120, seed: 1);
        others[0].Label = !others[0].Label;
        others[1].Label = !others[1].Label;

        string message = Refusal(options, others);

        StringAssert.StartsWith(message, $"The checkpoint '{Path.Combine(_folder, "wide.zip")}' is of a training with other settings or data;");
        StringAssert.Contains(message, "labels or example weights: ");
        Assert.IsTrue(File.Exists(Path.Combine(_folder, "wide.zip")));
    }

    [TestMethod]
    public void Fit_OtherSettingsOfTheLabelThanThoseOfTheWidePart_SaysWhich()
    {
        var label = LabelColumn.Binary("Label");
        CutOff(Options with { Wide = true, Labels = [label] }, report => report.Phase == TrainingPhase.Training);

        string message = Refusal(Options with { Wide = true, Labels = [label with { LabelSmoothing = 0.25 }] });

        StringAssert.StartsWith(message, $"The checkpoint '{Path.Combine(_folder, "wide.zip")}' is of a training with other settings or data;");
        StringAssert.Contains(message, "LabelSmoothing = 0.25");
    }

    [TestMethod]
    public void Fit_OtherSettingsThanThoseOfTheSearch_SaysEachOfThem()
    {
        CutOff(Thorough, report => report is { Phase: TrainingPhase.Search, Networks: 6, Network: 2 });

        string message = Refusal(Thorough with { MaxEpochs = 6, BatchSize = 16, Columns = [.. Trainers.AllColumns.Take(3)] });

        StringAssert.StartsWith(message, $"The checkpoint '{Path.Combine(_folder, "search.zip")}' is of a training with other settings or data;");
        string[] differences =
            ["MaxEpochs: 4 then, 6 now", "batch size: 128 then, 16 now", "column 'Numbers': NumberColumn { Name = Numbers", "} then, not set now"];
        foreach (string line in differences) StringAssert.Contains(message, line);
        Assert.DoesNotContain("LearningRate", message);
    }

    [TestMethod]
    public void Fit_OtherTermsThanThoseOfTheSearch_SaysOfWhichColumn()
    {
        RawRow[] rows = RawRow.Random(60, seed: 1), others = RawRow.Random(60, seed: 1);
        foreach (var row in others) row.City += " City";
        var options = Thorough with { Columns = [InputColumn.Category("City"), InputColumn.Number("Area")], Checkpoints = Checkpoints };
        var breaking = new Reports(report =>
        {
            if (report is { Phase: TrainingPhase.Search, Network: 2 }) throw new TimeoutException();
        });
        Assert.ThrowsExactly<TimeoutException>(() => RawRow.Trainer(options with { Progress = breaking }).Fit(RawRow.View(rows)));

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => RawRow.Trainer(options).Fit(RawRow.View(others))).Message;

        StringAssert.Contains(message.Split('\n')[1], "column 'City/key': CategoryColumn { ");
        Assert.HasCount(2, message.Split('\n'));
    }

    [TestMethod]
    public void Fit_FilesOfOthersInTheFolder_Stay()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "network9"));
        string[] own = [Path.Combine(_folder, "wide.zip.bak"), Path.Combine(_folder, "network9", "notes.txt")];
        foreach (string file in own) File.WriteAllText(file, "the user's");

        Trainers.Fit(Options with { Wide = true, Checkpoints = Checkpoints }, Rows);

        CollectionAssert.AreEquivalent(own, Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    private CheckpointOptions Checkpoints => new(_folder);

    /// <summary>Begins a fit that fails at the first report of a kind.</summary>
    private void CutOff(MultiEmbeddingOptions options, Func<TrainingProgress, bool> at)
    {
        var breaking = new Reports(report =>
        {
            if (at(report)) throw new TimeoutException();
        });
        Assert.ThrowsExactly<TimeoutException>(() => Trainers.Fit(options with { Checkpoints = Checkpoints, Progress = breaking }, Rows));
    }

    private string Refusal(MultiEmbeddingOptions options, TrainingRow[]? rows = null) =>
        Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(options with { Checkpoints = Checkpoints }, rows ?? Rows)).Message;

    private static void AssertSame(MultiEmbeddingTransformer expected, MultiEmbeddingTransformer actual)
    {
        Assert.HasCount(expected.Model.Networks.Count, actual.Model.Networks);
        foreach (var (one, other) in expected.Model.Networks.Zip(actual.Model.Networks)) AssertSame(one, other);
        if (expected.Model.Wide is { } wide) AssertSame(wide, actual.Model.Wide!);
        CollectionAssert.AreEqual(expected.Model.Mixture.ToArray(), actual.Model.Mixture.ToArray());
        CollectionAssert.AreEqual(expected.History.HeldOutMetrics.ToArray(), actual.History.HeldOutMetrics.ToArray());
        CollectionAssert.AreEqual(
            expected.History.Networks.SelectMany(network => network.Epochs, (network, epoch) => (network.BestEpoch, epoch.TrainingLoss)).ToArray(),
            actual.History.Networks.SelectMany(network => network.Epochs, (network, epoch) => (network.BestEpoch, epoch.TrainingLoss)).ToArray());
    }

    private static void AssertSame(TrainedArrays expected, TrainedArrays actual)
    {
        foreach (var (name, array) in expected.Weights) CollectionAssert.AreEqual(array.Values, actual.Weights[name].Values, name);
    }
}
