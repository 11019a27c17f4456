using MLNet.Embeddings;

namespace DateNormalization;

/// <summary>All that can be tuned, in one place.</summary>
internal sealed record Settings
{
    /// <summary>Minutes.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new()
    {
        TrainingDates = 4_000,
        TestDates = 500,
        MaxEpochs = 8,
    };

    public int TrainingDates { get; private init; } = 20_000;

    public int TestDates { get; private init; } = 2_000;

    /// <summary>Length of a character's vector.</summary>
    public int Dimensions { get; private init; } = 32;

    /// <summary>Length of a state.</summary>
    public int Units { get; private init; } = 128;

    /// <summary>Weak, since a date is written by rules and the network is small.</summary>
    public RegularizationOptions Regularization { get; private init; } = new() { Dropout = 0.1 };

    public int BatchSize { get; private init; } = 64;

    /// <summary>At its highest: it rises from a small one and falls to nearly nothing.</summary>
    public double LearningRate { get; private init; } = 0.005;

    public int MaxEpochs { get; private init; } = 12;

    /// <summary>How many dates are given out for each written one.</summary>
    public int Alternatives { get; private init; } = 3;
}
