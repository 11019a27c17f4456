using System.Reflection;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>An MLContext that is cancelled, as a time limit of AutoML does it, ends what its estimators do.</summary>
[TestClass]
public sealed class ContextCancellationTests
{
    private const int ManyRows = 300_000;

    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Fit_ContextCancelledInThirdEpoch_GivesTheBestSoFar()
    {
        var options = Options with { HiddenUnits = [4], MaxEpochs = 1_000_000, Patience = 1_000_000, Progress = new CancelInEpoch(_context, 3) };

        var model = _context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(View(200));

        Assert.AreEqual(StopReason.Cancelled, model.History.StopReason);
        Assert.IsNotEmpty(model.History.Epochs);
    }

    [TestMethod]
    public void Fit_SequencesContextCancelled_GivesTheBestSoFar()
    {
        var options = new SequenceToSequenceOptions { MaxEpochs = 1_000_000, Patience = 1_000_000, Units = 4, Progress = new CancelInEpoch(_context, 3) };

        var model = _context.Transforms.Text.SequenceToSequence("Output", nameof(Row.Text), nameof(Row.Text), options).Fit(View(100));

        Assert.AreEqual(StopReason.Cancelled, model.History.StopReason);
    }

    [TestMethod]
    public void Fit_ContextCancelledWhileColumnsAreRead_Ends()
    {
        var view = View(ManyRows, atRow: 500);

        Assert.ThrowsExactly<OperationCanceledException>(() => _context.BinaryClassification.Trainers.MultiEmbedding(Options).Fit(view));
    }

    [TestMethod]
    public void Fit_TokenCancelledWhileRawColumnsAreIndexed_Ends()
    {
        using var source = new CancellationTokenSource();
        var options = Options with { HiddenUnits = [4], CancellationToken = source.Token };
        var view = _context.Data.LoadFromEnumerable(Rows(ManyRows, 500, source.Cancel));

        Assert.ThrowsExactly<OperationCanceledException>(() => _context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(view));
    }

    [TestMethod]
    public void Fit_ContextCancelledWhileVocabulariesAreLearned_Ends()
    {
        Assert.ThrowsExactly<OperationCanceledException>(
            () => _context.Transforms.Text.IndexTokens("Keys", nameof(Row.Text)).Fit(View(ManyRows, atRow: 500)));
        var other = new MLContext(1);
        var view = other.Data.LoadFromEnumerable(Rows(ManyRows, 500, () => Cancel(other)));
        Assert.ThrowsExactly<OperationCanceledException>(() => other.Transforms.Categorical.IndexCategories("Keys", nameof(Row.City)).Fit(view));
    }

    /// <summary>As ML.NET's own trainers have it: a context that was cancelled stays so.</summary>
    [TestMethod]
    public void Fit_ContextCancelledBefore_Ends()
    {
        Cancel(_context);

        Assert.ThrowsExactly<OperationCanceledException>(() => _context.BinaryClassification.Trainers.MultiEmbedding(Options).Fit(View(100)));
    }

    private static MultiEmbeddingOptions Options => new() { Columns = [InputColumn.Text(nameof(Row.Text)), InputColumn.Category(nameof(Row.City))], Seed = 1 };

    private IDataView View(int rows, int atRow = -1) => _context.Data.LoadFromEnumerable(Rows(rows, atRow, () => Cancel(_context)));

    private static IEnumerable<Row> Rows(int count, int atRow, Action reached)
    {
        for (int i = 0; i < count; i++)
        {
            if (i == atRow) reached();
            yield return new Row { Label = i % 2 == 0, Text = i % 2 == 0 ? "a fine day" : "a dull night", City = i % 3 == 0 ? "Oslo" : "Rome" };
        }
    }

    /// <summary>What Microsoft.ML.Experimental's extension and AutoML call: a member that ML.NET keeps to itself.</summary>
    private static void Cancel(MLContext context) =>
        typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(context, null);

    private sealed class CancelInEpoch(MLContext context, int epoch) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Epoch == epoch) Cancel(context);
        }
    }

    private sealed class Row
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";

        public string City { get; set; } = "";
    }
}
