namespace MLNet.Embeddings;

/// <summary>Dates in a graph: their time as a number, and keys of their parts, of milliseconds since 1970 or since midnight.</summary>
internal static class OnnxDates
{
    /// <summary>What stands for a missing date.</summary>
    internal const long Missing = long.MinValue;

    /// <summary>The milliseconds of the first of year 1, the default of a date.</summary>
    internal const long Default = -Days1970 * 86_400_000;

    /// <summary>Days from the first of year 1 to that of 1970.</summary>
    internal const long Days1970 = 719_162;

    private const long Day = 86_400_000, Hour = 3_600_000, From1970To2000 = 10_957 * Day;

    /// <summary>The time as a number: see <see cref="DatePartsShape.Time"/>.</summary>
    internal static OnnxValue Time(OnnxValue milliseconds, DatePartsShape shape)
    {
        var graph = milliseconds.Graph;
        var time = shape.HasNoDate
            ? milliseconds.Cast(OnnxType.Double) / graph.Scalar((double)Hour)
            : (milliseconds - From1970To2000).Cast(OnnxType.Double) / graph.Scalar((double)Day);
        if (!shape.IsDouble) time = time.Cast(OnnxType.Single).Cast(OnnxType.Double);
        return graph.Scalar(double.NaN).If(milliseconds.Is(Missing), time);
    }

    /// <summary>The key of a part: see <see cref="DateParts.KeyOf"/>.</summary>
    internal static OnnxValue Part(OnnxValue milliseconds, DatePart part)
    {
        var graph = milliseconds.Graph;
        var isMissing = milliseconds.Is(Missing);
        var known = graph.Scalar(0L).If(isMissing, milliseconds);
        // Counted from a time before all dates, so that remainders are those of numbers above 0.
        var days = (known + Days1970 * Day) / Day;
        var key = part switch
        {
            DatePart.Weekday => days % 7 + 1,
            DatePart.Hour => ((known % Day + Day) % Day) / Hour + 1,
            DatePart.Month => MonthAndDay(days).Month,
            _ => MonthAndDay(days).Day,
        };
        return graph.Scalar(0L).If(isMissing, key);
    }

    /// <summary>Days since the first of year 1 of a date of the Gregorian calendar.</summary>
    internal static OnnxValue Days(OnnxValue year, OnnxValue month, OnnxValue day)
    {
        // Years begin in March here, so that the day that is put in is the last.
        var graph = year.Graph;
        var isEarly = month < graph.Scalar(3L);
        var years = year - isEarly.Cast(OnnxType.Int64);
        var months = month + graph.Scalar(9L).If(isEarly, graph.Scalar(-3L));
        return years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 307;
    }

    /// <summary>Month and day of days since the first of year 1, by the way of H. Hinnant ("chrono-compatible low-level date algorithms").</summary>
    private static (OnnxValue Month, OnnxValue Day) MonthAndDay(OnnxValue days)
    {
        var graph = days.Graph;
        var inEra = (days + 306) % 146_097;
        var year = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365;
        var inYear = inEra - (year * 365 + year / 4 - year / 100);
        var month = (inYear * 5 + 2) / 153;
        return (month + graph.Scalar(3L).If(month < graph.Scalar(10L), graph.Scalar(-9L)), inYear - (month * 153 + 2) / 5 + 1);
    }
}
