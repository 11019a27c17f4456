using MLNet.Embeddings;

namespace Pronunciation;

/// <summary>All that can be tuned, in one place.</summary>
internal sealed record Settings
{
    /// <summary>For the real dictionary; the generated one gets the same. Minutes.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new()
    {
        GeneratedWords = 3_000,
        MaxFileWords = 3_000,
        Units = 96,
        MaxEpochs = 8,
    };

    public int GeneratedWords { get; private init; } = 18_000;

    /// <summary>Most words read of a file; null for all.</summary>
    public int? MaxFileWords { get; private init; }

    /// <summary>Length of a letter's and of a phoneme's vector.</summary>
    public int Dimensions { get; private init; } = 64;

    /// <summary>Length of a state.</summary>
    public int Units { get; private init; } = 256;

    /// <summary>Strong, since there are few words for so large a network.</summary>
    public RegularizationOptions Regularization { get; private init; } = new() { Dropout = 0.3 };

    public int BatchSize { get; private init; } = 64;

    /// <summary>At its highest: it rises from a small one and falls to nearly nothing.</summary>
    public double LearningRate { get; private init; } = 0.003;

    public int MaxEpochs { get; private init; } = 20;

    /// <summary>How many pronunciations are given out for each word.</summary>
    public int Alternatives { get; private init; } = 3;
}
