namespace MLNet.Embeddings;

/// <summary>What the wide part reads of columns.</summary>
internal sealed record WideReadings
{
    /// <summary>Whether there is a wide part.</summary>
    internal bool IsWanted { get; init; }

    /// <summary>How word n-grams are cut.</summary>
    internal TokenIndexingOptions Words { get; init; } = new() { NgramLength = 2, MaxTerms = 100_000, MinCount = 2, MaxLength = 2_000, TellsLosses = false };

    /// <summary>How character n-grams are cut; null where they are not read.</summary>
    internal TokenIndexingOptions? Characters { get; init; } =
        new() { Split = TokenSplit.WordCharacter, NgramLength = 4, MaxTerms = 100_000, MinCount = 2, MaxLength = 5_000, TellsLosses = false };

    /// <summary>Most bins of a number.</summary>
    internal int Bins { get; init; } = 16;

    /// <summary>A number as the wide part reads it.</summary>
    internal NumberColumn Number(string name) => InputColumn.Number(name, NumberEncoder.PiecewiseLinear(Bins));
}
