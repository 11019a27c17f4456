namespace MLNet.Embeddings;

/// <summary>What one call at a time scores a row with. It keeps its memory from row to row.</summary>
/// <param name="model">The model.</param>
/// <param name="names">The names of its raw columns.</param>
internal sealed class RowScorer(StandaloneModel model, RowNames names)
{
    private readonly RowReader _reader = new(model);
    private readonly ModelNetwork _network = model.Open();
    private readonly object?[] _values = new object?[model.Columns.Length];

    /// <summary>The score columns of a row, in their order.</summary>
    /// <exception cref="ArgumentException">No column of the model is in the row, or a value cannot be that of its column.</exception>
    internal OrderedDictionary<string, object?> Predict(IReadOnlyDictionary<string, object?> row)
    {
        names.Take(row, _values);
        _reader.Read(_values);
        _network.Score(_reader.Batch, _reader.WideBatch);
        var scores = _network.ScoresOf(0);
        var result = new OrderedDictionary<string, object?>();
        foreach (var label in model.Labels) label.Add(scores, result);
        return result;
    }
}
