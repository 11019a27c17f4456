namespace MLNet.Embeddings.Benchmarks;

/// <summary>A network of random weights: scoring takes as long as with trained ones.</summary>
internal static class RandomNetwork
{
    private static readonly TrainingHistory NoHistory = new()
    {
        Epochs = [],
        BestEpoch = 0,
        StopReason = StopReason.MaxEpochsReached,
        TrainingRows = 0,
        ValidationRows = 0,
        SkippedRows = 0,
    };

    internal static TrainedNetwork Of(NetworkShape shape)
    {
        var random = new Random(1);
        var weights = shape.Weights().ToDictionary(weight => weight.Name, weight => Uniform(weight.Extents, random));
        foreach (var column in shape.Columns)
        {
            if (column is SequenceShape sequence) weights[sequence.Table].Values.AsSpan(0, sequence.Dimensions).Clear();
            if (column is NumberShape number) weights[number.Deviation] = WeightArray.Vector([20]);
        }
        return new TrainedNetwork(shape, weights);
    }

    internal static MultiEmbeddingTransformer Transformer(TrainedNetwork network) => new([], new(network), NoHistory);

    private static WeightArray Uniform(int[] extents, Random random)
    {
        float[] values = new float[extents.Aggregate(1, (product, extent) => product * extent)];
        for (int i = 0; i < values.Length; i++) values[i] = (random.NextSingle() - 0.5f) / 2;
        return new WeightArray(extents, values);
    }
}
