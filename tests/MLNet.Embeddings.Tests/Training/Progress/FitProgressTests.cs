using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What is told of a fit while it goes on, and how it ends when it is cancelled in one of its phases.</summary>
[TestClass]
public sealed class FitProgressTests
{
    /// <summary>Every phase; what is left out is chosen.</summary>
    private static readonly MultiEmbeddingOptions Options = new()
    {
        Columns = [InputColumn.Text(nameof(Row.Text)), InputColumn.Category(nameof(Row.City)), InputColumn.Date(nameof(Row.Day))],
        Effort = TrainingEffort.Thorough,
        MaxEpochs = 2,
        Members = 2,
        NumberOfThreads = 1,
        Seed = 1,
    };

    [TestMethod]
    public void Fit_AllPhases_AreToldInTheirOrderAndNeverGoBack()
    {
        var reports = new Reports();

        Fit(Options with { Progress = reports });

        // With one thread the wide part is trained before the networks.
        CollectionAssert.AreEqual(
            new[]
            {
                TrainingPhase.Profiling, TrainingPhase.Indexing, TrainingPhase.Reading, TrainingPhase.Search, TrainingPhase.Wide, TrainingPhase.Training,
                TrainingPhase.Weighing,
            },
            reports.Taken.Select(report => report.Phase).Distinct().ToArray());
        double[] done = [.. reports.Taken.Select(report => report.Done)];
        CollectionAssert.AreEqual(done.Order().ToArray(), done);
        Assert.AreEqual((0.0, 1.0, TimeSpan.Zero), (done[0], done[^1], reports.Taken[^1].Remaining));
        Assert.IsNull(reports.Taken[0].Remaining, "What there is to do is not chosen yet.");
        Assert.IsTrue(reports.Taken.Skip(1).All(report => report.Remaining >= TimeSpan.Zero));
    }

    [TestMethod]
    public void Fit_Passes_TellColumnsAndRows()
    {
        var reports = new Reports();

        Fit(Options with { Effort = TrainingEffort.Quick, Members = 1, Wide = false, Progress = reports });

        // A pass that takes long tells more.
        var indexing = reports.Taken.Where(report => report.Phase == TrainingPhase.Indexing).DistinctBy(report => report.Column).ToArray();
        CollectionAssert.AreEqual(new[] { nameof(Row.Text), nameof(Row.City), nameof(Row.Day) }, indexing.Select(report => report.Column).ToArray());
        Assert.IsTrue(indexing.All(report => (report.Step, report.Steps, report.Epoch) == (1, Rows, 0)));
    }

    [TestMethod]
    public void Fit_ThoroughOfOneNetwork_LeavesNoSearchToBeDone()
    {
        var reports = new Reports();

        Fit(Options with { Members = 1, Wide = false, Progress = reports });

        Assert.AreEqual(TimeSpan.Zero, reports.Taken.Last(report => report.Completed is not null).Remaining);
    }

    [TestMethod]
    public void Fit_ViewThatDoesNotSayItsRows_HasNoRemainingTimeUntilTheyAreCounted()
    {
        var context = new MLContext(1);
        var reports = new Reports();
        var options = Options with { Columns = [.. Options.Columns.Take(2)], Wide = false, HiddenUnits = [4], Progress = reports };

        context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(context.Data.LoadFromEnumerable(Data));

        var passes = reports.Taken.Where(report => report.Epoch == 0).DistinctBy(report => report.Column).ToArray();
        Assert.AreEqual((nameof(Row.Text), 0, (TimeSpan?)null), (passes[0].Column, passes[0].Steps, passes[0].Remaining));
        Assert.AreEqual((nameof(Row.City), Rows, true), (passes[1].Column, passes[1].Steps, passes[1].Remaining > TimeSpan.Zero));
    }

    [TestMethod]
    [DataRow(TrainingPhase.Profiling)]
    [DataRow(TrainingPhase.Indexing)]
    [DataRow(TrainingPhase.Reading)]
    [DataRow(TrainingPhase.Search)]
    [DataRow(TrainingPhase.Training)]
    [DataRow(TrainingPhase.Wide)]
    public void Fit_CancelledBeforeANetworkIsThere_EndsInThatPhase(TrainingPhase phase)
    {
        using var source = new CancellationTokenSource();
        var reports = Cancelling(phase, source);

        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(Options with { Progress = reports, CancellationToken = source.Token }));

        Assert.AreEqual(phase, reports.Taken[^1].Phase);
        Assert.HasCount(1, reports.Taken.Where(report => report.Phase == phase));
    }

    [TestMethod]
    public void Fit_CancelledWhileItIsWeighed_GivesTheModelSoFar()
    {
        using var source = new CancellationTokenSource();
        var reports = Cancelling(TrainingPhase.Weighing, source);

        var model = Fit(Options with { Progress = reports, CancellationToken = source.Token });

        Assert.AreEqual(StopReason.Cancelled, model.History.StopReason);
        Assert.HasCount(2, model.Model.Networks);
        // The first weights that are tried, and the report of the end.
        Assert.HasCount(2, reports.Taken.Where(report => report.Phase == TrainingPhase.Weighing));
    }

    private const int Rows = 60;

    private static MultiEmbeddingTransformer Fit(MultiEmbeddingOptions options)
    {
        var context = new MLContext(1);
        return context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(View(context));
    }

    private static Reports Cancelling(TrainingPhase phase, CancellationTokenSource source) => new(report =>
    {
        if (report.Phase == phase) source.Cancel();
    });

    private static IDataView View(MLContext context) => context.Data.LoadFromEnumerable(Data.ToArray());

    private static IEnumerable<Row> Data => Enumerable.Range(0, Rows).Select(i => new Row
    {
        Label = i % 2 == 0,
        Text = i % 2 == 0 ? $"a fine warm day number {i}" : $"rain again and wind {i}",
        City = i % 3 == 0 ? "Oslo" : "Rome",
        Day = new DateTime(2024, 1, 1).AddDays(i),
    });

    private sealed class Row
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";

        public string City { get; set; } = "";

        public DateTime Day { get; set; }
    }
}
