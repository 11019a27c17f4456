using MLNet.Embeddings;

namespace TopicClassification;

/// <summary>How much is read, and how long training may take.</summary>
internal sealed record Settings
{
    /// <summary>For the real issues; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new() { GeneratedIssues = 1_500, MaxFileIssues = 600, Effort = TrainingEffort.Quick };

    public int GeneratedIssues { get; private init; } = 3_000;

    /// <summary>Most issues read of a file; null for all.</summary>
    public int? MaxFileIssues { get; private init; }

    public TrainingEffort Effort { get; private init; } = TrainingEffort.Normal;
}
