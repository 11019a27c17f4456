namespace MLNet.Embeddings;

/// <summary>A column of the rows that <c>model.Predict</c> and <c>model.PredictJson</c> take, to make a form or a schema from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsList">Whether it takes a list of such values: a vector, or tags.</param>
/// <param name="Terms">
/// The values of a category that the model knows, those first that were most frequent in training; empty for other columns, and where a step of ML.NET or
/// hashing reads them. Other values may be given: they count as unknown.
/// </param>
public sealed record RowColumn(string Name, RowValueKind Kind, bool IsList, IReadOnlyList<string> Terms);

/// <summary>What values of a row may be.</summary>
public enum RowValueKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A category: a text, or whatever has one.</summary>
    Category,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A date, with or without a time.</summary>
    Date,

    /// <summary>A time of the day, or a length of time.</summary>
    Time,

    /// <summary>The number of a key, from 1.</summary>
    Key,
}
