using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How the vectors of a network's columns become one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnCombination>))]
public enum ColumnCombination
{
    /// <summary>One after the other.</summary>
    Concatenate,

    /// <summary>Element-wise sum. Columns whose vectors are shorter than the longest are projected to its length by a dense layer each.</summary>
    Add,

    /// <summary>Element-wise product. Columns whose vectors are shorter than the longest are projected to its length by a dense layer each.</summary>
    Multiply,
}
