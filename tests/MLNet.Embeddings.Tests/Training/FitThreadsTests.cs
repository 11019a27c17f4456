using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Fits on several threads, several fits at once, and exceptions that come from any of these.</summary>
[TestClass]
public sealed class FitThreadsTests
{
    private static readonly MultiEmbeddingOptions Options = Trainers.Options with { MaxEpochs = 3, NumberOfThreads = 2, BatchSize = 16 };

    [TestMethod]
    [DataRow(TrainingBackend.Kernels)]
    [DataRow(TrainingBackend.Torch)]
    public void Fit_ReportThrowsInAStep_GivesThatExceptionAndCanBeRepeated(TrainingBackend backend)
    {
        var rows = TrainingRow.Random(90, seed: 1);
        var expected = new NotSupportedException("no more room");
        int reports = 0;
        var failing = Options with { Backend = backend, Progress = new Reports(report => ThrowAt(report.Phase, 3)) };
        void ThrowAt(TrainingPhase phase, int report)
        {
            if (phase == TrainingPhase.Training && ++reports == report) throw expected;
        }

        Assert.AreSame(expected, Assert.ThrowsExactly<NotSupportedException>(() => Trainers.Fit(failing, rows)));

        Assert.HasCount(3, Trainers.Fit(Options with { Backend = backend }, rows).History.Epochs);
    }

    [TestMethod]
    [DataRow(null, 50)]
    [DataRow(20, 30)]
    [DataRow(20, 250)]
    [DataRow(20, 510)]
    public void Fit_SourceFails_GivesItsException(int? shuffleBufferRows, int goodRows)
    {
        var expected = new IOException("the disk is gone");
        int read = 0;
        // Each pass reads the rows of a view that shuffles anew, the later ones while the rows before them are trained on.
        IEnumerable<TrainingRow> Failing()
        {
            foreach (var row in TrainingRow.Random(100, seed: 1)) yield return read++ == goodRows ? throw expected : row;
        }

        var trainer = Trainers.Of(Options with { ShuffleBufferRows = shuffleBufferRows, MaxEpochs = 20 });

        var view = new ShufflingView(new MLContext(1).Data.LoadFromEnumerable(Failing()));

        Assert.AreSame(expected, Assert.ThrowsExactly<IOException>(() => trainer.Fit(view)));
        Assert.AreEqual(goodRows + 1, read);
    }

    [TestMethod]
    [DataRow(TrainingBackend.Kernels)]
    [DataRow(TrainingBackend.Torch)]
    public void Fit_OthersAtOnce_GivesTheModelsOfEachAlone(TrainingBackend backend)
    {
        var rows = TrainingRow.Random(120, seed: 1);
        SumRow[] sums = SumRow.All(6, seed: 1);
        Func<ITransformer>[] fits =
        [
            () => Trainers.Fit(Options with { Backend = backend }, rows),
            () => Trainers.Fit(Options with { Backend = backend, Columns = [.. Trainers.AllColumns.Skip(1)], Normalization = Normalization.Batch,
                Seed = 2 }, rows),
            () => SequenceEstimators.Fit(SequenceEstimators.Tiny with { Backend = backend }, sums),
        ];
        ITransformer[] alone = [.. fits.Select(fit => fit())], together = new ITransformer[fits.Length];

        var threads = fits.Select((fit, i) => new Thread(() => together[i] = fit())).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        foreach (var (expected, actual) in alone.Zip(together)) Trainers.AssertSameWeights(expected, actual);
    }

