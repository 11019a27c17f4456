using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>The formats in which dates and times are written in text columns.</summary>
internal static class DateFormats
{
    private static readonly string[] Dates =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "M/d/yyyy", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "M-d-yyyy", "M/d/yy", "d/M/yy", "d.M.yy", "yyyyMMdd", "d-MMM-yyyy",
        "d-MMM-yy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "yyyy-M",
    ];

    private static readonly string[] Times = ["H:m", "H:m:s", "H:m:s.FFFFFFF", "h:m tt", "h:m:s tt"];

    /// <summary>All formats, the more usual ones first: where several fit all texts, such as 3/4/2020, the first is taken.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        .. Dates,
        .. Dates.SelectMany(date => Times.Select(time => $"{date} {time}")),
        .. Times.SelectMany(time => new[] { $"yyyy-M-d'T'{time}", $"yyyy-M-d'T'{time}K", $"yyyy-M-d {time} zzz" }),
        .. Times,
    ];

    /// <summary>Reads a text of a format; null where it is no date of the format.</summary>
    internal static DateTime? Parse(ReadOnlySpan<char> text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal
            | DateTimeStyles.AssumeUniversal | DateTimeStyles.NoCurrentDateDefault, out var date) ? date : null;
}

/// <summary>Finds the format that all texts of a column have.</summary>
internal sealed class DateFormatFinder
{
    private readonly List<string> _fitting = [.. DateFormats.All];

    /// <summary>Whether there were texts, empty ones left out.</summary>
    internal bool HasTexts { get; private set; }

    /// <summary>The format; null where no format fits all texts, or there were none.</summary>
    internal string? Format => HasTexts ? _fitting.FirstOrDefault() : null;

    /// <summary>The formats that fit all texts so far.</summary>
    internal IReadOnlyList<string> Fitting => _fitting;

    /// <summary>Takes a text into account.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Takes the date that it is by each format that fits all texts so far; null where nobody asks.</param>
    internal void Add(ReadOnlySpan<char> text, Action<string, DateTime>? found = null)
    {
        text = text.Trim();
        if (text.IsEmpty || _fitting.Count == 0) return;
        HasTexts = true;
        for (int i = _fitting.Count - 1; i >= 0; i--)
        {
            if (DateFormats.Parse(text, _fitting[i]) is { } date) found?.Invoke(_fitting[i], date);
            else _fitting.RemoveAt(i);
        }
    }

    /// <summary>Takes other texts into account.</summary>
    /// <param name="hasTexts">Whether there were any.</param>
    /// <param name="fitting">The formats that fit all of them.</param>
    internal void Add(bool hasTexts, IReadOnlySet<string> fitting)
    {
        HasTexts |= hasTexts;
        _fitting.RemoveAll(format => !fitting.Contains(format));
    }
}
