using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Dates and times of any type, and of texts by ISO 8601: each as it stands on the clock, with its offset where it has one.</summary>
internal static class DateValues
{
    internal const string Needed = "a date, or its text by ISO 8601 such as 2024-12-31 or 2024-12-31T23:59";

    private static readonly string[] Iso =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads a date; false where the value is none.</summary>
    internal static bool TryRead(object value, out DateTimeOffset date)
    {
        switch (value)
        {
            case DateTimeOffset given: date = given; return true;
            case DateTime { Kind: DateTimeKind.Local } given: date = given; return true;
            case DateTime given: date = new(given.Ticks, TimeSpan.Zero); return true;
            case DateOnly given: date = new(given.ToDateTime(TimeOnly.MinValue).Ticks, TimeSpan.Zero); return true;
            case string text:
                return DateTimeOffset.TryParseExact(
                    text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out date);
            default: date = default; return false;
        }
    }
}

/// <summary>Dates in DateTime.</summary>
internal sealed class DateTimeConverter : ValueConverter<DateTime>
{
    internal override string Needed => DateValues.Needed;

    internal override bool TryRead(object value, out DateTime result)
    {
        bool isDate = DateValues.TryRead(value, out var date);
        result = date.DateTime;
        return isDate;
    }
}

/// <summary>Dates in DateTimeOffset.</summary>
internal sealed class DateTimeOffsetConverter : ValueConverter<DateTimeOffset>
{
    internal override string Needed => DateValues.Needed;

    internal override bool TryRead(object value, out DateTimeOffset result) => DateValues.TryRead(value, out result);
}

/// <summary>Dates as texts in the format of training: of such texts, and of whatever else is a date or a time of the day.</summary>
internal sealed class DateTextConverter(string format) : ValueConverter<ReadOnlyMemory<char>>
{
    internal override string Needed => $"{DateValues.Needed}, or in the format of training, {format}";

    internal override bool TryRead(object value, out ReadOnlyMemory<char> result)
    {
        if (value is string text && DateFormats.Parse(text.AsSpan().Trim(), format) is not null)
        {
            result = text.AsMemory();
            return true;
        }
        bool isTime = TimeSpanConverter.TryReadTime(value, out var time);
        if (isTime) value = new DateTime(time.Ticks);
        bool isDate = DateValues.TryRead(value, out var date) && (!isTime || !format.Contains('y', StringComparison.Ordinal));
        result = isDate ? date.ToString(format, CultureInfo.InvariantCulture).AsMemory() : default;
        return isDate;
    }
}

/// <summary>Spans of time, and times of the day as the time since midnight.</summary>
internal sealed class TimeSpanConverter : ValueConverter<TimeSpan>
{
    internal override string Needed => "a span of time, or its text such as 23:59 or 1.23:59:59";

    internal override TimeSpan? Missing => null;

    internal override bool TryRead(object value, out TimeSpan result)
    {
        if (value is TimeOnly time)
        {
            result = time.ToTimeSpan();
            return true;
        }
        result = value as TimeSpan? ?? default;
        // A bare number would be days.
        return value is TimeSpan || value is string text && text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out result);
    }

    /// <summary>Reads a time of the day that is given as such.</summary>
    internal static bool TryReadTime(object value, out TimeSpan time)
    {
        time = value is TimeOnly given ? given.ToTimeSpan() : value as TimeSpan? ?? TimeSpan.MinValue;
        return time >= TimeSpan.Zero && time < TimeSpan.FromDays(1);
    }
}
