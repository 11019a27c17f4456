using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What a description tells of a column's values.</summary>
internal sealed class ColumnExamples
{
    private const int MostExamples = 5;

    private readonly HashSet<string> _values = [];
    private readonly List<string> _examples = [];
    private readonly DateFormatFinder _dates = new();
    private long _rows, _empty, _missingWords;

    internal void Add(FieldKind kind, ReadOnlySpan<char> text)
    {
        _rows++;
        if (kind == FieldKind.Missing || text.IsEmpty)
        {
            _empty++;
            return;
        }
        if (FieldText.IsMissing(text)) _missingWords++;
        _dates.Add(text);
        if (_values.Count < ColumnDescription.MostDistinct && _values.GetAlternateLookup<ReadOnlySpan<char>>().Add(text) && _examples.Count < MostExamples)
            _examples.Add(text.ToString());
    }

    /// <summary>What was seen of a column of a type.</summary>
    internal ColumnDescription Describe(string name, DataKind type)
    {
        bool isText = type == DataKind.String;
        long missing = _empty + (isText ? 0 : _missingWords);
        string[] examples = [.. _examples.Where(text => isText || !FieldText.IsMissing(text))];
        int distinct = _values.Count - (isText ? 0 : _values.Count(text => FieldText.IsMissing(text)));
        return new ColumnDescription(name, type, isText ? _dates.Format : null, _rows == 0 ? 0 : (double)missing / _rows, distinct, examples);
    }
}
