using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The layers beside torch's operations alone, in double precision: what they compute, and their gradients.</summary>
[TestClass]
public sealed class EncoderDecoderNetworkTests
{
    private static readonly EngineSettings Settings = new() { Seed = 3, Threads = 2 };

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Judge_EveryForm_GivesTorchsLossesAndThoseOfDecoding(int layers, bool bidirectional, bool attends, bool ties)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(layers, bidirectional, attends, ties), seed: 1);
        using var network = Create(trained);
        var pairs = SequencePairs.Of(EncoderDecoders.Batch());
        double[] losses = new double[pairs.Wanted.Length];
        int[] best = new int[losses.Length];

        network.Judge(pairs, 0, losses, best);

        var scores = new TorchEncoderDecoder(trained).Scores(EncoderDecoders.Pairs);
        double[] expected = scores.contiguous().data<double>().ToArray();
        Numbers.AreClose(
            expected, [.. EncoderDecoders.Pairs.SelectMany(pair => EncoderDecoders.StepScores(trained, pair.Source, pair.Target))], "scores in decoding");
        var wanted = TorchEncoderDecoder.Wanted(EncoderDecoders.Pairs);
        double[] costs = torch.nn.functional.cross_entropy(scores, wanted, reduction: torch.nn.Reduction.None).data<double>().ToArray();
        Numbers.AreClose(costs, Array.ConvertAll(losses, loss => (float)loss), "losses in training");
        CollectionAssert.AreEqual(scores.argmax(1).data<long>().Select(index => (int)index).ToArray(), best);
    }

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Learn_EveryForm_GivesTorchsGradients(int layers, bool bidirectional, bool attends, bool ties)
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
            Numbers.AreClose(weight.grad!.contiguous().data<double>().ToArray(), gradients[name], name, floor: 0.1);
    }

    [TestMethod]
    [DataRow(false, 1.0)]
    [DataRow(true, 0.15)]
    public void Draw_Tables_AreWideUnlessTied(bool ties, double targetRange)
    {
        var shape = EncoderDecoders.Shape(ties: ties, targets: 200);

        var arrays = EncoderDecoderNetwork.Draw(shape with { Source = shape.Source with { KeyCount = 200 } }, seed: 1);

        AssertRange(1, arrays[shape.Source.Table].Values[shape.Source.Dimensions..]);
        AssertRange(targetRange, arrays[shape.Target.Table].Values);
        Assert.IsTrue(arrays[shape.Source.Table].Values[..shape.Source.Dimensions].All(value => value == 0));

        static void AssertRange(double range, float[] values) => Assert.AreEqual(range, values.Max(Math.Abs), range * 0.02);
    }

    /// <summary>Units that equal the target's dimensions, so that no layer is between the decoder and the output.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Learn_NoReadout_GivesTorchsGradients(bool ties)
    {
        using var scope = torch.NewDisposeScope();
        var shape = EncoderDecoders.Shape(layers: 2, bidirectional: false, attends: false, ties: ties);
        var trained = EncoderDecoders.Random(shape with { Target = shape.Target with { Dimensions = 5 } }, seed: 4);
        using var network = Create(trained);

        network.Learn(SequencePairs.Of(EncoderDecoders.Batch()), smoothing: 0);

        Assert.IsFalse(trained.Shape.HasReadout);
        var plain = new TorchEncoderDecoder(trained);
        torch.nn.functional.cross_entropy(plain.Scores(EncoderDecoders.Pairs), TorchEncoderDecoder.Wanted(EncoderDecoders.Pairs)).backward();
        var gradients = network.Gradients();
        foreach (var (name, weight) in plain.Weights)
            Numbers.AreClose(weight.grad!.contiguous().data<double>().ToArray(), gradients[name], name, floor: 0.1);
    }

    /// <summary>What is dropped depends on the step alone, so that the loss can be differentiated by differences.</summary>
    [TestMethod]
    [DataRow(true, true, false)]
    [DataRow(true, false, true)]
    [DataRow(false, false, false)]
    public void Learn_Dropout_GivesTheSlopesOfTheLoss(bool bidirectional, bool attends, bool ties)
    {
        const float Distance = 1e-2f;
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(2, bidirectional, attends, ties), seed: 5, bound: 0.7f);
        var settings = Settings with { Dropout = 0.4 };
        var pairs = SequencePairs.Of(EncoderDecoders.Batch());
        using var network = new KernelEncoderDecoder(trained.Shape, EncoderDecoders.Initial(trained), settings);
        double loss = network.Learn(pairs, 0);
        var gradients = network.Gradients();
        using var whole = Create(trained);
        Assert.AreNotEqual(whole.Learn(pairs, 0), loss);

        foreach (var (name, weight) in trained.Weights)
        {
            float[] direction = Numbers.Random(weight.Values.Length, seed: 6);
            double expected = (Moved(name, direction, Distance) - Moved(name, direction, -Distance)) / (2 * Distance);
            double slope = gradients[name].Zip(direction, (gradient, step) => (double)gradient * step).Sum();
            Assert.AreEqual(expected, slope, 2e-3, name);
        }

        double Moved(string name, float[] direction, float distance)
        {
            var initial = EncoderDecoders.Initial(trained);
            for (int i = 0; i < direction.Length; i++) initial[name].Values[i] += distance * direction[i];
            using var moved = new KernelEncoderDecoder(trained.Shape, initial, settings);
            return moved.Learn(pairs, 0);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Step_Several_AreThoseOfTorchsEngine(bool ties)
    {
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(2, ties: ties), seed: 7, bound: 0.5f);
        var settings = Settings with { WeightDecay = 0.1, MaxGradientNorm = 0.3, AveragingDecay = 0.8 };
        using var torchs = new MLNet.Embeddings.TorchEncoderDecoder(trained.Shape, EncoderDecoders.Initial(trained), settings, torch.CPU);
        using var ours = new KernelEncoderDecoder(trained.Shape, EncoderDecoders.Initial(trained), settings);
        var pairs = SequencePairs.Of(EncoderDecoders.Batch());

        for (int step = 0; step < 6; step++)
        {
            Assert.AreEqual(torchs.Learn(pairs, 0.1), ours.Learn(pairs, 0.1), 1e-4);
            torchs.Step(0.01);
            ours.Step(0.01);
        }

        var arrays = ours.Export().ToDictionary(array => array.Name, array => array.Values);
        foreach (var (name, values) in torchs.Export()) Numbers.AreClose([.. values], arrays[name], name, tolerance: 3e-5);
    }

    [TestMethod]
    public void Learn_NoTeacherForcing_ReadsWhatTheNetworkFindsProbable()
    {
        using var scope = torch.NewDisposeScope();
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 3, bound: 2);
        using var network = Create(trained);
        var learner = new SequenceLearner(network, new() { TeacherForcing = 0 }, seed: 1);

        double loss = learner.Learn(EncoderDecoders.Batch(), done: 0, step: 0);

        var plain = new TorchEncoderDecoder(trained);
        double expected = 0;
        foreach (var pair in EncoderDecoders.Pairs)
        {
            // The terms without the end; that after the last token is not read.
            var chosen = plain.Scores(pair.Source, pair.Target).narrow(1, 1, trained.Shape.Classes - 1).argmax(1).data<long>().ToArray()[..^1];
            var scores = plain.Scores(pair.Source, [.. chosen.Select(key => 1 + (int)key)]);
            expected += torch.nn.functional.cross_entropy(scores, TorchEncoderDecoder.Wanted([pair]), reduction: torch.nn.Reduction.Sum).item<double>();
        }
        Assert.AreEqual(expected, loss, 1e-3);
    }

    [TestMethod]
    public void Learn_SomeTeacherForcing_IsDecidedBySeedAndStep()
    {
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 3, bound: 2);
        double[] losses = [.. new (int Seed, int Step)[] { (1, 0), (1, 0), (1, 1), (2, 0) }.Select(at =>
        {
            using var network = Create(trained);
            return new SequenceLearner(network, new() { TeacherForcing = 0.5 }, at.Seed).Learn(EncoderDecoders.Batch(), done: 0, at.Step);
        })];

        Assert.AreEqual(losses[0], losses[1]);
        Assert.HasCount(3, losses.Distinct());
    }

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Draw_EveryForm_HasTheArraysOfTheForm(int layers, bool bidirectional, bool attends, bool ties)
    {
        var shape = EncoderDecoders.Shape(layers, bidirectional, attends, ties);

        var initial = EncoderDecoderNetwork.Draw(shape, seed: 1);

        CollectionAssert.AreEquivalent(
            shape.Weights().Select(weight => $"{weight.Name}: {string.Join(" × ", weight.Extents)}").ToArray(),
            initial.Select(array => $"{array.Key}: {string.Join(" × ", array.Value.Extents)}").ToArray());
    }

    private static KernelEncoderDecoder Create(TrainedEncoderDecoder trained) => new(trained.Shape, EncoderDecoders.Initial(trained), Settings);
}
