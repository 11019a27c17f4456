using MLNet.Embeddings;

namespace TablePrediction;

/// <summary>All that can be tuned, in one place.</summary>
internal sealed record Settings
{
    /// <summary>For the real customers; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new()
    {
        GeneratedCustomers = 4_000,
        MaxFileCustomers = 8_000,
        Numbers = NumberEncoder.PiecewiseLinear(bins: 16, dimensions: 8),
        BatchSize = 64,
        MaxEpochs = 10,
    };

    public int GeneratedCustomers { get; private init; } = 20_000;

    /// <summary>Most customers read of a file; null for all.</summary>
    public int? MaxFileCustomers { get; private init; }

    public NumberEncoder Numbers { get; private init; } = NumberEncoder.PiecewiseLinear();

    public int[] HiddenUnits { get; private init; } = [64];

    public int EnsembleSize { get; private init; } = 1;

    public RegularizationOptions Regularization { get; private init; } = new() { AveragingDecay = 0.99 };

    public int BatchSize { get; private init; } = 256;

    public double LearningRate { get; private init; } = 0.002;

    public int MaxEpochs { get; private init; } = 50;

    public int Patience { get; private init; } = 5;
}
