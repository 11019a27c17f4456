namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class DecodingTests
{
    private const DecodedColumns Everything = DecodedColumns.Outputs | DecodedColumns.Attention | DecodedColumns.TargetLogProbability;

    private static readonly DecodingOptions Greedy = new() { BeamWidth = 1 };

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(EncoderDecoders.Forms), typeof(EncoderDecoders))]
    public void Greedy_EveryForm_TakesTheMostProbableTermEachTime(int layers, bool bidirectional, bool attends, bool ties)
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(layers, bidirectional, attends, ties), seed: 3, bound: 2);
        var plain = new TorchEncoderDecoder(network);
        int[][] sources = EncoderDecoders.Sources(9, seed: 4);

        var decoded = EncoderDecoders.Decode(network, Greedy, sources);

        for (int row = 0; row < sources.Length; row++)
        {
            var (keys, logProbability) = GreedyByHand(plain, sources[row], network.Shape.LongestTarget);
            CollectionAssert.AreEqual(keys, decoded[row].Single().Keys);
            Assert.AreEqual(logProbability, decoded[row][0].LogProbability, 1e-4);
        }
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.5)]
    public void Beam_AsWideAsAllOutputs_FindsTheBestOfAll(double lengthPenalty)
    {
        // 5 terms but the unknown one, up to 3 tokens: 1 + 5 + 25 + 125 outputs.
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(targets: 6), seed: 5);
        var plain = new TorchEncoderDecoder(network);
        var options = new DecodingOptions { BeamWidth = 256, Alternatives = 10, MaxLength = 3, LengthPenalty = lengthPenalty };
        int[] source = [3, 1, 4];

        var found = EncoderDecoders.Decode(network, options, source)[0];

        var all = AllOutputs(plain, source, [], 0, 3)
            .OrderByDescending(output => output.LogProbability / Math.Pow((6 + output.Keys.Length) / 6.0, lengthPenalty)).Take(10).ToArray();
        CollectionAssert.AreEqual(
            all.Select(output => string.Join(' ', output.Keys)).ToArray(), found.Select(output => string.Join(' ', output.Keys)).ToArray());
        for (int i = 0; i < all.Length; i++) Assert.AreEqual(all[i].LogProbability, found[i].LogProbability, 1e-4);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void Decode_ManyRowsTogether_GivesTheBitsOfEachAlone(int width)
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(layers: 2), seed: 6, bound: 2);
        var options = new DecodingOptions { BeamWidth = width, Alternatives = Math.Min(width, 3) };
        int[][] sources = EncoderDecoders.Sources(60, seed: 7);

        var together = EncoderDecoders.Decode(network, options, sources);

        for (int row = 0; row < sources.Length; row++)
        {
            var alone = EncoderDecoders.Decode(network, options, sources[row])[0];
            CollectionAssert.AreEqual(alone.Select(output => output.LogProbability).ToArray(), together[row].Select(output => output.LogProbability).ToArray());
            CollectionAssert.AreEqual(alone.SelectMany(output => output.Keys).ToArray(), together[row].SelectMany(output => output.Keys).ToArray());
        }
    }

    [TestMethod]
    public void Decode_UnknownMostProbable_IsNeverGivenOut()
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 8);
        network.Weights[EncoderDecoderShape.OutputBias].Values[1] = 50;

        var outputs = EncoderDecoders.Decode(network, new() { Alternatives = 4 }, EncoderDecoders.Sources(9, seed: 9)).SelectMany(row => row).ToArray();

        Assert.IsTrue(outputs.All(output => !output.Keys.Contains(1)));
        Assert.IsTrue(outputs.All(output => output.LogProbability < -20), "The unknown term keeps its probability.");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    public void Decode_NetworkThatNeverEnds_IsEndedAtTheGreatestLength(int width)
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(longest: 4), seed: 10);
        network.Weights[EncoderDecoderShape.OutputBias].Values[0] = -50;

        var decoded = EncoderDecoders.Decode(network, new() { BeamWidth = width }, EncoderDecoders.Sources(9, seed: 11));
        var longer = EncoderDecoders.Decode(network, new() { BeamWidth = width, MaxLength = 30 }, [2, 3]);

        Assert.IsTrue(decoded.All(row => row.Single().Keys.Length == 4));
        Assert.HasCount(30, longer[0][0].Keys);
    }

    [TestMethod]
    public void Decode_EmptySource_HasNoOutput()
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 12);

        var decoded = EncoderDecoders.Decode(network, new() { Alternatives = 2 }, [[], [3], []]);

        Assert.IsEmpty(decoded[0]);
        Assert.HasCount(2, decoded[1]);
        Assert.IsEmpty(decoded[2]);
    }

    [TestMethod]
    public void ForcedDecoder_DecodedOutput_IsAsProbableAndAttendsFully()
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 13, bound: 2);
        int[] source = [5, 2, 8, 1];
        var (keys, logProbability) = EncoderDecoders.Decode(network, Greedy, source)[0].Single();
        var encoder = new SourceEncoder(EncoderDecoders.Layers(network));
        encoder.Encode(source, [0, 4]);
        float[] attention = new float[keys.Length * 4];

        double forced = new ForcedDecoder(encoder).Read(0, keys, attention);

        Assert.AreEqual(logProbability, forced);
        foreach (float[] shares in attention.Chunk(4)) Assert.AreEqual(1, shares.Sum(), 1e-5);
    }

    [TestMethod]
    public void Decode_SteadyState_AllocatesNothing()
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(layers: 2), seed: 14);
        var decoder = new SequenceDecoder(
            EncoderDecoders.Layers(network), DecodingSettings.Of(new() { Alternatives = 3 }, network.Shape));
        var (sources, targets) = (new SequenceBuffer(), new SequenceBuffer());
        foreach (var (row, source) in EncoderDecoders.Sources(40, seed: 15).Index())
        {
            sources.Set(row, source);
            targets.Set(row, [2, 5, 3]);
        }


        Assert.AreEqual(0, Allocations.OfCompiled(() => decoder.Run(sources, targets, 0, 40, Everything)));
    }

    [TestMethod]
    public void Run_PartsOfABlock_AreComputedAsTheWhole()
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 16, bound: 2);
        var decoder = new SequenceDecoder(
            EncoderDecoders.Layers(network), DecodingSettings.Of(Greedy, network.Shape));
        var (sources, targets) = (new SequenceBuffer(), new SequenceBuffer());
        foreach (var (row, source) in EncoderDecoders.Sources(9, seed: 17).Index())
        {
            sources.Set(row, row == 4 ? [] : source);
            targets.Set(row, row == 5 ? [] : [2, 5, 3]);
        }
        decoder.Run(sources, targets, 3, 4, Everything);
        var part = Enumerable.Range(0, 4).Select(row => (decoder.TargetLogProbability(row), decoder.Attention(row).ToArray(), decoder.Outputs.Count(row)))
            .ToArray();

        decoder.Run(sources, targets, 0, 9, Everything);

        for (int row = 0; row < part.Length; row++)
        {
            Assert.AreEqual(part[row].Item1, decoder.TargetLogProbability(3 + row));
            Assert.AreEqual(part[row].Item3, decoder.Outputs.Count(3 + row));
            CollectionAssert.AreEqual(part[row].Item2, decoder.Attention(3 + row).ToArray());
        }
        CollectionAssert.AreEqual(new[] { false, true, true, false }, part.Select(row => double.IsNaN(row.Item1)).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 0, 1, 1 }, part.Select(row => row.Item3).ToArray());
    }

    private static (int[] Keys, double LogProbability) GreedyByHand(TorchEncoderDecoder plain, int[] source, int longest)
    {
        var keys = new List<int>();
        double sum = 0;
        while (true)
        {
            double[] logProbabilities = plain.LogProbabilities(source, [.. keys]);
            int best = keys.Count == longest ? 0 : Enumerable.Range(0, logProbabilities.Length).Where(key => key != 1).MaxBy(key => logProbabilities[key]);
            sum += logProbabilities[best];
            if (best == 0) return ([.. keys], sum);
            keys.Add(best);
        }
    }

    private static IEnumerable<(int[] Keys, double LogProbability)> AllOutputs(
        TorchEncoderDecoder plain, int[] source, int[] before, double logProbability, int longest)
    {
        double[] next = plain.LogProbabilities(source, before);
        yield return (before, logProbability + next[0]);
        if (before.Length == longest) yield break;
        foreach (int key in Enumerable.Range(2, next.Length - 2))
        {
            foreach (var output in AllOutputs(plain, source, [.. before, key], logProbability + next[key], longest)) yield return output;
        }
    }
}
