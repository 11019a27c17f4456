using System.Numerics.Tensors;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class NetworkOptimizerTests
{
    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DataRow(0.5, 0.5)]
    [DataRow(1e6, null)]
    [DataRow(double.PositiveInfinity, null)]
    public void Step_LongGradients_AreScaledToTheNormTogether(double maxGradientNorm, double? scaledTo)
    {
        using var scope = torch.NewDisposeScope();
        using MultiEmbeddingNetwork network = CreateNetwork(), expected = CreateNetwork();
        NetworkOptimizer optimizer = CreateOptimizer(network, maxGradientNorm), unlimited = CreateOptimizer(expected, double.PositiveInfinity);

        // The first step alone would hide the scale: by Adam it goes by the gradients' signs.
        foreach (float factor in (float[])[1000, 0.001f])
        {
            Backward(network, optimizer, factor);
            optimizer.Step();
            double norm = Backward(expected, unlimited, factor);
            if (norm > scaledTo) Scale(expected, (float)(scaledTo.Value / norm));
            unlimited.Step();
        }

        CollectionAssert.AreEqual(Weights(expected), Weights(network));
    }

    [TestMethod]
    public void Step_WeightDecay_IsForDenseMatricesAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var network = CreateNetwork();
        float[] table = [.. network.Tables.Single().Values];
        var before = network.parameters().Select(parameter => parameter.Floats().ToArray()).ToArray();
        var optimizer = new NetworkOptimizer(network, new MultiEmbeddingOptions { LearningRate = 0.1, Regularization = new() { WeightDecay = 0.5 } });
        Backward(network, optimizer, factor: 0);

        optimizer.Step();

        CollectionAssert.AreEqual(table, network.Tables.Single().Values);
        foreach (var (parameter, values) in network.parameters().Zip(before))
        {
            float kept = parameter.dim() > 1 ? 1 - 0.1f * 0.5f : 1;
            foreach (var (value, old) in parameter.Floats().ToArray().Zip(values)) Assert.AreEqual(kept * old, value, 1e-6);
        }
    }

    [TestMethod]
    public void Clear_NextStep_StartsFromZeroGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var network = CreateNetwork();
        var optimizer = CreateOptimizer(network, double.PositiveInfinity);
        double once = Backward(network, optimizer, factor: 1);

        Assert.AreEqual(once, Backward(network, optimizer, factor: 1));

        optimizer.Clear();
        Assert.AreEqual(0.0, Norm(network));
    }

    private static MultiEmbeddingNetwork CreateNetwork() =>
        TorchNetworks.Random(TorchNetworks.Shape([3], new SequenceShape("Words", KeyCount: 3, Dimensions: 2, SequenceEncoder.Gru(2))), seed: 1);

    private static NetworkOptimizer CreateOptimizer(MultiEmbeddingNetwork network, double maxGradientNorm) =>
        new(network, new MultiEmbeddingOptions { Regularization = new() { MaxGradientNorm = maxGradientNorm, WeightDecay = 0 } });

    /// <summary>Gradients of a multiple of the scores; returns their norm.</summary>
    private static double Backward(MultiEmbeddingNetwork network, NetworkOptimizer optimizer, float factor)
    {
        var batch = new Batcher(Tables.OfLengths(2, 5), [null]).Cut([0, 1], UnknownDropout.None);
        optimizer.Clear();
        (network.call(batch) * factor).sum().backward();
        return Norm(network);
    }

    private static void Scale(MultiEmbeddingNetwork network, float scale)
    {
        TensorPrimitives.Multiply(network.Dense.Gradients, scale, network.Dense.Gradients);
        foreach (var table in network.Tables) TensorPrimitives.Multiply(table.Gradients, scale, table.Gradients);
    }

    private static float[] Weights(MultiEmbeddingNetwork network) => [.. network.Dense.Values, .. network.Tables.SelectMany(table => table.Values)];

    private static double Norm(MultiEmbeddingNetwork network) => Math.Sqrt(
        network.parameters().SelectMany(parameter => parameter.grad!.Floats().ToArray()).Concat(network.Tables.SelectMany(table => table.Gradients.ToArray()))
            .Sum(gradient => (double)gradient * gradient));
}
