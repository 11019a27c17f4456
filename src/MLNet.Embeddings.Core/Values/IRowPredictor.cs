namespace MLNet.Embeddings;

/// <summary>Scores rows of names and values.</summary>
internal interface IRowPredictor
{
    /// <summary>Whether a name is that of a column which scores depend on.</summary>
    bool Reads(string name);

    /// <summary>The score columns of a row, in their order.</summary>
    /// <exception cref="ArgumentException">No column of the model is in the row, or a value cannot be that of its column.</exception>
    OrderedDictionary<string, object?> Predict(IReadOnlyDictionary<string, object?> row);
}
