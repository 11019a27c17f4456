using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads dates of any type from a row, in ticks since the year 1, or spans in ticks; null is missing.</summary>
internal static class DateReading
{
    internal const string Role = "date";

    internal static bool IsText(DataViewSchema.Column column) => column.Type is TextDataViewType;

    internal static bool IsSpan(DataViewSchema.Column column) => column.Type is TimeSpanDataViewType;

    /// <summary>Whether a column is of a type that holds dates and nothing else.</summary>
    internal static bool IsDate(DataViewType type) => type is DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;

    /// <exception cref="ArgumentOutOfRangeException">The column is of a type that holds no dates.</exception>
    internal static void Require(DataViewSchema.Column column) => Require(column.Name, InputType.Of(column));

    /// <exception cref="ArgumentOutOfRangeException">The column is of a type that holds no dates.</exception>
    internal static void Require(string name, InputType type)
    {
        if (!type.IsVector && (IsDate(type.Item) || type.Item is TextDataViewType)) return;
        throw SchemaErrors.Mismatch(Role, name, "DateTime, DateTimeOffset, TimeSpan or Text", type.Description,
            $"{type.HowToRead(name)} Where it holds dates, load it as such.");
    }

    /// <summary>Reader of a row's date.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="column">The column.</param>
    /// <param name="format">The format of texts.</param>
    /// <param name="warn">Told of the first text that is of another format; null where nobody asks.</param>
    internal static Func<long?> Of(DataViewRow row, DataViewSchema.Column column, string? format, Action<string>? warn = null)
    {
        Require(column);
        return column.Type switch
        {
            DateTimeDataViewType => Typed<DateTime>(row, column, date => date.Ticks),
            DateTimeOffsetDataViewType => Typed<DateTimeOffset>(row, column, date => date.Ticks),
            TimeSpanDataViewType => Typed<TimeSpan>(row, column, span => span.Ticks),
            _ => Texts(row, column, format!, warn),
        };
    }

    // The default of a date type is what ML.NET has for a missing one.
    private static Func<long?> Typed<T>(DataViewRow row, DataViewSchema.Column column, Func<T, long> ticksOf) where T : struct, IEquatable<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        bool missing = typeof(T) != typeof(TimeSpan);
        return () =>
        {
            getter(ref value);
            return missing && value.Equals(default) ? null : ticksOf(value);
        };
    }

    private static Func<long?> Texts(DataViewRow row, DataViewSchema.Column column, string format, Action<string>? warn)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            getter(ref text);
            var date = text.Span.Trim();
            if (DateFormats.Parse(date, format) is { } found) return found.Ticks;
            if (warn is null || date.IsEmpty) return null;
            warn($"The date column '{column.Name}' holds '{date}' in row {row.Position}, which is no date of the format {format} of the training data: it " +
                "counts as missing. So do all others of another format; this is said once. Bring the dates to that format.");
            warn = null;
            return null;
        };
    }
}
