using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace MLNet.Embeddings.Tests;

/// <summary>The network that learns without torch, beside torch's on the same weights and rows.</summary>
[TestClass]
public sealed class ManagedNetworkTests
{
    private static readonly NumberScale[] Scales =
    [
        new StandardScale([1, -2], [2, 3], hasMissing: true),
        new KnotScale([5, 3], [-3, -1, 0, 1, 2.5f, -2, 1, 2], null, [0, 1], hasMissing: true),
        new KnotScale([2, 4], [-1, 2, -3, 0, 1, 3], [-1, 1, -2, 0, 0.1f, 1.5f], [0, 1], hasMissing: true),
    ];

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Learn_SameWeightsAndRows_GivesTorchsLossAndGradients(int[] hiddenUnits, int rows)
    {
        using var scope = torch.NewDisposeScope();
        var (torchs, ours) = CreateSame(hiddenUnits);
        var batch = CreateBatch(rows, seed: rows);

        double loss = ours.Learn(batch, Networks.Objective.Loss);

        var expected = binary_cross_entropy_with_logits(
            torchs.call(batch).squeeze(1), TensorMemory.Of(batch.Labels[0], rows), TensorMemory.Of(batch.Weights, rows), torch.nn.Reduction.Mean);
        expected.backward();
        Assert.AreEqual(expected.item<float>(), loss / rows, 1e-6);
        AssertClose(torchs.Dense.Gradients, ours.Dense.Gradients, "dense gradients");
        foreach (var (table, index) in torchs.Tables.Select((table, index) => (table, index)))
        {
            CollectionAssert.AreEqual(table.Touched.ToArray(), ours.Tables[index].Touched.ToArray());
            AssertClose(table.Gradients, ours.Tables[index].Gradients, $"gradients of table {index}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Learn_ThenStep_UpdatesAsTorch(int[] hiddenUnits, int rows)
    {
        using var scope = torch.NewDisposeScope();
        var (torchs, ours) = CreateSame(hiddenUnits);
        float[] Updated(ILearningNetwork network)
        {
            var optimizer = new NetworkOptimizer(network, new MultiEmbeddingOptions { LearningRate = 0.01, Regularization = new() { AveragingDecay = 0.9 } });
            for (int step = 1; step <= 3; step++)
            {
                optimizer.Clear();
                network.Learn(CreateBatch(rows, seed: step), Networks.Objective.Loss);
                optimizer.Step();
            }
            using var average = optimizer.UseAverage();
            return Weights(network);
        }

        AssertClose(Updated(torchs), Updated(ours), "weights");
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Score_SameWeightsAndRows_IsTorchs(int[] hiddenUnits, int rows)
    {
        using var scope = torch.NewDisposeScope();
        var (torchs, ours) = CreateSame(hiddenUnits);
        var batch = CreateBatch(rows, seed: rows);

        AssertClose(torchs.Score(batch), ours.Score(batch), "scores");
    }

    [TestMethod]
    public void Constructor_OneSeed_GivesKerasInitialValues()
    {
        var shape = Shape([40]);
        ManagedNetwork first = new(shape, new(0, 2), new SplitMix(1)), second = new(shape, new(0, 2), new SplitMix(1)), other = new(shape, new(0, 2), new SplitMix(2));

        CollectionAssert.AreEqual(Weights(first), Weights(second));
        CollectionAssert.AreNotEqual(Weights(first), Weights(other));
        var arrays = first.Export().ToDictionary(array => array.Name, array => array.Values);
        AssertUniform(0.05, arrays["columns.City.table"]);
        AssertUniform(Math.Sqrt(6.0 / (shape.CombinedSize + 40)), arrays[HeadShape.LayerWeights(0)]);
        Assert.IsTrue(arrays[HeadShape.LayerBias(0)].All(value => value == 0));
    }

    [TestMethod]
    public void Learn_Dropout_IsOfTheSeedAndForTrainingAlone()
    {
        var batch = CreateBatch(rows: 20, seed: 1);
        ManagedNetwork Create() => new(Shape([30]), new(0.5, 2), new SplitMix(3));
        ManagedNetwork first = Create(), second = Create();

        double[] Losses(ManagedNetwork network) => [network.Learn(batch, Networks.Objective.Loss), network.Learn(batch, Networks.Objective.Loss)];
        double[] losses = Losses(first);

        CollectionAssert.AreEqual(losses, Losses(second));
        Assert.AreNotEqual(losses[0], losses[1]);
        CollectionAssert.AreEqual(first.Score(batch), first.Score(batch));
    }

    [TestMethod]
    public void Fits_Sequences_NeedTorch()
    {
        Assert.IsTrue(ManagedNetwork.Fits(Shape([])));
        Assert.IsFalse(ManagedNetwork.Fits(TorchNetworks.Shape([], new SequenceShape("Words", KeyCount: 3, Dimensions: 2, SequenceEncoder.Mean()))));
    }

    [TestMethod]
    public void Fit_CategoriesAndNumbers_GivesOneModelForOneSeed()
    {
        var options = Trainers.Options with { Columns = [.. Trainers.AllColumns.Skip(1)], MaxEpochs = 3 };
        var rows = TrainingRow.Random(100, seed: 1);

        Trainers.AssertSameWeights(Trainers.Fit(options, rows), Trainers.Fit(options, rows));
        CollectionAssert.AreNotEqual(
            Trainers.Weights(Trainers.Fit(options, rows))["head.0.weight"].Values,
            Trainers.Weights(Trainers.Fit(options with { Seed = 2 }, rows))["head.0.weight"].Values);
    }

    private static IEnumerable<object[]> Forms =>
        from hiddenUnits in new int[][] { [], [1], [64], [17, 33, 5] }
        from rows in new[] { 1, 7, 300, 700 }
        select new object[] { hiddenUnits, rows };

    private static NetworkShape Shape(int[] hiddenUnits) => TorchNetworks.Shape(hiddenUnits,
        new CategoryShape("City", KeyCount: 9, Dimensions: 3),
        new NumberShape("Numbers", Size: 2, MissingIndicator: true),
        new CategoryShape("Gender", KeyCount: 3, Dimensions: 2),
        new NumberShape("Bins", Size: 2, MissingIndicator: true, NumberEncoder.PiecewiseLinear(bins: 4, dimensions: 3), Scales[1].KnotCounts),
        new NumberShape("Waves", Size: 2, MissingIndicator: true, NumberEncoder.Periodic(dimensions: 5, frequencies: 4, deviation: 0.5), Scales[2].KnotCounts));

    private static (MultiEmbeddingNetwork Torchs, ManagedNetwork Ours) CreateSame(int[] hiddenUnits)
    {
        var torchs = TorchNetworks.Random(Shape(hiddenUnits), seed: 1);
        var ours = new ManagedNetwork(torchs.Shape, new(0, 2), new SplitMix(1));
        torchs.Dense.Values.CopyTo(ours.Dense.Values, 0);
        foreach (var (from, to) in torchs.Tables.Zip(ours.Tables)) from.Values.CopyTo(to.Values, 0);
        return (torchs, ours);
    }

    /// <summary>Rows of missing and known values, some of weight 0.</summary>
    private static RowBatch CreateBatch(int rows, int seed)
    {
        var random = new Random(seed);
        int[] Keys(int count) => [.. Enumerable.Range(0, rows).Select(_ => random.Next(count + 1))];
        float[] Floats(int count, Func<float> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
        NumberData Numbers(NumberEncoder encoder) => new(Floats(2 * rows, () => random.Next(4) == 0 ? float.NaN : random.NextSingle() * 6 - 3), 2, encoder);
        var table = new TrainingTable(
            [
                new CategoryData(Keys(9), 9, hasUnknown: true), Numbers(NumberEncoder.Standard()), new CategoryData(Keys(3), 3, hasUnknown: false),
                Numbers(NumberEncoder.PiecewiseLinear()), Numbers(NumberEncoder.Periodic()),
            ],
            [Floats(rows, () => random.Next(2))], Floats(rows, () => rows > 1 ? random.Next(4) / 2f : 1.5f), SkippedRows: 0);
        return new Batcher(table, [null, Scales[0], null, Scales[1], Scales[2]]).Cut([.. Enumerable.Range(0, rows)], new UnknownDropout(0.1, new SplitMix((ulong)seed)));
    }

    private static float[] Weights(ILearningNetwork network) => [.. network.Dense.Values, .. network.Tables.SelectMany(table => table.Values)];

    private static void AssertUniform(double range, float[] values)
    {
        Assert.IsTrue(values.All(value => Math.Abs(value) <= range));
        Assert.IsGreaterThan(0.8 * range, values.Max());
        Assert.IsLessThan(-0.8 * range, values.Min());
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.AreEqual(expected.Length, actual.Length, what);
        double largest = 0;
        foreach (float value in expected) largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5 * largest, $"{what}, {i}");
    }
}
