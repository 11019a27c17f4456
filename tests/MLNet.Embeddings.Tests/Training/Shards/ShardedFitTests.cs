using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ShardedFitTests
{
    private static readonly InputColumn[] Columns =
    [
        InputColumn.Text(nameof(OrderRow.Note)), InputColumn.Category(nameof(OrderRow.Product)), InputColumn.Number(nameof(OrderRow.Amount)),
        InputColumn.Date(nameof(OrderRow.Day)),
    ];

    private static MultiEmbeddingOptions Options(LabelColumn label) => new() { Labels = [label], Columns = Columns, Seed = 3, BatchSize = 32, MaxEpochs = 6 };

    private static MultiEmbeddingOptions Kept => Options(LabelColumn.Binary(nameof(OrderRow.IsKept)));

    private static MultiEmbeddingTransformer Fit(
        MultiEmbeddingOptions options, OrderRow[] rows, int workers, RoundOptions? rounds = null, Func<LocalTransport, IWorkerTransport>? over = null)
    {
        var context = new MLContext(seed: 1);
        using var transport = new LocalTransport(context, OrderRow.Parts(context, rows, workers));
        return new ShardedFit(context, options, rounds ?? new(), over?.Invoke(transport) ?? transport).Run();
    }

    private static double Auc(MultiEmbeddingTransformer model)
    {
        var context = new MLContext(seed: 1);
        var test = context.Data.LoadFromEnumerable(OrderRow.Make(1_000, seed: 99));
        return context.BinaryClassification.Evaluate(model.Transform(test), nameof(OrderRow.IsKept)).AreaUnderRocCurve;
    }

    private static byte[] Bytes(MultiEmbeddingTransformer model) =>
    [
        .. model.Model.Networks[0].Weights.OrderBy(array => array.Key, StringComparer.Ordinal)
            .SelectMany(array => array.Value.Values.SelectMany(BitConverter.GetBytes)),
    ];

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 1)]
    [DataRow(3, 4)]
    public void Fit_OfRawColumns_LearnsAsOneProcessDoes(int workers, int steps)
    {
        var rows = OrderRow.Make(3_000, seed: 1);

        var model = Fit(Kept, rows, workers, new() { StepsPerRound = steps });

        Assert.IsGreaterThan(0.97, Auc(model));
        Assert.AreEqual(rows.Length, model.History.TrainingRows + model.History.ValidationRows);
        Assert.IsInRange(200, 400, model.History.ValidationRows);
        Assert.HasCount(6, model.History.Epochs);
        Assert.IsGreaterThan(0, model.History.Rounds!.Rounds);
        Assert.IsTrue(model.History.Epochs.All(epoch => epoch.Metrics.Any(metric => metric.Name == "AUC")));
    }

    [TestMethod]
    public void Fit_OfTheSameShardsAndSeed_GivesTheSameBits()
    {
        var rows = OrderRow.Make(600, seed: 2);
        var options = Kept with { MaxEpochs = 2 };

        CollectionAssert.AreEqual(Bytes(Fit(options, rows, 3)), Bytes(Fit(options, rows, 3)));
    }

    [TestMethod]
    public void Steps_OfManyShards_AreThoseOfOnePass()
    {
        var context = new MLContext(seed: 1);
        var rows = OrderRow.Make(1_000, seed: 4);
        var options = Kept with { MaxEpochs = 1, Members = 1, Wide = false };

        var model = Fit(options, rows, 100);
        var one = context.MultiOutput().Trainers.MultiEmbedding(options).Fit(context.Data.LoadFromEnumerable(rows));

        string[] Terms(MultiEmbeddingTransformer transformer) =>
        [
            .. transformer.Steps.SelectMany(step => step is TokenIndexingTransformer tokens ? tokens.Terms
                : step is CategoryIndexingTransformer categories ? categories.Terms : [$"{((DatePartsTransformer)step).Shape}"]),
        ];
        Assert.IsGreaterThan(30, Terms(model).Length);
        CollectionAssert.AreEqual(Terms(one), Terms(model));
        Assert.AreEqual(one.Model.Shape.HiddenSize, model.Model.Shape.HiddenSize);
    }

    [TestMethod]
    public void Fit_WithoutColumns_ChoosesThemByTheRowsOfAll()
    {
        var model = Fit(
            new() { Labels = [LabelColumn.Multiclass(nameof(OrderRow.Reason))], Seed = 1, MaxEpochs = 3 }, OrderRow.Make(900, seed: 5), workers: 3);

        var context = new MLContext();
        var scored = model.Transform(context.Data.LoadFromEnumerable(OrderRow.Make(300, seed: 6)));
        Assert.IsGreaterThan(0.7, context.MulticlassClassification.Evaluate(scored, nameof(OrderRow.Reason)).MicroAccuracy);
        Assert.IsTrue(model.Settings!.Columns.Any(column => column is DateColumn { Name: nameof(OrderRow.Day) }));
    }

    [TestMethod]
    public void Fit_OfNumbersWithWeights_LearnsThem()
    {
        var options = Options(LabelColumn.Regression(nameof(OrderRow.Price))) with { ExampleWeightColumnName = nameof(OrderRow.Weight), MaxEpochs = 20 };

        var model = Fit(options, OrderRow.Make(2_000, seed: 7), workers: 4);

        var context = new MLContext();
        var scored = model.Transform(context.Data.LoadFromEnumerable(OrderRow.Make(500, seed: 8)));
        Assert.IsGreaterThan(0.9, context.Regression.Evaluate(scored, nameof(OrderRow.Price)).RSquared);
    }

    [TestMethod]
    public void Fit_ThatStreamsItsRows_LearnsToo()
    {
        var options = Kept with { ShuffleBufferRows = 100, LearningRate = 0.01 };

        Assert.IsGreaterThan(0.95, Auc(Fit(options, OrderRow.Make(2_000, seed: 9), workers: 2)));
    }

    [TestMethod]
    public void Fit_WithHalfPrecision_SendsHalfTheBytesAndLearns()
    {
        var rows = OrderRow.Make(2_000, seed: 10);

        var whole = Fit(Kept, rows, workers: 2).History.Rounds!;
        var model = Fit(Kept, rows, workers: 2, new() { HalfPrecision = true });

        Assert.IsGreaterThan(0.97, Auc(model));
        Assert.AreEqual(0.5, model.History.Rounds!.BytesReceived / whole.BytesReceived, 0.06);
        Assert.AreEqual(0.5, model.History.Rounds.BytesSent / whole.BytesSent, 0.06);
    }

    [TestMethod]
    public void Fit_WhoseWorkersAreLost_GoesOnWithOthers()
    {
        var rows = OrderRow.Make(1_000, seed: 11);
        LosingTransport? losing = null;

        var model = Fit(Kept, rows, workers: 3, over: transport => losing = new LosingTransport(transport, every: 40));

        Assert.IsGreaterThan(3, losing!.Losses);
        Assert.IsGreaterThan(3, model.History.Rounds!.LostWorkers);
        // Workers keep nothing that the next one cannot compute again.
        CollectionAssert.AreEqual(Bytes(Fit(Kept, rows, workers: 3)), Bytes(model));
    }

    [TestMethod]
    [DataRow(1, 160)]
    [DataRow(4, 60)]
    public void Fit_WhoseCoordinatorIsLost_GoesOnFromItsState(int stepsPerRound, int calls)
    {
        using var folder = new TemporaryFolder();
        var context = new MLContext(seed: 1);
        var rounds = new RoundOptions { StepsPerRound = stepsPerRound };
        var rows = OrderRow.Make(1_000, seed: 13);
        var place = new FolderPlace(folder.Path, "checkpoint.zip");
        using var transport = new LocalTransport(context, OrderRow.Parts(context, rows, 3));
        var breaking = new BreakingTransport(transport, after: calls);

        Assert.ThrowsExactly<IOException>(() => new ShardedFit(context, Kept, rounds, breaking, checkpoint: place).Run());
        var files = Directory.GetFiles(folder.Path).Select(Path.GetFileName).ToArray();
        Assert.Contains("checkpoint.zip", files);
        Assert.Contains("best1.zip", files, "the best weights are beside it, not in memory");
        using var others = new LocalTransport(context, OrderRow.Parts(context, rows, 3));
        var model = new ShardedFit(context, Kept, rounds, others, checkpoint: place).Run();

        Assert.HasCount(6, model.History.Epochs);
        if (stepsPerRound == 1) CollectionAssert.AreEqual(Bytes(Fit(Kept, rows, workers: 3)), Bytes(model));
    }

    [TestMethod]
    public void Fit_OfKeysMadeBefore_LearnsAsOfRawColumns()
    {
        var context = new MLContext(seed: 1);
        var rows = OrderRow.Make(1_000, seed: 15);
        var indexed = context.Transforms.Text.IndexTokens(nameof(OrderRow.Note)).Fit(context.Data.LoadFromEnumerable(rows));
        using var transport = new LocalTransport(context, Array.ConvertAll(OrderRow.Parts(context, rows, 2), part => indexed.Transform(part)));
        var options = Kept with { Columns = [InputColumn.Sequence(nameof(OrderRow.Note), 16), InputColumn.Number(nameof(OrderRow.Amount))] };

        var model = new ShardedFit(context, options, new(), transport).Run();

        var test = indexed.Transform(context.Data.LoadFromEnumerable(OrderRow.Make(1_000, seed: 99)));
        var metrics = context.BinaryClassification.Evaluate(model.Transform(test), nameof(OrderRow.IsKept));
        Assert.IsGreaterThan(0.85, metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void Fit_WithAWorkerThatIsTooSlow_GoesOnWithoutIt()
    {
        var model = Fit(
            Kept with { MaxEpochs = 3 }, OrderRow.Make(600, seed: 14), workers: 3, new() { SlowestFactor = 1.5 }, transport => new SlowTransport(transport));

        Assert.IsTrue(model.History.Warnings.Any(warning => warning.Contains("rounds a worker took so long")), string.Join('\n', model.History.Warnings));
        Assert.HasCount(3, model.History.Epochs);
    }

    [TestMethod]
    public void Fit_ThatIsCancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report is { Phase: TrainingPhase.Training, Completed: not null, Epoch: 2 }) cancellation.Cancel();
        });

        var model = Fit(Kept with { CancellationToken = cancellation.Token, Progress = progress, MaxEpochs = 50 }, OrderRow.Make(500, seed: 12), 2);

        Assert.AreEqual(StopReason.Cancelled, model.History.StopReason);
    }

    [TestMethod]
    public void Fit_OfSettingsThatWorkersCannotTrain_SaysSo()
    {
        var options = Kept with { Labels = [], Members = 3, Wide = true, DenseTableUpdates = true, Normalization = Normalization.Batch };

        var error = Assert.ThrowsExactly<ArgumentException>(() => Fit(options, OrderRow.Make(10, seed: 1), 1, new() { StepsPerRound = 0 }));

        foreach (string name in new[] { "Labels", "Members", "Wide", "DenseTableUpdates", "Normalization", "StepsPerRound" })
            Assert.Contains(name, error.Message);
    }

    /// <summary>Breaks off after some calls, as where the process of the coordinator ends.</summary>
    private sealed class BreakingTransport(LocalTransport inner, int after) : IWorkerTransport
    {
        private int _calls;

        public int Count => inner.Count;

        public Task<MessageBuffer> AskAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation) =>
            Interlocked.Increment(ref _calls) > after
                ? Task.FromException<MessageBuffer>(new IOException("The connection is broken."))
                : inner.AskAsync(worker, call, message, cancellation);

        public long RowsRead(int worker) => inner.RowsRead(worker);
    }

    /// <summary>One worker takes twelve seconds for its fifth round.</summary>
    private sealed class SlowTransport(LocalTransport inner) : IWorkerTransport
    {
        private int _rounds;

        public int Count => inner.Count;

        public async Task<MessageBuffer> AskAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
        {
            if (worker == 1 && call == WorkerCall.Train && ++_rounds == 5) await Task.Delay(TimeSpan.FromSeconds(12), cancellation);
            return await inner.AskAsync(worker, call, message, cancellation);
        }

        public long RowsRead(int worker) => inner.RowsRead(worker);
    }

    /// <summary>Loses a worker now and then.</summary>
    private sealed class LosingTransport(LocalTransport inner, int every) : IWorkerTransport
    {
        private int _calls;

        public int Count => inner.Count;

        public int Losses { get; private set; }

        public Task<MessageBuffer> AskAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation)
        {
            if (Interlocked.Increment(ref _calls) % every == 0)
            {
                inner.Lose(worker);
                Losses++;
                return Task.FromException<MessageBuffer>(new WorkerLostException());
            }
            return inner.AskAsync(worker, call, message, cancellation);
        }

        public long RowsRead(int worker) => inner.RowsRead(worker);
    }
}
