using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class NetworkAverageTests
{
    private const double Decay = 0.6;

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Use_AfterStepsThatTouchSomeRows_IsTheAverageOverAllSteps(bool denseTableUpdates)
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(
            TorchNetworks.Shape([3], new SequenceShape("Words", KeyCount: 9, Dimensions: 2, SequenceEncoder.Gru(2))), seed: 1);
        var optimizer = new NetworkOptimizer(network, new MultiEmbeddingOptions
        {
            LearningRate = 0.1,
            DenseTableUpdates = denseTableUpdates,
            Regularization = new() { AveragingDecay = Decay },
        });
        var batcher = new Batcher(Tables.OfLengths(1, 2, 3, 4, 1, 0), [null]);
        double[] expected = [.. Weights(network)];
        for (int step = 1; step <= 12; step++)
        {
            optimizer.Clear();
            network.call(batcher.Cut([step % 6], UnknownDropout.None)).sum().backward();
            optimizer.Step();
            double decay = Math.Min(Decay, (1.0 + step) / (10.0 + step));
            expected = [.. expected.Zip(Weights(network), (average, weight) => decay * average + (1 - decay) * weight)];
        }
        double[] weights = [.. Weights(network)];

        using (optimizer.UseAverage())
        {
            foreach (var (average, actual) in expected.Zip(Weights(network))) Assert.AreEqual(average, actual, 1e-6);
        }

        CollectionAssert.AreEqual(weights, Weights(network).ToArray());
    }

    [TestMethod]
    public void UseAverage_WithoutAveraging_IsNothing()
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(TorchNetworks.Shape([], new CategoryShape("City", KeyCount: 2, Dimensions: 2)), seed: 1);
        var optimizer = new NetworkOptimizer(network, new MultiEmbeddingOptions());

        Assert.IsNull(optimizer.UseAverage());
    }

    [TestMethod]
    public void Fit_Averaging_KeepsOtherWeightsOfTheSameTraining()
    {
        var rows = TrainingRow.Random(200, seed: 1);
        var options = Trainers.Options with { MaxEpochs = 3 };

        var plain = Trainers.Fit(options, rows);
        var averaged = Trainers.Fit(options with { Regularization = new() { AveragingDecay = 0.9 } }, rows);

        CollectionAssert.AreEqual(Losses(plain), Losses(averaged));
        CollectionAssert.AreNotEqual(Trainers.Weights(plain)["head.0.weight"].Values, Trainers.Weights(averaged)["head.0.weight"].Values);
    }

    private static double[] Losses(MultiEmbeddingTransformer model) => [.. model.History.Epochs.Select(epoch => epoch.TrainingLoss)];

    private static IEnumerable<double> Weights(MultiEmbeddingNetwork network) =>
        network.parameters().SelectMany(parameter => parameter.Floats().ToArray()).Concat(network.Tables.SelectMany(table => table.Values)).Select(weight => (double)weight);
}
