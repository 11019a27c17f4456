using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads values of a column as texts for people, independent of culture.</summary>
internal static class ValueText
{
    /// <summary>Reads the values of a row or cursor; null for missing ones and for vectors.</summary>
    internal static Func<string?> Of(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => Reader<ReadOnlyMemory<char>>(row, column, text => text.IsEmpty ? null : text.ToString()),
        BooleanDataViewType => Reader<bool>(row, column, flag => flag ? "true" : "false"),
        KeyDataViewType => OfKey(row, column),
        NumberDataViewType => OfNumber(row, column),
        DateTimeDataViewType => Reader<DateTime>(row, column, date => date == default ? null : date.ToString("s", CultureInfo.InvariantCulture)),
        DateTimeOffsetDataViewType => Reader<DateTimeOffset>(
            row, column, date => date == default ? null : date.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture)),
        TimeSpanDataViewType => Reader<TimeSpan>(row, column, span => span.ToString("c", CultureInfo.InvariantCulture)),
        _ => () => null,
    };

    private static Func<string?> OfNumber(DataViewRow row, DataViewSchema.Column column)
    {
        // As Single a number has fewer digits than as Double, and Double does not hold every long integer.
        if (column.Type.RawType == typeof(float)) return Reader<float>(row, column, number => Text(number));
        if (column.Type.RawType == typeof(long)) return Reader<long>(row, column, number => number.ToString(CultureInfo.InvariantCulture));
        if (column.Type.RawType == typeof(ulong)) return Reader<ulong>(row, column, number => number.ToString(CultureInfo.InvariantCulture));
        var number = NumberReading.Scalar(row, column);
        return () => Text(number());
    }

    private static Func<string?> OfKey(DataViewRow row, DataViewSchema.Column column)
    {
        var key = KeyReading.Scalar(row, column, KeyReading.KeyCount(column));
        string[]? texts = KeyColumn.TextsOf(column);
        return () => key() is > 0 and var value ? texts?[value - 1] ?? Text(value) : null;
    }

    private static string? Text(double number) => double.IsNaN(number) ? null : number.ToString(CultureInfo.InvariantCulture);

    private static string? Text(float number) => float.IsNaN(number) ? null : number.ToString(CultureInfo.InvariantCulture);

    private static Func<string?> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string?> text)
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T)!;
        return () =>
        {
            getter(ref value);
            return text(value);
        };
    }
}
