using MLNet.Embeddings;

namespace TablePrediction;

/// <summary>How much is read, and how long training may take.</summary>
internal sealed record Settings
{
    /// <summary>For the real customers; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new() { GeneratedCustomers = 4_000, MaxFileCustomers = 8_000, Effort = TrainingEffort.Quick };

    public int GeneratedCustomers { get; private init; } = 20_000;

    /// <summary>Most customers read of a file; null for all.</summary>
    public int? MaxFileCustomers { get; private init; }

    public TrainingEffort Effort { get; private init; } = TrainingEffort.Normal;
}
