namespace EntityEmbeddings;

/// <summary>How much is read, and how long is trained.</summary>
internal sealed record Settings
{
    /// <summary>For the real flights; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new() { GeneratedFlights = 12_000, MaxFileFlights = 12_000, Epochs = 8 };

    public int GeneratedFlights { get; private init; } = 30_000;

    /// <summary>Most flights read of a file; null for all.</summary>
    public int? MaxFileFlights { get; private init; }

    public int Epochs { get; private init; } = 20;
}
