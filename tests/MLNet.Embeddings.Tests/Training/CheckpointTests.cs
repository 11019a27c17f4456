using System.Globalization;
using System.Text.Json;

namespace MLNet.Embeddings.Tests;

/// <summary>Fits that are cut off and go on from a checkpoint.</summary>
[TestClass]
public sealed class CheckpointTests
{
    private static readonly TrainingRow[] Rows = TrainingRow.Learnable(200, seed: 1);

    private static readonly MultiEmbeddingOptions Options = Trainers.Options with
    {
        MaxEpochs = 4,
        BatchSize = 32,
        NumberOfThreads = 2,
        Regularization = new() { Dropout = 0.3, UnknownDropout = 0.2, AveragingDecay = 0.9 },
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void DeleteFolder()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_CutOffTwice_GoesOnBitForBit(string form, MultiEmbeddingOptions options, int first, int second)
    {
        TestContext.WriteLine(form);
        Breaking never = new(int.MaxValue), after = new(int.MaxValue);
        var whole = Trainers.Fit(options with { Schedule = never }, Rows);

        Assert.ThrowsExactly<TimeoutException>(() => Trainers.Fit(options with { Checkpoints = Checkpoints, Schedule = new Breaking(first) }, Rows));
        Assert.ThrowsExactly<TimeoutException>(() => Trainers.Fit(options with { Checkpoints = Checkpoints, Schedule = new Breaking(second) }, Rows));
        var resumed = Trainers.Fit(options with { Checkpoints = Checkpoints, Schedule = after }, Rows);

        Assert.AreEqual(never.Steps - first - second, after.Steps, "No step is taken twice.");
        Trainers.AssertSameWeights(whole, resumed);
        CollectionAssert.AreEqual(Losses(whole), Losses(resumed));
        Assert.AreEqual(whole.History.BestEpoch, resumed.History.BestEpoch);
        Assert.AreEqual(whole.History.StopReason, resumed.History.StopReason);
        Assert.IsEmpty(Directory.GetFiles(_folder), "A training that ended leaves no checkpoint.");
    }

    [TestMethod]
    public void Text_Record_IsTheSameInAllCultures()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;

            StringAssert.Contains(CheckpointSettings.Text(new RegularizationOptions { Dropout = 0.25 }), "Dropout = 0.25");
            Assert.AreSame(comma, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Fit_EverySecondEpoch_GoesOnFromThere()
    {
        var options = Options with { Checkpoints = new(_folder) { EveryEpochs = 2 } };

        // Six steps an epoch: the fourth epoch is cut off.
        Assert.ThrowsExactly<TimeoutException>(() => Trainers.Fit(options with { Schedule = new Breaking(20) }, Rows));
        var reports = new Reports();
        Trainers.Fit(options with { Schedule = new Breaking(int.MaxValue), Progress = reports }, Rows);

        CollectionAssert.AreEqual(new[] { 3, 4 }, reports.Taken.Select(report => report.Completed?.Epoch).OfType<int>().ToArray());
        Assert.IsTrue(reports.OfNetworks.All(report => report.Remaining >= TimeSpan.Zero));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_OneNetworkAtItsEnd_WritesNothingThatIsDeletedAtOnce(bool everyStep)
    {
        // A checkpoint could not be written, with a warning.
        var progress = new Reports(report =>
        {
            if (report.Completed is not null) Directory.Delete(_folder, recursive: true);
        });

        var options = Options with { MaxEpochs = 1, Checkpoints = everyStep ? Checkpoints : new(_folder), Progress = progress };

        Assert.DoesNotContain(warning => warning.Contains("was not written", StringComparison.Ordinal), Trainers.Fit(options, Rows).History.Warnings);
    }

    [TestMethod]
    public void Fit_Cancelled_LeavesItsCheckpointAndGoesOn()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAfter(epoch: 2, cancellation);

        var best = Trainers.Fit(Options with { Checkpoints = new(_folder), Progress = progress, CancellationToken = cancellation.Token }, Rows);
        var resumed = Trainers.Fit(Options with { Checkpoints = new(_folder) }, Rows);

        Assert.AreEqual(StopReason.Cancelled, best.History.StopReason);
        Trainers.AssertSameWeights(Trainers.Fit(Options, Rows), resumed);
    }

    [TestMethod]
    public void Fit_OtherSettings_SaysWhichAndKeepsTheCheckpoint()
    {
        Break(Options);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            Trainers.Fit(
                Options with { Checkpoints = Checkpoints, LearningRate = 0.5, HiddenUnits = [3], Seed = 2, Schedule = new Breaking(99) }, Rows)).Message;

        StringAssert.Contains(message, "is of a training with other settings or data; go on with the same, give another folder, or delete the checkpoint");
        foreach (string line in new[] { "LearningRate: 0.02 then, 0.5 now", "Seed: 1 then, 2 now", "columns, head or labels: " })
            StringAssert.Contains(message, line);
        Assert.HasCount(1, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Fit_OtherRows_SaysSo()
    {
        Break(Options);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            Trainers.Fit(Options with { Checkpoints = Checkpoints, Schedule = new Breaking(99) }, TrainingRow.Learnable(210, seed: 1))).Message;

        StringAssert.Contains(message, "training rows: 180 then, 189 now");
        StringAssert.Contains(message, "numbers of the data: ");
    }

    [TestMethod]
    public void Fit_OtherValuesOfTheLabel_SaysSo()
    {
        Break(Options);

        StringAssert.Contains(Refusal(Options, [.. Changed(row => row.Label = !row.Label)]), "labels or example weights: ");
    }

    [TestMethod]
    public void Fit_OtherExampleWeights_SaysSo()
    {
        var weighted = Options with { ExampleWeightColumnName = "Weight" };
        Break(weighted);

        StringAssert.Contains(Refusal(weighted, [.. Changed(row => row.Weight = row.Label ? 2 : 1)]), "labels or example weights: ");
    }

    [TestMethod]
    public void Fit_OtherWeightsOfClasses_SaysWhich()
    {
        Break(Options with { Labels = [Weighted(2)] });

        StringAssert.Contains(Refusal(Options with { Labels = [Weighted(3)] }, Rows), "True: 3");

        static LabelColumn Weighted(double weight) =>
            LabelColumn.Binary("Label") with { ClassWeights = ClassWeights.Of(new Dictionary<string, double> { ["True"] = weight }) };
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1_000)]
    [DataRow(-1)]
    public void Fit_DamagedCheckpoint_SaysSo(int length)
    {
        Break(Options);
        string file = Directory.GetFiles(_folder).Single();
        byte[] bytes = File.ReadAllBytes(file);
        if (length < 0) bytes[bytes.Length / 4] ^= 1;
        File.WriteAllBytes(file, length < 0 ? bytes : bytes[..length]);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            Trainers.Fit(Options with { Checkpoints = Checkpoints, Schedule = new Breaking(99) }, Rows)).Message;

        Assert.AreEqual($"The checkpoint '{file}' is damaged. Delete it to train from the beginning.", message);
    }

