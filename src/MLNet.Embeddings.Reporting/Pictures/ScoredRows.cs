using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads labels and scores of scored rows.</summary>
internal static class ScoredRows
{
    /// <summary>The rows whose score is a number, and whose label is one where it should be.</summary>
    /// <param name="data">Rows that a model has scored.</param>
    /// <param name="label">Name of the label's column.</param>
    /// <param name="labelType">Its type.</param>
    /// <param name="score">Name of the column of scores or probabilities, of type Single.</param>
    /// <exception cref="ArgumentException">A column is missing or of another type, or there is no such row.</exception>
    internal static (TLabel Label, float Score)[] Read<TLabel>(IDataView data, string label, DataViewType labelType, string score)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (labels, scores) = (Column(data, label, labelType), Column(data, score, NumberDataViewType.Single));
        var rows = new List<(TLabel, float)>();
        using (var cursor = data.GetRowCursor([labels, scores]))
        {
            var (getLabel, getScore) = (cursor.GetGetter<TLabel>(labels), cursor.GetGetter<float>(scores));
            TLabel labelValue = default!;
            float scoreValue = 0;
            while (cursor.MoveNext())
            {
                getLabel(ref labelValue);
                getScore(ref scoreValue);
                if (!float.IsNaN(scoreValue) && labelValue is not float.NaN) rows.Add((labelValue, scoreValue));
            }
        }
        if (rows.Count == 0)
        {
            throw new ArgumentException(
                $"There are no rows with a number in column '{score}' and a label in column '{label}', so there is nothing to draw; " +
                "give some that a model has scored.",
                nameof(data));
        }
        return [.. rows];
    }

    private static DataViewSchema.Column Column(IDataView data, string name, DataViewType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var column = data.Schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"There is no column '{name}' among {string.Join(", ", data.Schema.Select(column => $"'{column.Name}'"))}; " +
            "name one, of data that a model has scored.",
            nameof(data));
        if (!column.Type.Equals(type)) throw new ArgumentException($"Column '{name}' is of type {column.Type}; it must be of type {type}.", nameof(data));
        return column;
    }
}
