using System.Globalization;
using System.Numerics;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>
/// Gives the term that a value stands for, empty for a missing value. It may write it into the memory given, of <see cref="ValueTerms.Longest"/>.
/// </summary>
internal delegate ReadOnlySpan<char> ValueTerm<in T>(T value, Span<char> memory);

/// <summary>How values are terms: by their shortest invariant text, so that 8 and 8.0 are one term.</summary>
internal static class ValueTerms
{
    /// <summary>Room for any number's text; the longest is that of a 64-bit float, as -1.7976931348623157E+308.</summary>
    internal const int Longest = 32;

    /// <summary>How texts are terms.</summary>
    /// <param name="rules">By which <see cref="TextRules"/>.</param>
    internal static ValueTerm<ReadOnlyMemory<char>> OfTexts(int rules) =>
        rules == TextRules.First ? (text, _) => text.Span : (text, _) => OfText(text.Span);

    /// <summary>A text in one form; in new memory where it is in another.</summary>
    internal static ReadOnlySpan<char> OfText(ReadOnlySpan<char> text) =>
        Ascii.IsValid(text) || CanonicalForm.IsCertain(text) && !text.Contains('\uFEFF') ? text : TextForm.Plain(text.ToString());

    internal static ReadOnlySpan<char> OfBoolean(bool value) => value ? bool.TrueString : bool.FalseString;

    internal static ReadOnlySpan<char> OfInteger<T>(T value, Span<char> memory) where T : IBinaryInteger<T> => Format(value, memory);

    internal static ReadOnlySpan<char> OfFloat<T>(T value, Span<char> memory) where T : IBinaryFloatingPointIeee754<T>
    {
        if (T.IsNaN(value)) return default;
        // Whole numbers are written as integers are: without exponent, without the sign of -0.
        return T.IsInteger(value) && T.Abs(value) < T.CreateChecked(1L << 62) ? Format(long.CreateChecked(value), memory) : Format(value, memory);
    }

    private static ReadOnlySpan<char> Format<T>(T value, Span<char> memory) where T : ISpanFormattable =>
        value.TryFormat(memory, out int length, default, CultureInfo.InvariantCulture)
            ? memory[..length]
            : throw new System.Diagnostics.UnreachableException($"The text of {value} is longer than {Longest} characters.");
}
