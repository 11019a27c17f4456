using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Both engines over several steps, with the same weights and batches.</summary>
[TestClass]
public sealed class EngineParityTests
{
    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DataRow(ColumnCombination.Concatenate, Normalization.None, 1, false)]
    [DataRow(ColumnCombination.Add, Normalization.Batch, 1, true)]
    [DataRow(ColumnCombination.Multiply, Normalization.Layer, 3, false)]
    public void Step_Several_AreTheSame(ColumnCombination combination, Normalization normalization, int members, bool everyRow)
    {
        var trained = TorchCases.Network(4, new HeadShape([5, 4], combination, ActivationFunction.Tanh, normalization, members), TorchCases.Columns);
        var settings = new EngineSettings { Threads = 2, WeightDecay = 0.1, MaxGradientNorm = 0.3, AveragingDecay = 0.8, DenseTableUpdates = everyRow };
        using var torchs = new TorchColumnNetwork(trained.Shape, TorchCases.Initial(trained), settings, torch.CPU);
        using var ours = new KernelColumns(trained.Shape, TorchCases.Initial(trained), settings);

        for (int step = 0; step < 6; step++)
        {
            var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 30 + step, seed: step));
            Assert.AreEqual(torchs.Learn(batch, TorchCases.Loss), ours.Learn(batch, TorchCases.Loss), normalization == Normalization.Batch ? 1e-2 : 1e-3);
            torchs.Step(0.01);
            ours.Step(0.01);
        }

        // Before a normalisation over the batch some weights have no gradient but the rounding's, which Adam blows up: there the losses tell.
        if (normalization == Normalization.Batch) return;
        AssertSame();
        using (torchs.UseAverage())
        {
            using (ours.UseAverage())
            {
                AssertSame();
            }
        }
        AssertSame();

        void AssertSame()
        {
            var arrays = ours.Export().ToDictionary(array => array.Name, array => array.Values);
            foreach (var (name, values) in torchs.Export())
            {
                Numbers.AreClose([.. values], arrays[name], name, tolerance: 3e-5);
            }
        }
    }
}
