namespace MLNet.Embeddings.Robustness;

/// <summary>Random settings that any training has.</summary>
internal static class RandomSettings
{
    /// <param name="random">The generator.</param>
    /// <param name="settings">What they are laid over.</param>
    /// <param name="rows">How many rows there are to train on.</param>
    internal static T Of<T>(Random random, T settings, int rows) where T : TrainingOptions => (T)(settings with
    {
        Backend = random.Of(TrainingBackend.Kernels, TrainingBackend.Kernels, TrainingBackend.Torch),
        BatchSize = random.Of(rows / 4, rows / 7, 5),
        DenseTableUpdates = random.Chance(0.3),
        LearningRate = random.Of(0.001, 0.01, 0.03),
        MaxEpochs = random.Next(1, 4),
        MinDelta = random.Of(0, 0, 0.01),
        NumberOfThreads = random.Next(1, 3),
        Patience = random.Of<int?>(null, 1, 2),
        Regularization = new()
        {
            AveragingDecay = random.Of(0, 0, 0.8),
            Dropout = random.Of<double?>(null, 0, 0.4),
            MaxGradientNorm = random.Of(1, 0.1, double.PositiveInfinity),
            UnknownDropout = random.Of(0.01, 0, 0.5),
            WeightDecay = random.Of(0, 0.0001, 0.1),
        },
        Schedule = random.Of(LearningRateSchedule.Constant(), LearningRateSchedule.Cosine(), LearningRateSchedule.OneCycle(),
            LearningRateSchedule.ReduceOnPlateau(0.5, 1)),
        Seed = random.Next(),
        ShuffleBufferRows = random.Of<int?>(null, null, null, 1, 10, 1000),
        ValidationFraction = random.Of(0, 0.1, 0.3),
    });

    internal static SequenceEncoder Encoder(Random random)
    {
        var readout = random.Of(GruReadout.Last, GruReadout.Mean, GruReadout.Max, GruReadout.Attention);
        double dropout = random.Of(0, 0.3);
        int units = random.Next(1, 7), layers = random.Next(1, 3);
        bool both = random.Chance(0.5);
        return random.Of(
            SequenceEncoder.Mean(), SequenceEncoder.Sum(), SequenceEncoder.Max(), SequenceEncoder.Attention(),
            SequenceEncoder.Gru(units, layers, both, dropout, readout), SequenceEncoder.Lstm(units, layers, both, dropout, readout),
            SequenceEncoder.Convolution(random.Of<int[]>([1], [2, 3], [5]), random.Next(1, 6)));
    }

    internal static NumberEncoder? Encoding(Random random) => random.Of(
        null, NumberEncoder.Standard(), NumberEncoder.Quantile(), NumberEncoder.PiecewiseLinear(random.Next(2, 6), 3),
        NumberEncoder.PiecewiseLinear(4, 2, NumberBinning.Label), NumberEncoder.Periodic(3, 4));
}
