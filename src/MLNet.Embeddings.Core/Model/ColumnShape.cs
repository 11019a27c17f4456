using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>One column of a fitted network with the sizes that the training data decided.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CategoryShape), "category")]
[JsonDerivedType(typeof(SequenceShape), "sequence")]
[JsonDerivedType(typeof(BagShape), "bag")]
[JsonDerivedType(typeof(NumberShape), "number")]
internal abstract record ColumnShape(string Name)
{
    /// <summary>Length of the vector that the column adds to the combined one.</summary>
    [JsonIgnore]
    internal abstract int OutputSize { get; }

    /// <summary>The arrays that the column learns: name and extents.</summary>
    internal abstract IEnumerable<(string Name, int[] Extents)> Weights();

    /// <summary>Full name of one of the column's arrays.</summary>
    internal string WeightName(string part) => WeightName(Name, part);

    private protected static string WeightName(string column, string part) => $"columns.{column}.{part}";

    /// <summary>What cannot be in a network's form, a sentence each; a file that was made by hand may hold anything.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(Name)) yield return "A column has no name.";
    }

    /// <summary>What is wrong with the numbers of the column's arrays, which are of the right extents and finite; null when nothing is.</summary>
    internal virtual string? Mismatch(TrainedArrays network) => null;

    private protected IEnumerable<string> OutOfRange(string what, int value, int most)
    {
        if (value < 1 || value > most) yield return $"The {what} of column '{Name}' must be from 1 to {most}; the file says {value}.";
    }
}

/// <summary>A column of keys with a table of KeyCount + 1 rows.</summary>
internal abstract record EmbeddingShape(string Name, int KeyCount, int Dimensions) : ColumnShape(Name)
{
    /// <summary>Name of the table that it shares with other columns; null if the table is its own.</summary>
    public string? SharedTable { get; init; }

    /// <summary>A checksum of what the keys stand for; null where that is nothing, and in files of versions that did not keep it.</summary>
    public string? Terms { get; init; }

    /// <summary>Full name of the table.</summary>
    internal string Table => TableOf(Name, SharedTable);

    /// <summary>True if row 0 is padding: zeros that are never looked up.</summary>
    internal abstract bool IsPadded { get; }

    /// <summary>Full name of a column's table.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="sharedTable">Name of the table that it shares; null if the table is its own.</param>
    internal static string TableOf(string column, string? sharedTable) => sharedTable is null ? WeightName(column, "table") : $"tables.{sharedTable}";

    /// <summary>Refuses a table of more numbers than can be in an array, before anything is made that has the size of the table or of its keys.</summary>
    /// <exception cref="InvalidOperationException">It would have more.</exception>
    internal void RequireSize()
    {
        if ((KeyCount + 1L) * Dimensions <= Array.MaxLength) return;
        throw new InvalidOperationException(
            $"The table of column '{Name}' would have {KeyCount} keys of {Dimensions} dimensions; {Array.MaxLength / Dimensions - 1} keys are the most for " +
            "so many dimensions. " +
            "Index the column with fewer keys (MaxTerms; HashBuckets or fewer bits where values are hashed), or give it fewer Dimensions.");
    }

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [(Table, [KeyCount + 1, Dimensions])];

    internal override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. OutOfRange("key count", KeyCount, int.MaxValue - 1), .. OutOfRange("dimensions", Dimensions, 4096)];
}

/// <summary>A category column: row 0 of its table is the missing value.</summary>
internal sealed record CategoryShape(string Name, int KeyCount, int Dimensions) : EmbeddingShape(Name, KeyCount, Dimensions)
{
    internal override int OutputSize => Dimensions;

    internal override bool IsPadded => false;
}

/// <summary>A bag column: the mean or the sum of rows of its table.</summary>
internal sealed record BagShape(string Name, int KeyCount, int Dimensions, BagPooling Pooling) : EmbeddingShape(Name, KeyCount, Dimensions)
{
    /// <summary>The pooling in the terms of sequences.</summary>
    internal SequencePooling SequencePooling => Pooling == BagPooling.Sum ? SequencePooling.Sum : SequencePooling.Mean;

    internal override int OutputSize => Dimensions;

    internal override bool IsPadded => true;

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. EnumValues.Faults($"The pooling of column '{Name}'", Pooling, "the file says")];
}
