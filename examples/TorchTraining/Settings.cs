namespace TorchTraining;

/// <summary>All that can be tuned, in one place; both engines train with it.</summary>
internal sealed record Settings
{
    /// <summary>For the real reviews; the generated ones get the same.</summary>
    internal static Settings Full { get; } = new();

    /// <summary>For a look: seconds in all.</summary>
    internal static Settings Quick { get; } = new() { GeneratedReviews = 1_500, MaxFileReviews = 3_000, Dimensions = 32, Units = 16, MaxEpochs = 5 };

    public int GeneratedReviews { get; private init; } = 4_000;

    /// <summary>Most reviews read of a file; null for all.</summary>
    public int? MaxFileReviews { get; private init; }

    /// <summary>Words and categories met less often are unknown.</summary>
    public int MinCount { get; private init; } = 2;

    /// <summary>Most words of a text; the rest is cut off.</summary>
    public int MaxLength { get; private init; } = 100;

    /// <summary>Length of a word's vector.</summary>
    public int Dimensions { get; private init; } = 64;

    /// <summary>Units of the GRU that reads the words in order.</summary>
    public int Units { get; private init; } = 64;

    public int[] HiddenUnits { get; private init; } = [64];

    public double Dropout { get; private init; } = 0.2;

    public int BatchSize { get; private init; } = 64;

    public double LearningRate { get; private init; } = 0.003;

    /// <summary>All are trained, so that both engines take the same steps.</summary>
    public int MaxEpochs { get; private init; } = 6;
}
