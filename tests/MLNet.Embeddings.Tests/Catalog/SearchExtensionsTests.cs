using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Searches over settings.</summary>
[TestClass]
public sealed class SearchExtensionsTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _rows = RawRow.View(RawRow.Random(300, seed: 1));

    [TestMethod]
    public void Search_OneColumnThatTells_IsFoundByHalving()
    {
        List<SearchProgress> told = [];

        var found = _mlContext.Search(Trainer, _rows, trials: 8, new() { Progress = new Progress(told.Add) });

        Assert.AreEqual("Title", found.Best["column"]);
        Assert.AreEqual(("AreaUnderRocCurve", false), (found.Metric, found.IsCancelled));
        // Eight are tried on a quarter of the rows, four on a half, two on all of them.
        CollectionAssert.AreEqual(new[] { 3, 3, 2, 2, 1, 1, 1, 1 }, found.Trials.Select(trial => trial.Values.Count).ToArray());
        Assert.AreEqual(found.Best, found.Trials[0]);
        Assert.HasCount(14, told);
        Assert.AreEqual((14, 15), (told[^1].Fits, told[^1].AllFits));
        Assert.IsGreaterThan(0.9, found.Best.Values[^1]);
        Assert.AreEqual(300, found.Model.History.TrainingRows);
        var frame = found.ToDataFrame();
        string[] names = ["Trial", "Rounds", "AreaUnderRocCurve", "Seconds", "column", "rate"];
        CollectionAssert.AreEqual(names, frame.Columns.Select(one => one.Name).ToArray());
        Assert.AreEqual(found.Best["rate"], frame["rate"][0]);
        foreach (var trial in found.Trials) Assert.IsInRange(1e-3, 1e-1, (double)trial["rate"]);
    }

    [TestMethod]
    public void Search_SameSeed_TriesTheSame()
    {
        var (one, other) = (_mlContext.Search(Trainer, _rows, trials: 3), _mlContext.Search(Trainer, _rows, trials: 3));

        CollectionAssert.AreEqual(
            one.Trials.Select(trial => (trial.Number, trial["rate"], trial.Values[0])).ToArray(),
            other.Trials.Select(trial => (trial.Number, trial["rate"], trial.Values[0])).ToArray());
        Assert.IsTrue(one.Trials.All(trial => trial.Values.Count == 1));
    }

    [TestMethod]
    public void Search_TrialsThatFail_CostOnlyThemselves()
    {
        var found = _mlContext.Search(
            space => space.Trial == 2 ? throw new InvalidOperationException("too much") : Trainer(space), _rows, trials: 3, new() { Seed = 2 });

        var failed = found.Trials.Single(trial => trial.Number == 2);
        Assert.AreEqual((found.Trials[2], "too much"), (failed, failed.Error));
        Assert.IsTrue(double.IsNaN(failed.Values.Single()));
        Assert.AreEqual("too much", found.ToDataFrame()["Error"][2]);
        Assert.AreEqual("too much", Assert.ThrowsExactly<InvalidOperationException>(() => _mlContext.Search(
            IEstimator<MultiEmbeddingTransformer> (space) => throw new InvalidOperationException("too much"), _rows, trials: 2)).Message);
    }

    [TestMethod]
    public void Search_Cancelled_GivesTheBestSoFar()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Progress(told =>
        {
            if (told.Fits == 2) cancellation.Cancel();
        });

        var found = _mlContext.Search(Trainer, _rows, trials: 8, new() { Progress = progress, CancellationToken = cancellation.Token });

        Assert.IsTrue(found.IsCancelled);
        Assert.AreEqual(2, found.Trials.Count(trial => trial.Values.Count > 0));
        Assert.AreEqual(2, found.ToDataFrame().Rows.Count);
        Assert.IsNotNull(found.Model.Score(new([new Microsoft.Data.Analysis.StringDataFrameColumn("Title", ["Fine hat"]),
            new Microsoft.Data.Analysis.StringDataFrameColumn("City", ["Oslo"])]))["Score"][0]);
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            _mlContext.Search(Trainer, _rows, trials: 8, new() { CancellationToken = cancellation.Token }));
    }

    [TestMethod]
    public void Draw_RangeOrNameThatCannotBe_IsRefused()
    {
        var space = new TrialSpace(1, 1, default);
        space.WholeNumber("units", 1, 4);

        Refused("'units' was drawn before", () => space.Uniform("units", 0, 1));
        Refused("'rate' is to be drawn from 0 to 1; give a range of finite numbers above 0 that rises.", () => space.Logarithmic("rate", 0, 1));
        Refused("'kind' is to be drawn no value; give at least one.", () => space.Choice<string>("kind"));
        Refused("ValidationFraction must be above 0 and below 1; it was 1.", () =>
            _mlContext.Search(Trainer, _rows, 1, new() { ValidationFraction = 1 }));

        static void Refused(string part, Action action) => StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(action).Message, part);
    }

    [TestMethod]
    public void Draw_ManyTrials_CoversTheRange()
    {
        double[] drawn = [.. Enumerable.Range(1, 400).Select(trial => new TrialSpace(1, trial, default).Uniform("x", -1, 3))];
        int[] whole = [.. Enumerable.Range(1, 400).Select(trial => new TrialSpace(1, trial, default).WholeNumber("n", 2, 4))];

        Assert.AreEqual(1, drawn.Average(), 0.2);
        Assert.AreEqual((-1, 3), (drawn.Min(), drawn.Max()), new Near());
        CollectionAssert.AreEquivalent(new[] { 2, 3, 4 }, whole.Distinct().ToArray());
    }

    private IEstimator<MultiEmbeddingTransformer> Trainer(TrialSpace space) => RawRow.Trainer(RawRow.Options with
    {
        Columns = [space.Choice("column", "Title", "City") is "Title" ? InputColumn.Text("Title") : InputColumn.Category("City")],
        LearningRate = space.Logarithmic("rate", 1e-3, 1e-1),
        Members = 1,
        MaxEpochs = 4,
        CancellationToken = space.CancellationToken,
    });

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) one, (double, double) other) =>
            Math.Abs(one.Item1 - other.Item1) < 0.1 && Math.Abs(one.Item2 - other.Item2) < 0.1;

        public int GetHashCode((double, double) pair) => 0;
    }

    private sealed class Progress(Action<SearchProgress> take) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value) => take(value);
    }
}