    [TestMethod]
    [DataRow("\"epoch\":2", "\"epoch\":100")]
    [DataRow("\"epochs\":[", "\"epochs\":[null,")]
    public void Fit_CheckpointWhosePositionIsNotBehindItsEpochs_IsDamaged(string from, string to)
    {
        Break(Options with { Checkpoints = null });
        var (checkpoint, arrays, best) = new CheckpointFile(_folder).Read();
        var altered = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(checkpoint, CheckpointJson.Default.Checkpoint).Replace(from, to, StringComparison.Ordinal),
            CheckpointJson.Default.Checkpoint)!;
        Assert.AreNotEqual((checkpoint.Position, checkpoint.Epochs.Count), (altered.Position, altered.Epochs.Count));
        new CheckpointFile(_folder).Write(altered, arrays, best);

        StringAssert.EndsWith(Refusal(Options, Rows), "is damaged. Delete it to train from the beginning.");
    }

    [TestMethod]
    public void Fit_LeftoversOfAnInterruptedWrite_AreRemovedAndNothingElse()
    {
        Directory.CreateDirectory(_folder);
        string own = Path.Combine(_folder, "checkpoint.zip.bak");
        File.WriteAllText(Path.Combine(_folder, "checkpoint.zip.abc.def.writing"), "half");
        File.WriteAllText(own, "a copy of the user's");

        Trainers.Fit(Options with { Checkpoints = Checkpoints }, Rows);

        CollectionAssert.AreEqual(new[] { own }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Of_CheckpointsThatCannotBe_SaysEachFault()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() =>
            Trainers.Of(Options with { Checkpoints = new(" ") { EveryEpochs = 0, Interval = TimeSpan.Zero } })).Message;

        foreach (string line in new[] { "The Folder of checkpoints must not be empty.", "EveryEpochs of checkpoints must be at least 1; it was 0.",
            "The Interval of checkpoints must be above 0; it was 00:00:00." })
            StringAssert.Contains(message, line);
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Trainers.Of(Options with { Checkpoints = new("A") { EveryEpochs = null } })).Message,
            "must be given");
    }

    /// <summary>After every step.</summary>
    private CheckpointOptions Checkpoints => new(_folder) { EveryEpochs = null, Interval = TimeSpan.FromTicks(1) };

    private void Break(MultiEmbeddingOptions options) =>
        Assert.ThrowsExactly<TimeoutException>(() => Trainers.Fit(options with { Checkpoints = Checkpoints, Schedule = new Breaking(9) }, Rows));

    private string Refusal(MultiEmbeddingOptions options, TrainingRow[] rows) => Assert.ThrowsExactly<InvalidOperationException>(() =>
        Trainers.Fit(options with { Checkpoints = Checkpoints, Schedule = new Breaking(99) }, rows)).Message;

    private static IEnumerable<TrainingRow> Changed(Action<TrainingRow> change) => TrainingRow.Learnable(200, seed: 1).Select(row =>
    {
        change(row);
        return row;
    });

    private static double[] Losses(MultiEmbeddingTransformer model) =>
        [.. model.History.Epochs.SelectMany(epoch => new[] { epoch.TrainingLoss, epoch.ValidationLoss ?? -1 })];

    private static IEnumerable<object[]> Forms
    {
        get
        {
            InputColumn[] table = [InputColumn.Category("Category"), InputColumn.Bag("Words"), InputColumn.Number("Number", NumberEncoder.PiecewiseLinear())];
            yield return ["a table, cut off in epochs 1 and 3", Options with { Columns = table }, 3, 10];
            yield return ["a table, cut off before its second step and at the end of an epoch", Options with { Columns = table }, 1, 5];
            yield return ["dense table updates, no validation", Options with { Columns = table, DenseTableUpdates = true, ValidationFraction = 0 }, 7, 6];
            yield return ["texts",
                Options with { Columns = [InputColumn.Sequence("Words", 8, SequenceEncoder.Gru(8, layers: 2, dropout: 0.3)), InputColumn.Number("Number")] }, 3,
                10];
            yield return ["batch normalisation", Options with { Columns = table, Normalization = Normalization.Batch }, 8, 9];
            yield return ["an ensemble", Options with { Columns = table, EnsembleSize = 3, Normalization = Normalization.Layer }, 2, 15];
            yield return ["streamed", Options with { Columns = table, ShuffleBufferRows = 70 }, 4, 12];
        }
    }

    /// <summary>A constant step size whose so many-th step breaks the training off, as a failing machine would.</summary>
    private sealed record Breaking(int At) : LearningRateSchedule
    {
        internal override string Name => nameof(Breaking);

        internal int Steps { get; private set; }

        internal override double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta) =>
            Steps++ == At ? throw new TimeoutException() : 1;

        public override string ToString() => "constant";
    }

    private sealed class CancelAfter(int epoch, CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Completed?.Epoch == epoch) cancellation.Cancel();
        }
    }
}
