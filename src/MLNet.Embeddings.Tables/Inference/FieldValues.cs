using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads fields as values of the types of ML.NET.</summary>
/// <param name="source">The file.</param>
/// <param name="decimalSeparator">The mark before decimals.</param>
internal sealed class FieldValues(TableSource source, char decimalSeparator)
{
    private delegate bool Parser<T>(ReadOnlySpan<char> text, out T value);

    private static readonly Dictionary<DataKind, DataViewType> Types = new()
    {
        [DataKind.Boolean] = BooleanDataViewType.Instance,
        [DataKind.Single] = NumberDataViewType.Single,
        [DataKind.Double] = NumberDataViewType.Double,
        [DataKind.SByte] = NumberDataViewType.SByte,
        [DataKind.Byte] = NumberDataViewType.Byte,
        [DataKind.Int16] = NumberDataViewType.Int16,
        [DataKind.UInt16] = NumberDataViewType.UInt16,
        [DataKind.Int32] = NumberDataViewType.Int32,
        [DataKind.UInt32] = NumberDataViewType.UInt32,
        [DataKind.Int64] = NumberDataViewType.Int64,
        [DataKind.UInt64] = NumberDataViewType.UInt64,
        [DataKind.String] = TextDataViewType.Instance,
        [DataKind.DateTime] = DateTimeDataViewType.Instance,
        [DataKind.DateTimeOffset] = DateTimeOffsetDataViewType.Instance,
        [DataKind.TimeSpan] = TimeSpanDataViewType.Instance,
    };

    private readonly NumberFormatInfo _culture = FieldText.Culture(decimalSeparator);

    /// <summary>The kinds of values that fields can be read as, in words.</summary>
    internal static string AllKinds => string.Join(", ", Types.Keys);

    internal static bool CanRead(DataKind kind) => Types.ContainsKey(kind);

    internal static DataViewType TypeOf(DataKind kind) => Types[kind];

    /// <summary>The kind of values of a type; null for types that fields cannot be read as.</summary>
    internal static DataKind? KindOf(DataViewType type) =>
        Types.FirstOrDefault(pair => pair.Value.Equals(type)) is { Value: not null } found ? found.Key : null;

    /// <summary>The getter of a column's value of the row that a reader stands at.</summary>
    internal Delegate Getter(TableReader reader, DataViewSchema.Column column) => KindOf(column.Type) switch
    {
        DataKind.String => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = reader.TextOf(column.Index)),
        DataKind.Boolean => Values<bool>(reader, column, bool.TryParse, null, "true or false"),
        DataKind.Single => Numbers(reader, column, float.NaN),
        DataKind.Double => Numbers(reader, column, double.NaN),
        DataKind.SByte => Integers<sbyte>(reader, column),
        DataKind.Byte => Integers<byte>(reader, column),
        DataKind.Int16 => Integers<short>(reader, column),
        DataKind.UInt16 => Integers<ushort>(reader, column),
        DataKind.Int32 => Integers<int>(reader, column),
        DataKind.UInt32 => Integers<uint>(reader, column),
        DataKind.Int64 => Integers<long>(reader, column),
        DataKind.UInt64 => Integers<ulong>(reader, column),
        DataKind.DateTime => Values<DateTime>(reader, column, FieldText.TryDate, default(DateTime), "a date in ISO 8601, as 2026-02-28 or 2026-02-28T09:30:00"),
        DataKind.DateTimeOffset => Values<DateTimeOffset>(reader, column, TryDate, default(DateTimeOffset), "a date in ISO 8601, as 2026-02-28T09:30:00Z"),
        _ => Values<TimeSpan>(reader, column, TryTime, default(TimeSpan), "a time, as 09:30:00"),
    };

    private ValueGetter<T> Numbers<T>(TableReader reader, DataViewSchema.Column column, T missing) where T : struct, INumberBase<T> =>
        Values<T>(reader, column, (ReadOnlySpan<char> text, out T value) => T.TryParse(text, NumberStyles.Float, _culture, out value) && T.IsFinite(value),
            missing, "a number");

    private ValueGetter<T> Integers<T>(TableReader reader, DataViewSchema.Column column) where T : struct, IBinaryInteger<T> =>
        Values<T>(reader, column, (ReadOnlySpan<char> text, out T value) => T.TryParse(text, NumberStyles.AllowLeadingSign, _culture, out value),
            null, $"a whole number of type {typeof(T).Name}");

    private ValueGetter<T> Values<T>(TableReader reader, DataViewSchema.Column column, Parser<T> parse, T? missing, string needed) where T : struct
    {
        int index = column.Index;
        return (ref T value) =>
        {
            if (reader.TryGet(index, out value)) return;
            var text = reader.TextOf(index).Span;
            if (parse(text, out value)) return;
            if (!FieldText.IsMissing(text)) throw Fault(reader, column, $"'{text}' is not {needed}");
            value = missing ?? throw Fault(reader, column, $"the value is missing, and a column of type {column.Type} has none that is");
        };
    }

    private TableFormatException Fault(TableReader reader, DataViewSchema.Column column, string fault) => new(source.Path,
        $"{fault}. Correct it, or name another type of the column (Types).", reader.Place, column.Name);

    private static bool TryDate(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        bool isDate = FieldText.TryDate(text, out var date);
        value = isDate ? new DateTimeOffset(date) : default;
        return isDate;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
}
