namespace MLNet.Embeddings;

/// <summary>How much is read of raw columns: what the settings leave open, and the data decides.</summary>
internal sealed record Readings
{
    /// <summary>Whether a wide part reads the columns as well.</summary>
    internal bool Wide { get; init; }

    /// <summary>How the words of a text are cut.</summary>
    internal TokenIndexingOptions Words { get; init; } = new();

    /// <summary>How the vectors of words become one.</summary>
    internal SequenceEncoder Encoder { get; init; } = SequenceEncoder.Gru();

    /// <summary>What else networks read of a text: bags of its terms.</summary>
    internal IReadOnlyList<TextReading> OtherTexts { get; init; } = [];

    /// <summary>How words and pairs of words are cut for the wide part.</summary>
    internal TokenIndexingOptions WideWords { get; init; } = new() { NgramLength = 2, MaxTerms = 100_000, MinCount = 2, MaxLength = 2_000 };

    /// <summary>How runs of characters are cut for the wide part.</summary>
    internal TokenIndexingOptions WideLetters { get; init; } =
        new() { Split = TokenSplit.WordCharacter, NgramLength = 4, MaxTerms = 100_000, MinCount = 2, MaxLength = 5_000 };

    /// <summary>Most bins of a number in the wide part.</summary>
    internal int WideBins { get; init; } = 16;

    /// <summary>A number as the wide part reads it.</summary>
    internal NumberColumn WideNumber(string name) => InputColumn.Number(name, NumberEncoder.PiecewiseLinear(WideBins));
}

/// <summary>A bag of terms that networks read of a text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tokens">How the terms are cut.</param>
/// <param name="Dimensions">Length of a term's vector.</param>
internal sealed record TextReading(string Name, TokenIndexingOptions Tokens, int Dimensions);
