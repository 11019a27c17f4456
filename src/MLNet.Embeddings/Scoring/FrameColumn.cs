using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads a column of a cursor into columns of a data frame, which knows neither keys nor names of slots.</summary>
internal abstract class FrameColumn
{
    /// <summary>Takes the value of the row that the cursor stands on.</summary>
    internal abstract void Read();

    /// <summary>The values taken as a column; behind a vector of numbers whose slots have names, a column for each of them.</summary>
    internal abstract IEnumerable<DataFrameColumn> Finish();

    /// <param name="row">The cursor, on which the column is active.</param>
    /// <param name="column">The column. Keys become the values they stand for or, where these are not known, their numbers.</param>
    internal static FrameColumn Of(DataViewRow row, DataViewSchema.Column column)
    {
        var kind = column.Type is VectorDataViewType ? typeof(FrameVectors<>) : typeof(FrameScalars<>);
        return (FrameColumn)Activator.CreateInstance(kind.MakeGenericType(KeyValueReading.TypeOf(column)), row, column)!;
    }
}

/// <summary>A column of one value a row.</summary>
internal sealed class FrameScalars<T>(DataViewRow row, DataViewSchema.Column column) : FrameColumn where T : struct
{
    private readonly Func<T?> _read = KeyValueReading.Scalar<T>(row, column);
    private readonly List<T?> _values = [];

    internal override void Read() => _values.Add(_read());

    internal override IEnumerable<DataFrameColumn> Finish() => [FrameColumns.Create(column.Name, _values)];
}

/// <summary>A column of a vector a row.</summary>
internal sealed class FrameVectors<T>(DataViewRow row, DataViewSchema.Column column) : FrameColumn where T : struct
{
    private readonly ValueGetter<VBuffer<T>> _getter =
        column.Type.ItemType() is KeyDataViewType ? KeysGetter(row, column) : row.GetGetter<VBuffer<T>>(column);

    private readonly List<VBuffer<T>> _values = [];

    internal override void Read()
    {
        var value = default(VBuffer<T>);
        _getter(ref value);
        _values.Add(value);
    }

    internal override IEnumerable<DataFrameColumn> Finish() => [new VBufferDataFrameColumn<T>(column.Name, _values), .. Slots()];

    private IEnumerable<DataFrameColumn> Slots()
    {
        if (_values is not List<VBuffer<float>> numbers || !column.HasSlotNames()) return [];
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        return names.DenseValues().Select((name, slot) =>
            FrameColumns.Create($"{column.Name}.{name}", numbers.ConvertAll(value => (float?)value.GetItemOrDefault(slot))));
    }

    private static ValueGetter<VBuffer<T>> KeysGetter(DataViewRow row, DataViewSchema.Column column)
    {
        var read = KeyReading.Sequence(row, column, KeyReading.KeyCount(column));
        var valueOf = KeyValueReading.Of<T>(column);
        return (ref VBuffer<T> value) =>
        {
            var keys = read();
            var editor = VBufferEditor.Create(ref value, keys.Length);
            for (int i = 0; i < keys.Length; i++) editor.Values[i] = valueOf(keys[i]);
            value = editor.Commit();
        };
    }
}

/// <summary>Columns of data frames, each of the type that its values ask for.</summary>
internal static class FrameColumns
{
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values; null where one is missing.</param>
    internal static DataFrameColumn Create<T>(string name, List<T?> values) where T : struct => (object)values switch
    {
        List<ReadOnlyMemory<char>?> texts => new StringDataFrameColumn(name, texts.Select(text => text?.ToString())),
        List<bool?> given => new BooleanDataFrameColumn(name, given),
        List<float?> given => new SingleDataFrameColumn(name, given),
        List<double?> given => new DoubleDataFrameColumn(name, given),
        List<sbyte?> given => new SByteDataFrameColumn(name, given),
        List<byte?> given => new ByteDataFrameColumn(name, given),
        List<short?> given => new Int16DataFrameColumn(name, given),
        List<ushort?> given => new UInt16DataFrameColumn(name, given),
        List<int?> given => new Int32DataFrameColumn(name, given),
        List<uint?> given => new UInt32DataFrameColumn(name, given),
        List<long?> given => new Int64DataFrameColumn(name, given),
        List<ulong?> given => new UInt64DataFrameColumn(name, given),
        List<DateTime?> given => new DateTimeDataFrameColumn(name, given),
        List<DateTimeOffset?> given => new PrimitiveDataFrameColumn<DateTimeOffset>(name, given),
        _ => throw new NotSupportedException(
            $"Column '{name}' holds values of type {typeof(T).Describe()}, which a data frame has no columns for. Use Transform."),
    };
}
