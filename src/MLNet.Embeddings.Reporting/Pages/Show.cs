using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Numbers as a page shows them.</summary>
internal static class Show
{
    /// <summary>Four digits behind the point of small numbers, fewer of large ones; a dash for what is not defined.</summary>
    internal static string Number(double value) => double.IsNaN(value) ? "–" : Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    internal static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number of things with their name, in the plural where it is not one.</summary>
    internal static string Count(long value, string thing) => $"{Count(value)} {thing}{(value == 1 ? "" : "s")}";

    internal static string Percent(double share) => double.IsNaN(share) ? "–" : share is > 0 and < 0.001 or < 1 and > 0.999
        ? share.ToString("0.00\u00a0%", CultureInfo.InvariantCulture)
        : share.ToString("0.#\u00a0%", CultureInfo.InvariantCulture);

    internal static string Signed(double value) => value.ToString("+0.00;−0.00;0", CultureInfo.InvariantCulture);

    /// <summary>A text cut off where it is long, without breaking a letter.</summary>
    internal static string Short(string text, int most)
    {
        if (text.Length <= most) return text;
        return $"{text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)]}…";
    }
}
