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
    internal virtual string? Mismatch(TrainedNetwork network) => null;

    private protected IEnumerable<string> OutOfRange(string what, int value, int most)
    {
        if (value < 1 || value > most) yield return $"The {what} of column '{Name}' must be from 1 to {most}; the file says {value}.";
    }
}
