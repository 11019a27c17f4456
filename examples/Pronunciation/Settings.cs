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
        Network = Full.Network with { Units = 96, MaxEpochs = 8 },
    };

    public int GeneratedWords { get; private init; } = 18_000;

    /// <summary>Most words read of a file; null for all.</summary>
    public int? MaxFileWords { get; private init; }

    /// <summary>How words and phonemes are cut, and how many pronunciations are given out for each word; all else is left to the library.</summary>
    public SequenceToSequenceOptions Network { get; private init; } = new()
    {
        SourceTokens = new() { Split = TokenSplit.Character },
        TargetTokens = new() { Split = TokenSplit.Whitespace },
        Decoding = new() { Alternatives = 3 },
    };
}
