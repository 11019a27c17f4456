using MLNet.Embeddings;

namespace EntityEmbeddings;

/// <summary>How much is read, and how long training may take.</summary>
internal sealed record Settings
{
    /// <summary>For the real flights; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new() { GeneratedFlights = 8_000, MaxFileFlights = 8_000, Effort = TrainingEffort.Quick };

    public int GeneratedFlights { get; private init; } = 30_000;

    /// <summary>Most flights read of a file; null for all.</summary>
    public int? MaxFileFlights { get; private init; }

    public TrainingEffort Effort { get; private init; } = TrainingEffort.Normal;
}
