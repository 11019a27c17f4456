using MLNet.Embeddings;

namespace TopicClassification;

/// <summary>All that can be tuned, in one place.</summary>
internal sealed record Settings
{
    /// <summary>For the real issues; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new()
    {
        GeneratedIssues = 1_000,
        MaxFileIssues = 600,
        MaxEpochs = 20,
    };

    public int GeneratedIssues { get; private init; } = 3_000;

    /// <summary>Most issues read of a file; null for all.</summary>
    public int? MaxFileIssues { get; private init; }

    /// <summary>Words, those met only once too: with few issues, a rare word may be the one that tells.</summary>
    public TokenIndexingOptions Tokens { get; private init; } = new() { MaxTerms = 50_000, MaxLength = 500 };

    /// <summary>Length of a word's vector.</summary>
    public int Dimensions { get; private init; } = 64;

    public int[] HiddenUnits { get; private init; } = [64];

    /// <summary>Strong, since there are many more words than issues.</summary>
    public RegularizationOptions Regularization { get; private init; } = new() { Dropout = 0.5, UnknownDropout = 0.4, AveragingDecay = 0.99 };

    /// <summary>What the right area is told to be less than certain: some issues belong to two.</summary>
    public double LabelSmoothing { get; private init; } = 0.1;

    public int BatchSize { get; private init; } = 32;

    public double LearningRate { get; private init; } = 0.005;

    public int MaxEpochs { get; private init; } = 60;

    public int Patience { get; private init; } = 8;
}
