namespace MLNet.Embeddings.Tests;

/// <summary>Encoder-decoders of reproducible random weights, in every form.</summary>
internal static class EncoderDecoders
{
    /// <summary>Layers, directions, attention and tied weights in all combinations, with dimensions that differ from the units.</summary>
    internal static IEnumerable<object[]> Forms =>
        from layers in new[] { 1, 2 }
        from bidirectional in new[] { false, true }
        from attends in new[] { false, true }
        from ties in new[] { false, true }
        select new object[] { layers, bidirectional, attends, ties };

    internal static EncoderDecoderShape Shape(int layers = 1, bool bidirectional = true, bool attends = true, bool ties = false, int targets = 7, int longest = 6) => new(
        new SequenceShape("source", KeyCount: 9, Dimensions: 4, SequenceEncoder.Gru(5, layers, bidirectional)),
        new SequenceShape("target", targets, Dimensions: 3, SequenceEncoder.Gru(5, layers)), attends, ties, HasUnknown: true, longest);

    /// <summary>Weights from -1 to 1, or to any other bound.</summary>
    internal static TrainedEncoderDecoder Random(EncoderDecoderShape shape, int seed, float bound = 1) => TrainedEncoderDecoder.Of(shape,
        [.. shape.Weights().Select(weight => (weight.Name, Numbers.Random(weight.Extents.Aggregate((product, extent) => product * extent), ++seed).Select(value => value * bound).ToArray()))]);

    /// <summary>Sources of several lengths.</summary>
    internal static int[][] Sources(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(row => Enumerable.Range(0, 1 + row % 7).Select(_ => random.Next(1, 10)).ToArray())];
    }

    /// <summary>The sources as a decoder takes them.</summary>
    internal static (int[] Keys, int[] Starts) Rows(params int[][] sources)
    {
        int end = 0;
        return ([.. sources.SelectMany(source => source)], [0, .. sources.Select(source => end += source.Length)]);
    }

    /// <summary>What a search finds of each source: the keys of its outputs and the logarithms of their probabilities.</summary>
    internal static (int[] Keys, double LogProbability)[][] Decode(TrainedEncoderDecoder network, DecodingOptions options, params int[][] sources)
    {
        var search = new BeamSearch(new EncoderDecoderPass(network), DecodingSettings.Of(options, network.Shape));
        var (keys, starts) = Rows(sources);
        search.Run(keys, starts);
        return [.. sources.Select((_, row) => Enumerable.Range(0, search.Outputs.Count(row))
            .Select(rank => (search.Outputs.Keys(row, rank).ToArray(), search.Outputs.LogProbability(row, rank))).ToArray())];
    }

    /// <summary>The numbers for the classes at each step of a given output, as decoding computes them.</summary>
    internal static float[] StepScores(TrainedEncoderDecoder network, int[] source, int[] target)
    {
        var pass = new EncoderDecoderPass(network);
        var encoder = new SourceEncoder(pass);
        float[] scores = new float[(target.Length + 1) * network.Shape.Classes];
        encoder.Encode(source, [0, source.Length]);
        new ForcedDecoder(pass).Read(encoder, 0, target, scores: scores);
        return scores;
    }
}
