using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The network that learns beside one of torch's operations alone: what it computes, and its gradients.</summary>
[TestClass]
public sealed class EncoderDecoderNetworkTests
{
    private static readonly (int[] Source, int[] Target)[] Pairs =
        [([3, 1, 4, 1, 5], [2, 7]), ([9], [3, 3, 1, 5]), ([2, 6], [4]), ([5, 3, 5, 8, 9, 7, 9], [7, 6, 2])];

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Scores_EveryForm_AreTorchsAndThoseOfDecoding(int layers, bool bidirectional, bool attends, bool ties)
    {
        using var session = new TorchSession(seed: 1, threads: 1);
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(layers, bidirectional, attends, ties), seed: 1);
        using var network = Create(trained);
        network.eval();
        using var noGradients = torch.no_grad();

        var (losses, best) = network.Judge(SequencePairs.Of(Batch()));

        var plain = new TorchEncoderDecoder(trained);
        var scores = torch.cat([.. Pairs.Select(pair => plain.Scores(pair.Source, pair.Target))]);
        double[] expected = scores.contiguous().data<double>().ToArray();
        Numbers.AreClose(expected, [.. Pairs.SelectMany(pair => EncoderDecoders.StepScores(trained, pair.Source, pair.Target))], "scores in decoding");
        var wanted = torch.tensor(Pairs.SelectMany(pair => pair.Target.Append(0)).Select(key => (long)key).ToArray());
        double[] costs = torch.nn.functional.cross_entropy(scores, wanted, reduction: torch.nn.Reduction.None).data<double>().ToArray();
        Numbers.AreClose(costs, Array.ConvertAll(losses, loss => (float)loss), "losses in training");
        CollectionAssert.AreEqual(scores.argmax(1).data<long>().Select(index => (int)index).ToArray(), best);
    }

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Learn_EveryForm_GivesTorchsGradients(int layers, bool bidirectional, bool attends, bool ties)
    {
        using var session = new TorchSession(seed: 1, threads: 1);
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(layers, bidirectional, attends, ties), seed: 2);
        using var network = Create(trained);
        var task = new SequenceTask(trained.Shape, network, new() { LabelSmoothing = 0.1 });

        double loss = task.Learn(Batch(), done: 0);

        var plain = new TorchEncoderDecoder(trained);
        var scores = torch.cat([.. Pairs.Select(pair => plain.Scores(pair.Source, pair.Target))]);
        var wanted = torch.tensor(Pairs.SelectMany(pair => pair.Target.Append(0)).Select(key => (long)key).ToArray());
        var expected = torch.nn.functional.cross_entropy(scores, wanted, label_smoothing: 0.1);
        expected.backward();
        Assert.AreEqual(expected.item<double>() * wanted.shape[0], loss, 1e-4);
        foreach (var (name, weight) in plain.Weights)
            Numbers.AreClose(weight.grad!.contiguous().data<double>().ToArray(), GradientsOf(network, name), name, tolerance: 1e-4, floor: 1e-3);
    }

    [TestMethod]
    public void Learn_NoTeacherForcing_ReadsWhatTheNetworkFindsProbable()
    {
        using var session = new TorchSession(seed: 1, threads: 1);
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 3, bound: 2);
        using var network = Create(trained);
        var task = new SequenceTask(trained.Shape, network, new() { TeacherForcing = 0 });

        double loss = task.Learn(Batch(), done: 0);

        var plain = new TorchEncoderDecoder(trained);
        double expected = 0;
        foreach (var (source, target) in Pairs)
        {
            // The terms without the end; that after the last token is not read.
            var chosen = plain.Scores(source, target).narrow(1, 1, trained.Shape.Classes - 1).argmax(1).data<long>().ToArray()[..^1];
            var scores = plain.Scores(source, [.. chosen.Select(key => 1 + (int)key)]);
            expected += torch.nn.functional.cross_entropy(scores, torch.tensor(target.Append(0).Select(key => (long)key).ToArray()), reduction: torch.nn.Reduction.Sum).item<double>();
        }
        Assert.AreEqual(expected, loss, 1e-3);
    }

    private static EncoderDecoderNetwork Create(TrainedEncoderDecoder trained)
    {
        var network = new EncoderDecoderNetwork(trained.Shape, new LearningSettings(Dropout: 0, Threads: 2));
        foreach (var array in network.Arrays()) array.Set(trained[array.Name]);
        return network;
    }

    private static RowBatch Batch() => new([Column(pair => pair.Source), Column(pair => pair.Target)], [], new float[Pairs.Length]);

    private static SequenceBatch Column(Func<(int[] Source, int[] Target), int[]> of)
    {
        var index = new TermIndex(9);
        int[] tokens = [.. Pairs.SelectMany(pair => of(pair)).Select(index.NumberOf)];
        return new SequenceBatch(index.TakeTerms(), [.. Pairs.Select(pair => of(pair).Length)], tokens);
    }

    /// <summary>The gradients of an array: of a table by its touched rows, of others from where the block has them.</summary>
    private static float[] GradientsOf(EncoderDecoderNetwork network, string name)
    {
        if (network.Tables.FirstOrDefault(table => table.Shape.Name == name) is { } table)
        {
            float[] gradients = new float[table.Values.Length];
            for (int i = 0; i < table.Touched.Length; i++)
                table.Gradients.Slice(i * table.Dimensions, table.Dimensions).CopyTo(gradients.AsSpan(table.Touched[i] * table.Dimensions));
            return gradients;
        }
        // Marks the array's place with a number that is nowhere else.
        var array = network.Arrays().Single(array => array.Name == name);
        float[] values = array.Values;
        array.Set(Enumerable.Repeat(12345f, values.Length).ToArray());
        int start = Array.IndexOf(network.Dense.Values, 12345f);
        array.Set(values);
        return network.Dense.Gradients[start..(start + values.Length)];
    }
}
