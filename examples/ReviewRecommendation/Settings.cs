using MLNet.Embeddings;

namespace ReviewRecommendation;

/// <summary>How much is read, and how long training may take.</summary>
internal sealed record Settings
{
    /// <summary>For the real reviews; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new() { GeneratedReviews = 1_200, MaxFileReviews = 3_000, Effort = TrainingEffort.Quick };

    public int GeneratedReviews { get; private init; } = 2_000;

    /// <summary>Most reviews read of a file; null for all.</summary>
    public int? MaxFileReviews { get; private init; }

    public TrainingEffort Effort { get; private init; } = TrainingEffort.Normal;
}
