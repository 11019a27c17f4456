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

    internal static EncoderDecoderShape Shape(
        int layers = 1, bool bidirectional = true, bool attends = true, bool ties = false, int targets = 7, int longest = 6) => new(
        new SequenceShape("source", KeyCount: 9, Dimensions: 4, SequenceEncoder.Gru(5, layers, bidirectional)),
        new SequenceShape("target", targets, Dimensions: 3, SequenceEncoder.Gru(5, layers)), attends, ties, HasUnknown: true, longest);

    /// <summary>Weights from -1 to 1, or to any other bound.</summary>
    internal static TrainedEncoderDecoder Random(EncoderDecoderShape shape, int seed, float bound = 1) => TrainedEncoderDecoder.Of(shape,
        [.. shape.Weights().Select(weight =>
            (weight.Name, Numbers.Random(weight.Extents.Aggregate((product, extent) => product * extent), ++seed).Select(value => value * bound).ToArray()))]);

    /// <summary>Some sources and their targets.</summary>
    internal static (int[] Source, int[] Target)[] Pairs { get; } =
        [([3, 1, 4, 1, 5], [2, 7]), ([9], [3, 3, 1, 5]), ([2, 6], [4]), ([5, 3, 5, 8, 9, 7, 9], [7, 6, 2])];

    /// <summary>These as a batch of training.</summary>
    internal static RowBatch Batch()
    {
        return new RowBatch([Column(pair => pair.Source), Column(pair => pair.Target)], [], new float[Pairs.Length]);

        static SequenceBatch Column(Func<(int[] Source, int[] Target), int[]> of)
        {
            var index = new TermIndex(9);
            int[] tokens = [.. Pairs.SelectMany(pair => of(pair)).Select(index.NumberOf)];
            return new SequenceBatch(index.TakeTerms(), [.. Pairs.Select(pair => of(pair).Length)], tokens);
        }
    }

    /// <summary>Copies of a network's arrays, to begin a training with.</summary>
    internal static IReadOnlyDictionary<string, InitialArray> Initial(TrainedEncoderDecoder network) => network.Weights.ToDictionary(
        weight => weight.Key, weight =>
            new InitialArray(weight.Value.Extents, [.. weight.Value.Values], Role(network.Shape, weight.Key, weight.Value.Extents)));

    /// <summary>The layers of a network, to decode with on one thread.</summary>
    internal static EncoderDecoderNetwork Layers(TrainedEncoderDecoder network) =>
        new(network.Shape, new TrainedParameters(network), threads: 1, DropoutPlan.None);

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
        var search = new BeamSearch(new SourceEncoder(Layers(network)), DecodingSettings.Of(options, network.Shape));
        var (keys, starts) = Rows(sources);
        search.Run(keys, starts);
        return [.. sources.Select((_, row) => Enumerable.Range(0, search.Outputs.Count(row))
            .Select(rank => (search.Outputs.Keys(row, rank).ToArray(), search.Outputs.LogProbability(row, rank))).ToArray())];
    }

    /// <summary>The numbers for the classes at each step of a given output, as decoding computes them.</summary>
    internal static float[] StepScores(TrainedEncoderDecoder network, int[] source, int[] target)
    {
        var encoder = new SourceEncoder(Layers(network));
        float[] scores = new float[(target.Length + 1) * network.Shape.Classes];
        encoder.Encode(source, [0, source.Length]);
        new ForcedDecoder(encoder).Read(0, target, scores: scores);
        return scores;
    }

    private static ArrayRole Role(EncoderDecoderShape shape, string name, int[] extents) =>
        name == shape.Source.Table || name == shape.Target.Table ? ArrayRole.Table : extents.Length > 1 ? ArrayRole.Matrix : ArrayRole.Vector;
}
