using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects the rows of a cursor into tables.</summary>
internal sealed class RowCollector
{
    private readonly ColumnCollector[] _columns;
    private readonly Func<float>[] _labels;
    private readonly bool[] _hasClasses;
    private readonly float[] _current;
    private readonly Func<double>? _weight;
    private readonly ColumnBuffer<float>[] _values;
    private ColumnBuffer<double> _weights;
    private int _skipped;

    /// <param name="columns">The input columns.</param>
    /// <param name="labels">The label columns.</param>
    /// <param name="row">The cursor.</param>
    /// <param name="weight">Its column of example weights, if there is one.</param>
    /// <param name="rows">Rows to expect in a table; 0 if their number is not known.</param>
    internal RowCollector(
        IReadOnlyList<InputColumn> columns, IReadOnlyList<LabelSource> labels, DataViewRow row, DataViewSchema.Column? weight, long rows)
    {
        _columns = [.. columns.Select(column => ColumnCollector.For(column, row, rows))];
        _labels = [.. labels.Select(label => label.Open(row, row.Schema[label.Name]))];
        _hasClasses = [.. labels.Select(label => label.HasClasses)];
        _current = new float[_labels.Length];
        _values = [.. _labels.Select(_ => new ColumnBuffer<float>(rows, "rows"))];
        _weight = weight is { } column ? WeightReading.Of(row, column) : null;
        _weights = new(_weight is null ? 0 : rows, "rows");
    }

    /// <summary>Rows since the last table.</summary>
    internal int Count => _values[0].Count;

    /// <summary>Takes the row that the cursor stands on, unless all its labels are missing.</summary>
    internal void Add()
    {
        for (int i = 0; i < _labels.Length; i++) _current[i] = _labels[i]();
        if (!_current.AsSpan().ContainsAnyInRange(float.NegativeInfinity, float.PositiveInfinity))
        {
            _skipped++;
            return;
        }
        for (int i = 0; i < _labels.Length; i++) _values[i].Add(_current[i]);
        if (_weight is not null) _weights.Add(_weight());
        foreach (var column in _columns) column.Add();
    }

    /// <summary>The rows since the last table.</summary>
    internal TrainingTable Take()
    {
        var (weights, sum, mean) = _weight is null ? (TrainingTable.Ones(Count), null, 1) : Normalized(_weights.Take());
        float[][] labels = new float[_values.Length][];
        for (int i = 0; i < labels.Length; i++) labels[i] = _values[i].Take();
        var table = new TrainingTable([.. _columns.Select(column => column.Take())], labels, weights, _skipped)
        {
            MeanWeight = mean,
            WeightSum = sum,
            HasClasses = _hasClasses,
        };
        _skipped = 0;
        return table;
    }

    /// <summary>Weights as shares of their mean, which may be far beyond the range of floats.</summary>
    private static (float[] Weights, ExactSum Sum, double Mean) Normalized(double[] weights)
    {
        var sum = new ExactSum();
        foreach (double weight in weights) sum.Add(weight);
        double mean = weights.Length == 0 ? 0 : sum.Over(weights.Length);
        return (mean == 0 ? new float[weights.Length] : Array.ConvertAll(weights, weight => (float)(weight / mean)), sum, mean);
    }
}
