using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects the rows of a cursor into tables.</summary>
internal sealed class RowCollector
{
    private readonly ColumnCollector[] _columns;
    private readonly Func<float> _label;
    private readonly Func<float>? _weight;
    private ColumnBuffer<float> _labels, _weights;
    private int _skipped;

    /// <param name="reader">Which columns to read.</param>
    /// <param name="row">The cursor.</param>
    /// <param name="label">Its label column.</param>
    /// <param name="weight">Its column of example weights, if there is one.</param>
    /// <param name="capacity">Rows to make room for at once; 0 if their number is not known.</param>
    internal RowCollector(TrainingTableReader reader, DataViewRow row, DataViewSchema.Column label, DataViewSchema.Column? weight, int capacity)
    {
        _columns = [.. reader.Columns.Select(column => ColumnCollector.For(column, row, capacity))];
        _label = reader.OpenLabel(row, label);
        _weight = weight is { } column ? WeightReading.Of(row, column) : null;
        (_labels, _weights) = (new(capacity), new(_weight is null ? 0 : capacity));
    }

    /// <summary>Rows since the last table.</summary>
    internal int Count => _labels.Count;

    /// <summary>Takes the row that the cursor stands on, unless its label is missing.</summary>
    internal void Add()
    {
        float label = _label();
        if (float.IsNaN(label))
        {
            _skipped++;
            return;
        }
        _labels.Add(label);
        if (_weight is not null) _weights.Add(_weight());
        foreach (var column in _columns) column.Add();
    }

    /// <summary>The rows since the last table.</summary>
    internal TrainingTable Take()
    {
        float[] labels = _labels.Take(), weights = _weight is null ? Ones(labels.Length) : _weights.Take();
        var table = new TrainingTable([.. _columns.Select(column => column.Take())], labels, weights, _skipped);
        _skipped = 0;
        return table;
    }

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }
}
