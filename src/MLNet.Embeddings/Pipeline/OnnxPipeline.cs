using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The columns of a pipeline within a graph, which its steps read and add to.</summary>
/// <param name="graph">The graph; raw columns become its inputs when they are asked for.</param>
/// <param name="source">The schema of the raw columns.</param>
internal sealed class OnnxPipeline(OnnxGraph graph, DataViewSchema source) : IOnnxColumns
{
    /// <summary>What the extent of the rows is called.</summary>
    internal const string Rows = "rows";

    private readonly Dictionary<string, OnnxValue> _values = [];
    private readonly HashSet<string> _removed = [];

    internal OnnxGraph Graph => graph;

    /// <summary>The schema before the step that is added next.</summary>
    internal DataViewSchema Schema { get => field ?? source; set; }

    /// <summary>A column, as the next step finds it.</summary>
    /// <exception cref="NotSupportedException">It is of a type that ONNX does not have.</exception>
    internal OnnxColumn Column(string name)
    {
        var column = Schema[name];
        var item = column.Type.ItemType();
        return new OnnxColumn(ValueOf(name), OnnxTypes.Of(item.RawType))
        {
            IsKey = item is KeyDataViewType,
            Terms = () => new KeyTerms(column).Texts(),
        };
    }

    /// <summary>Says which value is that of a column from now on.</summary>
    internal void Set(string column, OnnxValue value) => _values[column] = value;

    /// <summary>The extents of values of a type, that of the rows before them.</summary>
    internal static object[] Extents(DataViewType type, string name) => type switch
    {
        VectorDataViewType { Size: > 0 and var size } => [Rows, size],
        VectorDataViewType => [Rows, $"{name} values"],
        _ => [Rows, 1],
    };

    private OnnxValue ValueOf(string name)
    {
        if (_values.TryGetValue(name, out var value)) return value;
        if (_removed.Contains(name) || source.GetColumnOrNull(name) is not { Type: var type })
        {
            throw new NotSupportedException(
                $"The column '{name}' cannot be in an ONNX file: ML.NET has no ONNX operators for the settings of the step that makes it. Leave the step " +
                "out, or do its work before the file is called.");
        }
        return _values[name] = graph.Input(name, OnnxTypes.Of(type.ItemType().RawType), Extents(type, name), Describe(type.ItemType()));
    }

    private static string? Describe(DataViewType type) => type switch
    {
        DateTimeDataViewType or DateTimeOffsetDataViewType =>
            $"Milliseconds from 1970-01-01T00:00:00 to the date as it is written, without regard to time zones; {OnnxDates.Missing} where it is missing.",
        TimeSpanDataViewType => "Milliseconds.",
        KeyDataViewType => "Keys of ML.NET: from 1, and 0 where there is none.",
        _ => null,
    };

    bool IOnnxColumns.Has(string column) => !_removed.Contains(column) && (_values.ContainsKey(column) || source.GetColumnOrNull(column) is not null);

    string IOnnxColumns.NameOf(string column, out long[] extents)
    {
        extents = [Schema.GetColumnOrNull(column)?.Type is VectorDataViewType { Size: > 0 and var size } ? size : 1];
        return ValueOf(column).Name;
    }

    void IOnnxColumns.Set(string column, string value)
    {
        _removed.Remove(column);
        _values[column] = graph.Value(value);
    }

    void IOnnxColumns.Remove(string column)
    {
        _removed.Add(column);
        _values.Remove(column);
    }

    void IOnnxColumns.RemoveValue(string value)
    {
        foreach (string column in _values.Where(one => one.Value.Name == value).Select(one => one.Key).ToArray()) ((IOnnxColumns)this).Remove(column);
    }
}
