namespace SimilarReviews;

/// <summary>How much is read, and how long is trained.</summary>
internal sealed record Settings
{
    /// <summary>For the real reviews; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new() { GeneratedReviews = 1_500, MaxFileReviews = 3_000, Epochs = 6 };

    public int GeneratedReviews { get; private init; } = 4_000;

    /// <summary>Most reviews read of a file; null for all.</summary>
    public int? MaxFileReviews { get; private init; }

    public int Epochs { get; private init; } = 10;
}
