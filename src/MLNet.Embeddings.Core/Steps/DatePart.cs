using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>A part of a date that is read as a category.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatePart>))]
internal enum DatePart
{
    /// <summary>January is key 1.</summary>
    Month,

    /// <summary>The first is key 1.</summary>
    Day,

    /// <summary>Monday is key 1.</summary>
    Weekday,

    /// <summary>The hour after midnight is key 1.</summary>
    Hour,
}

/// <summary>What parts of dates are.</summary>
internal static class DateParts
{
    /// <summary>Number of keys of a part.</summary>
    internal static int KeyCount(this DatePart part) => part switch
    {
        DatePart.Month => 12,
        DatePart.Day => 31,
        DatePart.Weekday => 7,
        _ => 24,
    };

    /// <summary>The key of a part of a date, or of the time that passed from midnight on.</summary>
    internal static uint KeyOf(this DatePart part, long ticks) => part switch
    {
        DatePart.Month => (uint)new DateTime(ticks).Month,
        DatePart.Day => (uint)new DateTime(ticks).Day,
        DatePart.Weekday => (uint)((int)new DateTime(ticks).DayOfWeek + 6) % 7 + 1,
        _ => (uint)((ticks % TimeSpan.TicksPerDay + TimeSpan.TicksPerDay) % TimeSpan.TicksPerDay / TimeSpan.TicksPerHour) + 1,
    };

    /// <summary>The time of a date as a number: in days since 2000; of a span, in hours.</summary>
    internal static double Time(long ticks, bool isSpan) => isSpan
        ? new TimeSpan(ticks).TotalHours
        : (new DateTime(ticks) - new DateTime(2000, 1, 1)).TotalDays;
}
