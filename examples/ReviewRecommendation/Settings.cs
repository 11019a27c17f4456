using MLNet.Embeddings;

namespace ReviewRecommendation;

/// <summary>All that can be tuned, in one place.</summary>
internal sealed record Settings
{
    /// <summary>For the real reviews; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new()
    {
        GeneratedReviews = 1_200,
        MaxFileReviews = 3_000,
        Title = new(MaxTerms: 10_000, MaxLength: 50, Dimensions: 32, Units: 16),
        Body = new(MaxTerms: 20_000, MaxLength: 300, Dimensions: 64, Units: 32),
        BatchSize = 32,
        LearningRate = 0.003,
        MaxEpochs = 8,
    };

    public int GeneratedReviews { get; private init; } = 2_000;

    /// <summary>Most reviews read of a file; null for all.</summary>
    public int? MaxFileReviews { get; private init; }

    public TextSettings Title { get; private init; } = new(MaxTerms: 10_000, MaxLength: 50, Dimensions: 128, Units: 64);

    public TextSettings Body { get; private init; } = new(MaxTerms: 20_000, MaxLength: 300, Dimensions: 256, Units: 128);

    /// <summary>Words and categories met less often are unknown, which teaches the network what to make of unknown ones.</summary>
    public int MinCount { get; private init; } = 2;

    public int[] HiddenUnits { get; private init; } = [64];

    public RegularizationOptions Regularization { get; private init; } = new() { Dropout = 0.3, UnknownDropout = 0.1, AveragingDecay = 0.99 };

    public int BatchSize { get; private init; } = 128;

    public double LearningRate { get; private init; } = 0.005;

    public int MaxEpochs { get; private init; } = 8;

    public int Patience { get; private init; } = 2;
}
