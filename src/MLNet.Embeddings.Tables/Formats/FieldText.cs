using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>What the text of a field can be read as.</summary>
internal static class FieldText
{
    private static readonly NumberFormatInfo Comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    private static readonly string[] Missing = ["NA", "N/A", "NaN", "null", "?", "-"];

    private static readonly string[] IsoDates =
    [
        .. from date in new[] { "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF" }
           from zone in date.Contains("HH", StringComparison.Ordinal) ? new[] { "", "K", " K" } : [""]
           select date + zone,
    ];

    /// <summary>Whether a text stands for no value among numbers or dates.</summary>
    internal static bool IsMissing(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        if (text.Length > 4) return false;
        foreach (string missing in Missing)
        {
            if (text.Equals(missing, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>The culture of numbers with this mark before their decimals.</summary>
    internal static NumberFormatInfo Culture(char decimalSeparator) => decimalSeparator == ',' ? Comma : NumberFormatInfo.InvariantInfo;

    /// <summary>Whether a text is a finite number that is no code: one with zeros in front, as of zip codes and telephones, is not.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> text, char decimalSeparator) => TryNumber(text, decimalSeparator, out _);

    /// <summary>Reads a finite number that is no code.</summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, char decimalSeparator, out double number)
    {
        number = double.NaN;
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]) && digits[0] != decimalSeparator) return false;
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1])) return false;
        return double.TryParse(text, NumberStyles.Float, Culture(decimalSeparator), out number) && double.IsFinite(number);
    }

    /// <summary>Reads a date, or a date and time, as ISO 8601 has them; one with an offset as universal time.</summary>
    internal static bool TryDate(ReadOnlySpan<char> text, out DateTime date)
    {
        date = default;
        return text.Length is >= 10 and <= 35 && text[4] == '-'
            && DateTime.TryParseExact(
                text, IsoDates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date);
    }
}
