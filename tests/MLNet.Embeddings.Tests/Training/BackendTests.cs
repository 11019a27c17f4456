using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>The reference networks, small, by both engines: a fit must come out the same.</summary>
[TestClass]
public sealed class BackendTests
{
    private static readonly RegularizationOptions NoDropout = new() { Dropout = 0, UnknownDropout = 0 };

    [TestMethod]
    public void Fit_TwoTextFields_IsAsGoodByEitherEngine()
    {
        var reviews = new MLContext(1).Data.LoadFromEnumerable(Reviews(240));

        AssertSame(backend => new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(new()
        {
            Columns = [InputColumn.Sequence("Title", 8, SequenceEncoder.Gru(6)), InputColumn.Sequence("Body", 10, SequenceEncoder.Gru(8))],
            HiddenUnits = [],
            MaxEpochs = 6,
            Patience = 6,
            ValidationFraction = 0.25,
            LearningRate = 0.01,
            Regularization = NoDropout,
            Backend = backend,
            NumberOfThreads = 1,
            Seed = 1,
        }).Fit(reviews).History);
    }

    [TestMethod]
    public void Fit_TableOfCategoriesAndNumber_IsAsGoodByEitherEngine()
    {
        var rows = TrainingRow.Random(300, seed: 1, (row, random) => row.Label = row.Category < 3 ? row.Number > 0.4 : random.Next(10) == 0);

        AssertSame(backend => Trainers.Fit(Trainers.Options with
        {
            Columns = [InputColumn.Category("Category", 4), InputColumn.Number("Number", NumberEncoder.Standard())],
            HiddenUnits = [16],
            MaxEpochs = 12,
            Patience = 12,
            ValidationFraction = 0.25,
            BatchSize = 32,
            Regularization = NoDropout,
            Backend = backend,
            NumberOfThreads = 1,
        }, rows).History);
    }

    [TestMethod]
    public void Fit_SequenceToSequence_IsAsGoodByEitherEngine()
    {
        SumRow[] sums = SumRow.All(8, seed: 1);

        AssertSame(backend => SequenceEstimators.Fit(SequenceEstimators.Tiny with
        {
            MaxEpochs = 30,
            Patience = 30,
            ValidationFraction = 0.25,
            LearningRate = 0.02,
            // All rows: torch, which pads, would put other rows together.
            BatchSize = 200,
            Regularization = NoDropout,
            Backend = backend,
            NumberOfThreads = 1,
        }, sums).History);
    }

    private static void AssertSame(Func<TrainingBackend, TrainingHistory> fit)
    {
        TrainingHistory ours = fit(TrainingBackend.Kernels), torchs = fit(TrainingBackend.Torch);

        double expected = Best(torchs), actual = Best(ours);
        Assert.IsLessThan(0.95 * torchs.Epochs[0].TrainingLoss, expected);
        Assert.AreEqual(expected, actual, 0.02 * expected);
    }

    private static double Best(TrainingHistory history) => history.Epochs.Min(epoch => epoch.ValidationLoss!.Value);

    /// <summary>Reviews of ragged lengths; which words there are tells the label, but for one in eight.</summary>
    private static IEnumerable<ReviewKeys> Reviews(int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            bool label = random.Next(2) == 0;
            uint[] Words(int longest) => [.. Enumerable.Range(0, random.Next(longest)).Select(_ => (uint)(1 + random.Next(12) + (label ? 8 : 0)))];
            yield return new ReviewKeys { Title = Words(6), Body = Words(20), Label = random.Next(8) == 0 ? !label : label };
        }
    }

    private sealed class ReviewKeys
    {
        [KeyType(20)] public uint[] Title { get; set; } = [];
        [KeyType(20)] public uint[] Body { get; set; } = [];
        public bool Label { get; set; }
    }
}
