using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The network of the kernel engine where torch cannot be the oracle: with dropout, on other numbers of threads, at the edges.</summary>
[TestClass]
public sealed class KernelColumnsTests
{
    private static readonly EngineSettings Settings = new() { Seed = 3, Threads = 2 };

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Learn_AnyEncoderWithDropout_GivesTheSlopesOfTheLoss(SequenceEncoder encoder) =>
        AssertSlopes(TorchCases.Network(5, new HeadShape([6], Activation: ActivationFunction.Tanh), new SequenceShape("text", KeyCount: 9, Dimensions: 3,
            encoder)));

    [TestMethod]
    [DataRow(ActivationFunction.Silu, Normalization.None, 1)]
    [DataRow(ActivationFunction.Sigmoid, Normalization.Layer, 1)]
    [DataRow(ActivationFunction.Tanh, Normalization.Batch, 1)]
    [DataRow(ActivationFunction.Silu, Normalization.Layer, 3)]
    public void Learn_AnyHeadWithDropout_GivesTheSlopesOfTheLoss(ActivationFunction activation, Normalization normalization, int members) =>
        AssertSlopes(TorchCases.Network(4, new HeadShape([8, 6], ColumnCombination.Concatenate, activation, normalization, members), TorchCases.Columns));

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Learn_NothingButEmptySequences_AgreesWithTorch(SequenceEncoder encoder)
    {
        var trained = TorchCases.Network(5, new HeadShape([4]), new SequenceShape("text", KeyCount: 9, Dimensions: 3, TorchCases.WithoutDropout(encoder)));
        var batch = TorchCases.Batch(trained, [[Array.Empty<int>()], [Array.Empty<int>()]]);
        using var turn = TorchTurn.Take(1, CancellationToken.None);
        using var torchs = new TorchColumnNetwork(trained.Shape, TorchCases.Initial(trained), Settings, torch.CPU);
        using var ours = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings);
        // A batch of tokens before, whose gradients must not be left over.
        ours.Learn(TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 5, seed: 1)), TorchCases.Loss);

        Assert.AreEqual(torchs.Learn(batch, TorchCases.Loss), ours.Learn(batch, TorchCases.Loss), 1e-5);

        var expected = torchs.Gradients();
        foreach (var (name, gradients) in ours.Gradients()) Numbers.AreClose([.. expected[name].Select(value => (double)value)], gradients, name, floor: 1e-3);
        ours.Step(0.1);
        float[] scores = TorchCases.Scores(ours, batch);
        CollectionAssert.AreEqual(scores[..(scores.Length / 2)], scores[(scores.Length / 2)..]);
    }

    [TestMethod]
    [DataRow(Normalization.None, 1)]
    [DataRow(Normalization.Batch, 3)]
    public void Learn_AnyNumberOfThreads_GivesTheSameGradients(Normalization normalization, int members)
    {
        ColumnShape[] columns = [.. TorchCases.Columns, .. TorchCases.Encoders.Select((encoder, i) => new SequenceShape($"text{i}", KeyCount: 9,
            Dimensions: 3, encoder))];
        var trained = TorchCases.Network(4, new HeadShape([33], Normalization: normalization, EnsembleSize: members), columns);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 1_100, seed: 1));
        (double Loss, IReadOnlyDictionary<string, float[]> Gradients, float[] Scores) On(int threads)
        {
            using var network = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings with { Threads = threads, Dropout = 0.2 });
            double loss = network.Learn(batch, TorchCases.Loss);
            var gradients = network.Gradients();
            network.Step(0);
            return (loss, gradients, TorchCases.Scores(network, batch));
        }

        var one = On(1);
        double largest = one.Gradients.Values.Max(values => values.Max(Math.Abs));
        foreach (int threads in new[] { 2, 5 })
        {
            var several = On(threads);

            Assert.AreEqual(one.Loss, several.Loss, 1e-5 * Math.Abs(one.Loss));
            foreach (var (name, gradients) in one.Gradients)
                Numbers.AreClose([.. gradients.Select(value => (double)value)], several.Gradients[name], $"{name} on {threads} threads", 1e-4,
                    floor: 1e-2 * largest);
            if (normalization == Normalization.None) CollectionAssert.AreEqual(one.Scores, several.Scores, $"scores on {threads} threads");
        }
    }

    [TestMethod]
    public void Learn_LossThrowsOnAThread_GivesItsExceptionAndCanGoOn()
    {
        var trained = TorchCases.Network(4, new HeadShape([64]), TorchCases.Columns);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 1_000, seed: 1));
        using ITrainableColumns network = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings), other = new KernelColumns(trained.Shape,
            TorchCases.Initial(trained), Settings);

        var error = Assert.ThrowsExactly<NotSupportedException>(() => network.Learn(batch, (scores, rows, firstRow, gradients) =>
            firstRow > 0 ? throw new NotSupportedException("the second part") : TorchCases.Loss(scores, rows, firstRow, gradients)));

        Assert.AreEqual("the second part", error.Message);
        Assert.AreEqual(other.Learn(batch, TorchCases.Loss), network.Learn(batch, TorchCases.Loss));
        network.Step(0.1);
        other.Step(0.1);
        CollectionAssert.AreEqual(TorchCases.Scores(other, batch), TorchCases.Scores(network, batch));
    }

    [TestMethod]
    public void Score_BetweenLearningAndTheStep_IsOfTheWeightsAsTheyAre()
    {
        var trained = TorchCases.Network(4, new HeadShape([5], Normalization: Normalization.Batch), TorchCases.Columns);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 20, seed: 1));
        using var torchs = new TorchColumnNetwork(trained.Shape, TorchCases.Initial(trained), Settings, torch.CPU);
        using var ours = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings);

        torchs.Learn(batch, TorchCases.Loss);
        ours.Learn(batch, TorchCases.Loss);

        Numbers.AreClose([.. TorchCases.Scores(torchs, batch).Select(value => (double)value)], TorchCases.Scores(ours, batch), "scores");
    }

    [TestMethod]
    public void UseAverage_Disposed_PutsWeightsStatisticsAndScoresBack()
    {
        var trained = TorchCases.Network(4, new HeadShape([5], Normalization: Normalization.Batch), TorchCases.Columns);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 20, seed: 1));
        using var network = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings with { AveragingDecay = 0.9 });
        using var plain = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings);
        for (int step = 0; step < 3; step++)
        {
            network.Learn(batch, TorchCases.Loss);
            network.Step(0.1);
        }
        float[] scores = TorchCases.Scores(network, batch), weights = Weights(network), averaged;

        using (network.UseAverage())
        {
            averaged = Weights(network);
            CollectionAssert.AreNotEqual(scores, TorchCases.Scores(network, batch));
            network.EstimateStatistics([batch]);
            CollectionAssert.AreNotEqual(averaged, Weights(network));
        }

        CollectionAssert.AreEqual(weights, Weights(network));
        CollectionAssert.AreEqual(scores, TorchCases.Scores(network, batch));
        Assert.IsTrue(network.HasStatistics);
        Assert.IsNull(plain.UseAverage());
    }

    private static IEnumerable<SequenceEncoder[]> Encoders => TorchCases.Encoders.Select(encoder => new[] { encoder });

    private static float[] Weights(ITrainableColumns network) => [.. network.Export().SelectMany(array => array.Values)];

    /// <summary>Moves each array to both sides along its own gradient, the same values dropped: the loss must change by as much as the gradient says.</summary>
    private static void AssertSlopes(TrainedNetwork trained)
    {
        const float Step = 2e-3f;
        var settings = Settings with { Dropout = 0.3 };
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 12, seed: 1));
        using var network = new KernelColumns(trained.Shape, TorchCases.Initial(trained), settings);
        network.Learn(batch, TorchCases.Loss);
        var all = network.Gradients();
        double largest = all.Values.Max(Norm);

        foreach (var (name, gradients) in all)
        {
            double norm = Norm(gradients);
            if (norm < 1e-3 * largest) continue;
            double LossAt(float step)
            {
                var initial = TorchCases.Initial(trained);
                float[] values = initial[name].Values;
                for (int i = 0; i < values.Length; i++) values[i] += (float)(step * gradients[i] / norm);
                using var moved = new KernelColumns(trained.Shape, initial, settings);
                return moved.Learn(batch, TorchCases.Loss) / batch.RowCount;
            }

            double slope = (LossAt(Step) - LossAt(-Step)) / (2 * Step);

            Assert.AreEqual(norm, slope, 0.02 * norm + 2e-4, name);
        }
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
