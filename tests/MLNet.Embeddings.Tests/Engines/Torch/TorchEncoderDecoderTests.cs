using TorchSharp;
using Trained = MLNet.Embeddings.TorchEncoderDecoder;

namespace MLNet.Embeddings.Tests;

/// <summary>The encoder-decoder beside one that reads row by row in double precision: what it computes, and its gradients.</summary>
[TestClass]
public sealed class TorchEncoderDecoderTests
{
    private static readonly EngineSettings Settings = new() { Seed = 3, Threads = 1 };

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Judge_EveryForm_GivesTheLossesOfPlainCode(int layers, bool bidirectional, bool attends, bool ties)
    {
        using var scope = torch.NewDisposeScope();
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(layers, bidirectional, attends, ties), seed: 1);
        using var network = Create(trained);
        var pairs = SequencePairs.Of(EncoderDecoders.Batch());
        double[] losses = new double[pairs.Wanted.Length];
        int[] best = new int[losses.Length], bestTerms = new int[losses.Length];

        network.Judge(pairs, 0, losses, best);
        network.Judge(pairs, 1, losses, bestTerms);

        var scores = new TorchEncoderDecoder(trained).Scores(EncoderDecoders.Pairs);
        double[] expected = torch.nn.functional.cross_entropy(
            scores, TorchEncoderDecoder.Wanted(EncoderDecoders.Pairs), reduction: torch.nn.Reduction.None).data<double>().ToArray();
        Numbers.AreClose(expected, [.. losses.Select(loss => (float)loss)], "losses");
        CollectionAssert.AreEqual(scores.argmax(1).data<long>().Select(index => (int)index).ToArray(), best);
        CollectionAssert.AreEqual(scores.narrow(1, 1, trained.Shape.Classes - 1).argmax(1).data<long>().Select(index => 1 + (int)index).ToArray(), bestTerms);
    }

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Learn_EveryForm_GivesTheGradientsOfPlainCode(int layers, bool bidirectional, bool attends, bool ties)
    {
        using var scope = torch.NewDisposeScope();
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(layers, bidirectional, attends, ties), seed: 2);
        using var network = Create(trained);

        double loss = network.Learn(SequencePairs.Of(EncoderDecoders.Batch()), smoothing: 0.1);

        var plain = new TorchEncoderDecoder(trained);
        var expected = torch.nn.functional.cross_entropy(
            plain.Scores(EncoderDecoders.Pairs), TorchEncoderDecoder.Wanted(EncoderDecoders.Pairs), label_smoothing: 0.1);
        expected.backward();
        Assert.AreEqual(expected.item<double>(), loss, 1e-5);
        var gradients = network.Gradients();
        Assert.HasCount(plain.Weights.Count, gradients);
        foreach (var (name, weight) in plain.Weights)
            Numbers.AreClose(weight.grad!.contiguous().data<double>().ToArray(), gradients[name], name, tolerance: 1e-4, floor: 1e-3);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Step_Several_LearnThePairsAndLeaveNoTensor(bool ties) => LiveTensors.AssertUnchangedBy(() =>
    {
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(2, ties: ties), seed: 3, bound: 0.5f);
        using var turn = TorchTurn.Take(1, CancellationToken.None);
        using var network = Create(trained, Settings with { AveragingDecay = 0.8, MaxGradientNorm = 1 });
        var pairs = SequencePairs.Of(EncoderDecoders.Batch());
        double first = network.Learn(pairs, 0), last = 0;
        for (int step = 0; step < 200; step++)
        {
            network.Step(0.03);
            last = network.Learn(pairs, 0);
        }
        double[] losses = new double[pairs.Wanted.Length];
        int[] best = new int[losses.Length];

        using (network.UseAverage()) network.Judge(pairs, 0, losses, best);

        Assert.IsGreaterThan(1.5, first);
        Assert.IsLessThan(0.6, last, $"from {first}");
        CollectionAssert.AreEqual(pairs.Wanted, best);
        CollectionAssert.AreEquivalent(trained.Weights.Keys.ToArray(), network.Export().Select(array => array.Name).ToArray());
    });

    [TestMethod]
    public void Restore_Saved_GoesOnBitForBit()
    {
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(2), seed: 3, bound: 0.3f);
        using var turn = TorchTurn.Take(1, CancellationToken.None);
        var settings = Settings with { Dropout = 0.3, AveragingDecay = 0.8, WeightDecay = 0.01 };
        using Trained whole = Create(trained, settings), first = Create(trained, settings), second = Create(trained, settings);
        var pairs = SequencePairs.Of(EncoderDecoders.Batch());
        double Train(Trained network, int steps)
        {
            double loss = 0;
            for (int step = 0; step < steps; step++)
            {
                loss = network.Learn(pairs, 0.1);
                network.Step(0.01);
            }
            return loss;
        }
        double expected = Train(whole, 5);
        Train(first, 2);

        second.Restore(first.Save());

        Assert.AreEqual(expected, Train(second, 3));
        foreach (var (left, right) in whole.Export().Zip(second.Export())) CollectionAssert.AreEqual(left.Values, right.Values, left.Name);
    }

    private static Trained Create(TrainedEncoderDecoder trained, EngineSettings? settings = null) =>
        new(trained.Shape, EncoderDecoders.Initial(trained), settings ?? Settings, torch.CPU);
}
