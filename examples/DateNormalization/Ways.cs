using System.Globalization;
using Examples;

namespace DateNormalization;

/// <summary>The ways in which people write dates.</summary>
internal static class Ways
{
    /// <summary>Years of two digits are of these hundred: 50 to 99 are of the last century, 00 to 49 of this one.</summary>
    private const int FirstShortYear = 1950;

    private static readonly string[] Ordinals =
    [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
        "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
        "twenty-fourth", "twenty-fifth", "twenty-sixth",
        "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
    ];

    private static readonly string[] RomanMonths = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

    /// <summary>Each way: an example of it for 3 March 1999, and how it writes a date.</summary>
    private static readonly (string Example, bool ShortYear, Func<DateOnly, string> Write)[] All =
    [
        ("1999/03/03", false, Format("yyyy/MM/dd")),
        ("1999.3.3", false, Format("yyyy.M.d")),
        ("19990303", false, Format("yyyyMMdd")),
        ("3.3.1999", false, Format("d.M.yyyy")),
        ("03-03-1999 (uk)", false, Format("dd-MM-yyyy' (uk)'")),
        ("3/3/1999 (us)", false, Format("M/d/yyyy' (us)'")),
        ("3/3/99 (us)", true, Format("M/d/yy' (us)'")),
        ("3/3/99 (uk)", true, Format("d/M/yy' (uk)'")),
        ("3 mar '99", true, Format("d MMM ''yy")),
        ("mar-99, 3rd", true, date => $"{Format("MMM-yy")(date)}, {Numbered(date.Day)}"),
        ("3 March 1999", false, Format("d MMMM yyyy")),
        ("March 3, 1999", false, Format("MMMM d, yyyy")),
        ("March 3rd, 1999", false, date => $"{Format("MMMM")(date)} {Numbered(date.Day)}, {date.Year}"),
        ("the 3rd of march, 1999", false, date => $"the {Numbered(date.Day)} of {Format("MMMM")(date)}, {date.Year}"),
        ("third of March 1999", false, date => $"{Ordinals[date.Day - 1]} of {Format("MMMM yyyy")(date)}"),
        ("1999, March the third", false, date => $"{date.Year}, {Format("MMMM")(date)} the {Ordinals[date.Day - 1]}"),
        ("03-Mar-1999", false, Format("dd-MMM-yyyy")),
        ("1999 Mar 3", false, Format("yyyy MMM d")),
        ("Wed 3 Mar 1999", false, Format("ddd d MMM yyyy")),
        ("Wednesday, March 3, 1999", false, Format("dddd, MMMM d, yyyy")),
        ("Wed, 03 Mar 99", true, Format("ddd, dd MMM yy")),
        ("3.III.1999", false, date => $"{date.Day}.{RomanMonths[date.Month - 1]}.{date.Year}"),
        ("3. month of 1999, day 3", false, date => $"{date.Month}. month of {date.Year}, day {date.Day}"),
        ("day 3 of March '99", true, date => $"day {date.Day} of {Format("MMMM ''yy")(date)}"),
    ];

    /// <summary>Number of ways.</summary>
    internal static int Count => All.Length;

    /// <summary>Writes a date in one of the ways.</summary>
    internal static WrittenDate Write(Random random, DateOnly date)
    {
        var (example, shortYear, write) = random.One(All);
        // A year of two digits must be one that they stand for.
        if (shortYear) date = new DateOnly(FirstShortYear + (date.Year - FirstShortYear + 100) % 100, date.Month, Math.Min(date.Day, 28));
        string written = write(date);
        return new WrittenDate
        {
            Written = random.Next(4) switch
            {
                0 => written.ToLowerInvariant(),
                1 => written.ToUpperInvariant(),
                _ => written,
            },
            Date = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Way = example,
        };
    }

    private static Func<DateOnly, string> Format(string format) => date => date.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>A day as "1st", "2nd", "3rd", "4th".</summary>
    private static string Numbered(int day) => day + (day is 11 or 12 or 13 ? "th" : (day % 10) switch
    {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    });
}
