namespace MLNet.Embeddings;

/// <summary>How much of what a column reads was found in a file of pretrained vectors.</summary>
public sealed record VectorCoverage
{
    /// <summary>Name of the column, or of the table that several columns share.</summary>
    public required string Table { get; init; }

    /// <summary>Number of terms: the values of the keys, without the one that stands for unknown values.</summary>
    public required int Terms { get; init; }

    /// <summary>Number of terms that have a vector of the file.</summary>
    public required int FoundTerms { get; init; }

    /// <summary>How many keys the training rows hold, unknown ones included, missing ones left out: tokens of sequences, values of categories.</summary>
    public required long Occurrences { get; init; }

    /// <summary>How many of those have a vector of the file.</summary>
    public required long FoundOccurrences { get; init; }
}
