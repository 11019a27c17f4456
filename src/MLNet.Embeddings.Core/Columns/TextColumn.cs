using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>A text column: raw text, which the trainer cuts, indexes and reads in several ways.</summary>
/// <remarks>
/// Networks read the words of a text, in order or pooled, and bags of other terms beside them (<see cref="Readings"/>); a wide part reads words, word bigrams
/// and character n-grams inside words (see <c>MultiEmbeddingOptions.Wide</c>). What indexes the text is fitted by the trainer and saved within its model; it
/// adds no column to the data. Where a vocabulary is to be seen, shared with other trainers or chosen by hand, <c>IndexTokens</c> makes keys for
/// <see cref="InputColumn.Sequence"/>. Of the settings below, those that are null are chosen by the data; where the network is described (see
/// <c>MultiEmbeddingOptions</c>), each has the fixed default that it names.
/// </remarks>
public sealed record TextColumn : EmbeddingColumn
{
    [JsonConstructor]
    internal TextColumn(string name) : base(name) { }

    /// <summary>How text is cut into words, and which of them get keys.</summary>
    /// <value>
    /// Default null: the 30,000 most frequent words, at most 300 of a row. Where the network is described: as by <c>IndexTokens</c> with its defaults.
    /// Columns that share a table are cut alike.
    /// </value>
    public TokenIndexingOptions? Tokens { get; init; }

    /// <summary>How the words' vectors become one vector.</summary>
    /// <value>
    /// Default null: for texts of up to 16 words in the mean a GRU of 32 units in both directions, read out by the maximum; for longer ones attention. Where
    /// the network is described: a GRU of 64 units.
    /// </value>
    public SequenceEncoder? Encoder { get; init; }

    /// <summary>What else networks read of the text: bags of terms, such as word bigrams or character n-grams.</summary>
    /// <value>
    /// Default null: words and word bigrams; and n-grams of one to three characters inside words, where a row's texts are short (below 200 characters
    /// together). Where the network is described: nothing else. Empty for nothing else.
    /// </value>
    public IReadOnlyList<TextReading>? Readings { get; init => field = ValueList.Of(value); }

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults().Concat(Encoder?.Faults(Name) ?? [])) yield return fault;
        foreach (var reading in Readings ?? [])
        {
            if (reading?.Tokens is null) yield return $"The readings of column '{Name}' must not be null, nor their tokens.";
            else if (reading.Dimensions is < 1 or > 4096)
                yield return $"The dimensions of the readings of column '{Name}' must be from 1 to 4096; they were {reading.Dimensions}.";
        }
    }

    private protected override int DefaultDimensions(int keyCount) => 64;
}

/// <summary>A bag of terms that networks read of a text: the mean of their vectors.</summary>
/// <param name="Tokens">How the terms are cut, and which of them get keys.</param>
/// <param name="Dimensions">Length of a term's vector, from 1 to 4,096; default 64.</param>
public sealed record TextReading(TokenIndexingOptions Tokens, int Dimensions = 64);

/// <summary>A date column: a date, a time or both, of type DateTime, DateTimeOffset, TimeSpan, or text in which all dates have one format.</summary>
/// <remarks>
/// It is read as the time that has passed, in days, as a number, and of its parts those that vary: month, day of the month, weekday and hour, as categories. A
/// time span is read in hours. It has no settings: where another reading is wanted, make the parts as columns of their own.
/// </remarks>
public sealed record DateColumn : InputColumn
{
    [JsonConstructor]
    internal DateColumn(string name) : base(name) { }
}