    [TestMethod]
    public async Task Fit_WaitsForTorch_ObeysItsToken()
    {
        var trained = TorchCases.Network(4, new HeadShape([3]), TorchCases.Columns[0]);
        using var holder = TorchEngine.OpenColumns(
            trained.Shape, TorchCases.Initial(trained), new EngineSettings(), gpu: null, fallsBack: false, Assert.Fail, CancellationToken.None);
        using var source = new CancellationTokenSource();
        var options = Options with { Backend = TrainingBackend.Torch, CancellationToken = source.Token };

        // A thread of its own: the pool could give it the holder's, on which a fit is one within the holder's.
        var waiting = Task.Factory.StartNew(() => Trainers.Fit(options, TrainingRow.Random(50, seed: 1)), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.Delay(200, CancellationToken.None).ConfigureAwait(true);
        Assert.IsFalse(waiting.IsCompleted);
        await source.CancelAsync().ConfigureAwait(true);

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting).ConfigureAwait(true);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_AnyNumberOfThreads_ChangesLastDigitsAlone(string kind)
    {
        var options = All[kind];
        var rows = TrainingRow.Learnable(300, seed: 1);
        MultiEmbeddingTransformer On(int threads) => Trainers.Fit(options with
        {
            NumberOfThreads = threads,
            MaxEpochs = 2,
            BatchSize = 150,
            Regularization = new() { Dropout = 0.1 }
        }, rows);
        var one = On(1);
        // Before batch normalisation biases have gradients of nothing but rounding, which Adam makes steps of; the running means follow them late.
        float tolerance = options.Normalization == Normalization.Batch ? 0.1f : 1e-3f;
        float[] expected = Trainers.Scores(one, rows);

        foreach (int threads in new[] { 2, 5 })
        {
            var several = On(threads);

            Assert.AreEqual(one.History.Epochs[^1].ValidationLoss!.Value, several.History.Epochs[^1].ValidationLoss!.Value, tolerance);
            foreach (var (left, right) in expected.Zip(Trainers.Scores(several, rows))) Assert.AreEqual(left, right, tolerance, $"{threads} threads");
        }
    }

    [TestMethod]
    public void Fit_SequenceToSequenceOnAnyNumberOfThreads_ChangesLastDigitsAlone()
    {
        SumRow[] sums = SumRow.All(8, seed: 1);
        double On(int threads) => SequenceEstimators.Fit(SequenceEstimators.Tiny with { NumberOfThreads = threads, Layers = 2 },
            sums).History.Epochs[^1].ValidationLoss!.Value;

        double one = On(1);

        Assert.AreEqual(one, On(2), 1e-3);
        Assert.AreEqual(one, On(5), 1e-3);
    }

    private static IEnumerable<object[]> Kinds => All.Keys.Select(kind => new object[] { kind });

    private static Dictionary<string, MultiEmbeddingOptions> All { get; } = new()
    {
        ["mean"] = Words(SequenceEncoder.Mean()),
        ["max"] = Words(SequenceEncoder.Max()),
        ["attention"] = Words(SequenceEncoder.Attention()),
        ["GRU"] = Words(SequenceEncoder.Gru(8, layers: 2, bidirectional: true, dropout: 0.1, GruReadout.Attention)),
        ["LSTM"] = Words(SequenceEncoder.Lstm(8, readout: GruReadout.Mean)),
        ["convolution"] = Words(SequenceEncoder.Convolution([2, 3], filters: 6)),
        ["bag"] = Trainers.Options with { Columns = [InputColumn.Bag("Words", 8), InputColumn.Category("Category")] },
        ["bins"] = Trainers.Options with
        {
            Columns = [InputColumn.Number("Number", NumberEncoder.PiecewiseLinear(8, 4)), InputColumn.Number("Numbers",
            NumberEncoder.Periodic(4, 6))]
        },
        ["ensemble"] = Trainers.Options with { EnsembleSize = 4, Normalization = Normalization.Layer, Combination = ColumnCombination.Add },
        ["batch normalisation"] = Trainers.Options with { Normalization = Normalization.Batch, Combination = ColumnCombination.Multiply },
    };

    private static MultiEmbeddingOptions Words(SequenceEncoder encoder) => Trainers.Options with
    {
        Columns = [InputColumn.Sequence("Words", 8, encoder),
        InputColumn.Number("Number")]
    };

    /// <summary>A view that says that it shuffles its rows.</summary>
    private sealed class ShufflingView(IDataView inner) : IDataView
    {
        public DataViewSchema Schema => inner.Schema;

        public bool CanShuffle => true;

        public long? GetRowCount() => inner.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => inner.GetRowCursor(columnsNeeded);

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            inner.GetRowCursorSet(columnsNeeded, n);
    }
}
