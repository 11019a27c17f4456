using Microsoft.ML;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>What a fit does to torch's settings for the whole process, and they to it.</summary>
[TestClass]
public sealed class TorchSessionTests
{
    private static readonly MultiEmbeddingOptions Options = Trainers.Options with { MaxEpochs = 2 };
    private static readonly TrainingRow[] Rows = TrainingRow.Random(80, seed: 1);

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    public void Fit_Always_GivesTheCallersSettingsBackAndLeavesNoTensor()
    {
        using var before = torch.get_rng_state();
        int threads = torch.get_num_threads();

        LiveTensors.AssertUnchangedBy(() => Trainers.Fit(Options, Rows));

        using var after = torch.get_rng_state();
        CollectionAssert.AreEqual(before.bytes.ToArray(), after.bytes.ToArray());
        Assert.AreEqual(threads, torch.get_num_threads());
    }

    [TestMethod]
    public void Fit_Fails_GivesTheCallersGeneratorBack()
    {
        using var before = torch.get_rng_state();

        Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(Options with { LearningRate = 1e39 }, Rows));

        using var after = torch.get_rng_state();
        CollectionAssert.AreEqual(before.bytes.ToArray(), after.bytes.ToArray());
    }

    [TestMethod]
    public void Fit_InsideTheCallersDisposeScope_PutsNothingIntoIt()
    {
        using var scope = torch.NewDisposeScope();

        Trainers.Fit(Options, Rows);

        Assert.AreEqual(0, scope.DisposablesCount);
    }

    [TestMethod]
    public void Fit_UnderOtherSettingsOfTorch_GivesTheSameModel()
    {
        var expected = Trainers.Fit(Options, Rows);
        MultiEmbeddingTransformer actual;

        torch.set_default_dtype(torch.float64);
        try
        {
            using var noGradients = torch.no_grad();
            actual = Trainers.Fit(Options, Rows);
            Assert.AreEqual(torch.float64, torch.get_default_dtype());
            Assert.IsFalse(torch.is_grad_enabled());
        }
        finally
        {
            torch.set_default_dtype(torch.float32);
        }

        Trainers.AssertSameWeights(expected, actual);
    }

    [TestMethod]
    public void Fit_OneSeed_GivesTheSameWeights() => Trainers.AssertSameWeights(Trainers.Fit(Options, Rows), Trainers.Fit(Options, Rows));

    [TestMethod]
    public void Fit_AnotherSeed_GivesOtherWeights() => AssertOtherWeights(Trainers.Fit(Options, Rows), Trainers.Fit(Options with { Seed = 2 }, Rows));

    [TestMethod]
    public void Fit_NoSeed_TakesThatOfTheContext()
    {
        Trainers.AssertSameWeights(FitWith(contextSeed: 5), FitWith(contextSeed: 5));
        AssertOtherWeights(FitWith(contextSeed: 5), FitWith(contextSeed: 6));
    }

    [TestMethod]
    public void Fit_NoSeedTwice_GivesTheSameWeights()
    {
        var trainer = new MLContext().BinaryClassification.Trainers.MultiEmbedding(Options with { Seed = null });
        var view = TrainingRow.View(Rows);

        Trainers.AssertSameWeights(trainer.Fit(view), trainer.Fit(view));
    }

    private static MultiEmbeddingTransformer FitWith(int contextSeed) =>
        new MLContext(contextSeed).BinaryClassification.Trainers.MultiEmbedding(Options with { Seed = null }).Fit(TrainingRow.View(Rows));

    private static void AssertOtherWeights(MultiEmbeddingTransformer expected, MultiEmbeddingTransformer actual)
    {
        var (left, right) = (Trainers.Weights(expected), Trainers.Weights(actual));
        foreach (var (name, array) in left.Where(array => array.Key.EndsWith("table", StringComparison.Ordinal)))
            CollectionAssert.AreNotEqual(array.Values, right[name].Values, name);
    }
}
