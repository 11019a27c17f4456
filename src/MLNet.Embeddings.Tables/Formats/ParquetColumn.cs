using System.Globalization;
using Microsoft.ML.Data;
using Parquet;
using Parquet.Schema;

namespace MLNet.Embeddings;

/// <summary>The values of a column of a Parquet file, for the rows of a row group.</summary>
internal abstract class ParquetColumn(DataField field)
{
    private static readonly Dictionary<Type, (Func<DataField, ParquetColumn> Of, DataKind? Kind)> ByType = new()
    {
        [typeof(bool)] = (field => new Values<bool>(field), null),
        [typeof(sbyte)] = (field => new Values<sbyte>(field), null),
        [typeof(byte)] = (field => new Values<byte>(field), null),
        [typeof(short)] = (field => new Values<short>(field), null),
        [typeof(ushort)] = (field => new Values<ushort>(field), null),
        [typeof(int)] = (field => new Values<int>(field), null),
        [typeof(uint)] = (field => new Values<uint>(field), null),
        [typeof(long)] = (field => new Values<long>(field), null),
        [typeof(ulong)] = (field => new Values<ulong>(field), null),
        [typeof(float)] = (field => new Values<float>(field), DataKind.Single),
        [typeof(double)] = (field => new Values<double>(field), DataKind.Double),
        [typeof(decimal)] = (field => new Values<decimal>(field), DataKind.Double),
        [typeof(DateTime)] = (field => new Values<DateTime>(field), DataKind.DateTime),
        [typeof(DateOnly)] = (field => new Values<DateOnly>(field), DataKind.DateTime),
        [typeof(TimeSpan)] = (field => new Values<TimeSpan>(field), DataKind.TimeSpan),
        [typeof(Guid)] = (field => new Values<Guid>(field), DataKind.String),
        [typeof(string)] = (field => new Texts(field), DataKind.String),
        [typeof(ReadOnlyMemory<char>)] = (field => new Texts(field), DataKind.String),
    };

    private protected DataField Described { get; } = field;

    internal static bool CanRead(DataField field) => ByType.ContainsKey(field.ClrType);

    /// <summary>The type that values of a type get; null where the values decide.</summary>
    internal static DataKind? KindOf(Type type) => ByType[type].Kind;

    internal static ParquetColumn Of(DataField field) => ByType[field.ClrType].Of(field);

    /// <summary>Reads the values of a row group.</summary>
    internal abstract void Load(ParquetRowGroupReader group);

    internal abstract FieldKind KindOf(int row);

    internal abstract string TextOf(int row);

    internal abstract bool TryGet<T>(int row, out T value);

    /// <summary>Texts, which may be null.</summary>
    private sealed class Texts(DataField field) : ParquetColumn(field)
    {
        private string?[] _values = [];

        internal override void Load(ParquetRowGroupReader group)
        {
            _values = new string?[group.RowCount];
            group.ReadAsync(Described, _values.AsMemory()!).AsTask().GetAwaiter().GetResult();
        }

        internal override FieldKind KindOf(int row) => string.IsNullOrEmpty(_values[row]) ? FieldKind.Missing : FieldKind.Text;

        internal override string TextOf(int row) => _values[row] ?? "";

        internal override bool TryGet<T>(int row, out T value)
        {
            value = default!;
            return false;
        }
    }

    /// <summary>Values of a type, some of which may be null.</summary>
    private sealed class Values<TValue>(DataField field) : ParquetColumn(field) where TValue : struct
    {
        private TValue?[] _values = [];

        internal override void Load(ParquetRowGroupReader group)
        {
            _values = new TValue?[group.RowCount];
            if (Described.IsNullable)
            {
                group.ReadAsync(Described, _values.AsMemory()).AsTask().GetAwaiter().GetResult();
                return;
            }
            var values = new TValue[_values.Length];
            group.ReadAsync(Described, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            for (int i = 0; i < values.Length; i++) _values[i] = values[i];
        }

        internal override FieldKind KindOf(int row) => _values[row] is null ? FieldKind.Missing : FieldKind.Value;

        internal override string TextOf(int row) => _values[row] switch
        {
            null => "",
            DateTime date => date.ToString(date.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            { } value => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        };

        internal override bool TryGet<T>(int row, out T value)
        {
            value = default!;
            if (_values[row] is not { } given) return false;
            if (given is T same)
            {
                value = same;
                return true;
            }
            return false;
        }
    }
}
