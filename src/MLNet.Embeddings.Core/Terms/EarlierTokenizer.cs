using System.Buffers;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Cuts text by the first rules, for models that were trained with them.</summary>
/// <remarks>
/// Words are letters and digits with marks and inner apostrophes (' or ’), which standardizing removes. Invisible characters and emoji are characters as any
/// other, and scripts without spaces words. For characters of words only letters are lower-cased.
/// </remarks>
internal sealed class EarlierTokenizer(TextCutting cutting) : Tokenizer(cutting)
{
    private static readonly SearchValues<char> Apostrophes = SearchValues.Create("'’");

    private readonly TextCutting _cutting = cutting;
    private readonly SearchValues<char> _removed = cutting.Split switch
    {
        TokenSplit.Word => Apostrophes,
        TokenSplit.WordCharacter => SearchValues.Create(""),
        _ => TextForm.Punctuation,
    };

    private char[] _standardized = [];

    internal override int CharacterLength(ReadOnlySpan<char> text) => LengthAt(text, 0);

    private protected override bool HasSpaceAtEdges(ReadOnlySpan<char> token) => true;

    private protected override ReadOnlyMemory<char> Form(ReadOnlyMemory<char> text)
    {
        if (!_cutting.Standardize) return text;
        if (_standardized.Length < text.Length) _standardized = new char[Math.Max(text.Length, 2 * _standardized.Length)];
        int length = text.Span.ToLowerInvariant(_standardized);
        return _standardized.AsMemory(0, TextForm.Remove(_removed, _standardized.AsSpan(0, length)));
    }

    private protected override (int Start, int End) NextWord(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length)
        {
            int end = position + LengthAt(text, position);
            if (StartsWord(text, position)) return (position, WordEnd(text, end));
            if (!_cutting.Standardize && !char.IsWhiteSpace(text[position])) return (position, end);
            position = end;
        }
        return (position, position);
    }

    /// <summary>Whether a letter or digit stands at a position.</summary>
    internal static bool StartsWord(ReadOnlySpan<char> text, int position)
    {
        if (position < text.Length && char.IsAscii(text[position])) return char.IsAsciiLetterOrDigit(text[position]);
        return Rune.DecodeFromUtf16(text[position..], out var rune, out _) == OperationStatus.Done && Rune.IsLetterOrDigit(rune);
    }

    /// <summary>Where a word ends that goes on at a position.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int position)
    {
        int part;
        do
        {
            while (position < text.Length && char.IsAsciiLetterOrDigit(text[position])) position++;
            part = WordPartAt(text, position);
            position += part;
        }
        while (part > 0);
        return position;
    }

    /// <summary>
    /// Number of UTF-16 units with which a word goes on at a position: a letter, digit or mark, or an apostrophe before a letter or digit; 0 at its end.
    /// </summary>
    private static int WordPartAt(ReadOnlySpan<char> text, int position)
    {
        if (position == text.Length || text[position] == ' ') return 0;
        if (Apostrophes.Contains(text[position])) return StartsWord(text, position + 1) ? 1 : 0;
        Rune.DecodeFromUtf16(text[position..], out var rune, out int length);
        return Rune.IsLetterOrDigit(rune) || Characters.IsMark(rune) ? length : 0;
    }

    private static int LengthAt(ReadOnlySpan<char> text, int position)
    {
        if (position < text.Length && char.IsAscii(text[position])) return 1;
        Rune.DecodeFromUtf16(text[position..], out _, out int length);
        return length;
    }
}
