using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class StreamingTests
{
    private static readonly MultiEmbeddingOptions Streaming = Trainers.Options with { ShuffleBufferRows = 64 };

    [TestMethod]
    [DataRow(1)]
    [DataRow(50)]
    [DataRow(64)]
    [DataRow(1_000)]
    public void Fit_AnyBuffer_LearnsAsInMemory(int bufferRows)
    {
        var rows = TrainingRow.Learnable(400, seed: 1);
        var options = Trainers.Options with { MaxEpochs = bufferRows == 1 ? 2 : 12 };

        var streamed = Trainers.Fit(options with { ShuffleBufferRows = bufferRows }, rows).History;

        Assert.AreEqual(400, streamed.TrainingRows + streamed.ValidationRows);
        Assert.AreEqual(40, streamed.ValidationRows, 20);
        if (bufferRows > 1) Assert.IsGreaterThan(0.9, streamed.Epochs[streamed.BestEpoch - 1].Metrics[0].Value);
    }

    [TestMethod]
    public void Fit_OneSeed_GivesTheSameModel()
    {
        var rows = TrainingRow.Random(300, seed: 2);

        CollectionAssert.AreEqual(Losses(Streaming, rows), Losses(Streaming, rows));
        CollectionAssert.AreNotEqual(Losses(Streaming, rows), Losses(Streaming with { Seed = 77 }, rows));
    }

    [TestMethod]
    public void Fit_BufferOfAllRowsWithoutValidation_MeasuresNumbersAndWeightsAsInMemory()
    {
        var rows = TrainingRow.Random(200, seed: 3, (row, random) => (row.Number, row.Weight) = (random.NextSingle() * 1_000 + 5_000, random.Next(3)));
        var options = Trainers.Options with { ValidationFraction = 0, MaxEpochs = 1, ExampleWeightColumnName = "Weight" };
        var view = TrainingRow.View(rows);

        foreach (int bufferRows in new[] { 30, 200 })
        {
            var streamed = StreamedRows.Measure(View(options, view, bufferRows), CancellationToken.None, null, out var measures);
            var table = Reader(options).Read(view, CancellationToken.None);

            var expected = NumberStatistics.Measure(table.Columns[0], [], [.. Enumerable.Range(0, 200)])!;
            foreach (var (whole, parts) in expected.Arrays.Zip(streamed.Scales[0]!.Arrays)) CollectionAssert.AreEqual(whole.Values, parts.Values, whole.Part);
            var labels = (ClassCounts)measures.Labels[0];
            Assert.AreEqual(table.Labels[0].Count(label => label == 1), labels.Of(1));
            Assert.AreEqual(table.Labels[0].Count(label => label == 0), labels.Of(0));
            Assert.AreEqual(table.MeanWeight, measures.MeanWeight);
            Assert.AreEqual(200, measures.Count);
            Assert.AreEqual(0, measures.Skipped);
            float[] weights = [.. streamed.Tables(new SplitMix(1)).SelectMany(part => part.Table.Weights)];
            Assert.AreEqual(1, weights.Average(), 1e-5);
            CollectionAssert.AreEquivalent(table.Weights, weights);
            Assert.AreEqual(streamed.Tables(new SplitMix(1)).Sum(part => (part.Rows.Length + 31) / 32), streamed.BatchCount(32));
        }
    }

    [TestMethod]
    public void Read_HeldOutRows_AreTheSameInEveryPassAndOrder()
    {
        var options = Trainers.Options;
        var view = View(options, TrainingRow.View(TrainingRow.Random(500, seed: 4, (row, _) => row.Number = row.GetHashCode())), bufferRows: 100, heldOut: 0.3);

        float[] Numbers(bool isHeldOut, Random? shuffle) =>
            [.. view.Read(isHeldOut, shuffle, CancellationToken.None)
                .SelectMany(table => Enumerable.Range(0, table.RowCount).Select(row => (float)table.Columns[0].Numbers(row)[0])).Order()];

        float[] held = Numbers(true, null), trained = Numbers(false, null);
        Assert.AreEqual(0.3, held.Length / 500.0, 0.08);
        Assert.HasCount(500, held.Concat(trained));
        CollectionAssert.AreEqual(held, Numbers(true, new Random(5)));
        CollectionAssert.AreEqual(trained, Numbers(false, new Random(6)));
    }

    [TestMethod]
    public void Fit_ValidationView_TrainsOnAllRows()
    {
        var model = Trainers.Of(Streaming).Fit(TrainingRow.View(TrainingRow.Learnable(150, seed: 1)), TrainingRow.View(TrainingRow.Learnable(40, seed: 2)));

        Assert.AreEqual(150, model.History.TrainingRows);
        Assert.AreEqual(40, model.History.ValidationRows);
    }

    [TestMethod]
    public void Fit_OneClassOrNoRows_SaysSoAsInMemory()
    {
        foreach (var rows in new[] { [], TrainingRow.Random(20, seed: 1, (row, _) => row.Label = true) })
        {
            var streamed = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(Streaming, rows));
            var inMemory = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(Trainers.Options, rows));

            string Words(InvalidOperationException error) => new([.. error.Message.Where(letter => !char.IsDigit(letter))]);
            Assert.AreEqual(Words(inMemory), Words(streamed));
        }
    }

    [TestMethod]
    public void Fit_Cancelled_EndsTheReading()
    {
        using var source = new CancellationTokenSource();
        var options = Streaming with
        {
            MaxEpochs = 1_000,
            Patience = 1_000,
            CancellationToken = source.Token,
            Progress = new Reports(progress =>
            {
                if (progress.Completed?.Epoch == 3) source.Cancel();
            }),
        };

        Assert.AreEqual(StopReason.Cancelled, Trainers.Fit(options, TrainingRow.Learnable(200, seed: 1)).History.StopReason);
    }

    [TestMethod]
    public void Fit_ViewOfOneOrder_ReadsItsRowsForTheFirstEpochOnly()
    {
        int Reads(int epochs)
        {
            var view = new OneOrderView(TrainingRow.View(TrainingRow.Learnable(300, seed: 5)));
            Assert.HasCount(epochs, Trainers.Of(Streaming with { MaxEpochs = epochs }).Fit(view).History.Epochs);
            return view.Reads;
        }

        Assert.AreEqual(1, Reads(epochs: 1));
        Assert.AreEqual(1, Reads(epochs: 4));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("Weight")]
    public void ReadFirst_Kept_GivesTheSameTablesAgain(string? weight)
    {
        using var log = FitLog.Start(((IHostEnvironment)new MLContext(1)).Register("Test"), "Test");
        var rows = TrainingRow.Random(500, seed: 6, (row, random) => (row.Number, row.Weight) = (random.NextSingle(), random.Next(3)));
        var options = Trainers.Options with { ExampleWeightColumnName = weight };
        var one = new OneOrderView(TrainingRow.View(rows));
        using var kept = View(options, one, bufferRows: 70, heldOut: 0.3);
        using var read = View(options, one, bufferRows: 70, heldOut: 0.3);

        StreamedRows.Measure(kept, CancellationToken.None, log, out _);
        StreamedRows.Measure(read, CancellationToken.None, null, out _);
        var pass = new RowPass(CancellationToken.None);
        string again = string.Join('\n', kept.Read(isHeldOut: false, null, pass).Select(Text));
        int reads = one.Reads;
        string anew = string.Join('\n', read.Read(isHeldOut: false, null, CancellationToken.None).Select(Text));

        Assert.AreEqual(2, reads);
        Assert.AreEqual(3, one.Reads);
        Assert.AreEqual(anew, again);
        Assert.AreEqual(Text(read.ReadHeldOut(CancellationToken.None)!), Text(kept.ReadHeldOut(CancellationToken.None)!));
        Assert.AreEqual(again.Split('\n').Sum(table => int.Parse(table[..table.IndexOf(' ')], CultureInfo.InvariantCulture)), pass.Rows);
        Assert.IsEmpty(log.Warnings);
    }

    [TestMethod]
    public void ReadFirst_CancelledMidway_EndsAndKeepsNothing()
    {
        using var log = FitLog.Start(((IHostEnvironment)new MLContext(1)).Register("Test"), "Test");
        var one = new OneOrderView(TrainingRow.View(TrainingRow.Random(500, seed: 6)));
        using var view = View(Trainers.Options, one, bufferRows: 70);

        Assert.HasCount(2, view.ReadFirst(CancellationToken.None, log).Take(2).ToArray());

        Assert.AreEqual(500, view.Read(isHeldOut: false, null, CancellationToken.None).Sum(table => table.RowCount));
        Assert.AreEqual(2, one.Reads);
    }

    /// <summary>All that a table holds.</summary>
    private static string Text(TrainingTable table)
    {
        var words = (SequenceData)table.Columns[1];
        var rows = Enumerable.Range(0, table.RowCount).Select(row => string.Create(CultureInfo.InvariantCulture,
            $"{table.Labels[0][row]}/{table.Weights[row]}/{string.Join(',', words.KeysOf(row).ToArray())}/{((CategoryData)table.Columns[2]).KeyOf(row)}/" +
            $"{string.Join(',', table.Columns[0].Numbers(row).Concat(table.Columns[3].Numbers(row)))}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{table.RowCount} {table.MeanWeight} {string.Join(' ', table.Columns.Select(column => column.Extent))} {string.Join(' ', rows)}");
    }

    /// <summary>A view that cannot be shuffled, and counts how often it is read.</summary>
    private sealed class OneOrderView(IDataView inner) : IDataView
    {
        internal int Reads { get; private set; }

        public DataViewSchema Schema => inner.Schema;

        public bool CanShuffle => false;

        public long? GetRowCount() => inner.GetRowCount();

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        {
            Reads++;
            return inner.GetRowCursor(columnsNeeded);
        }

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            inner.GetRowCursorSet(columnsNeeded, n);
    }

    private static float[] Losses(MultiEmbeddingOptions options, TrainingRow[] rows) =>
        [.. Trainers.Fit(options with { MaxEpochs = 2 }, rows).History.Epochs.Select(epoch => (float)epoch.TrainingLoss)];

    private static TrainingTableReader Reader(MultiEmbeddingOptions options) =>
        new([InputColumn.Number("Number"), .. options.Columns.Where(column => column.Name != "Number")],
            [new LabelSource("Label", true, (row, column) => LabelTask.Of(LabelColumn.Binary("Label")).Begin(column, null).Open(row, column))],
            options.ExampleWeightColumnName);

    private static StreamedView View(MultiEmbeddingOptions options, IDataView view, int bufferRows, double heldOut = 0) =>
        new(Reader(options), view, bufferRows, heldOut, Seed: 1, CancellationToken.None);
}
