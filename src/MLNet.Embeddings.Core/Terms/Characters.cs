using System.Globalization;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>What a character is to the rules by which text is cut.</summary>
internal static class Characters
{
    private const char EmojiStyle = '\uFE0F', Keycap = '\u20E3';
    private const int ZeroWidthSpace = 0x200B, NonJoiner = 0x200C, Joiner = 0x200D;

    /// <summary>Whether a character is a letter or digit; 〇, a numeral of Han, is one too.</summary>
    internal static bool IsLetterOrDigit(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value == 0x3007;

    /// <summary>Whether a character is one of most letters of ASCII, Latin, Greek and Cyrillic, to which no rule but lower case applies: to be quick.</summary>
    internal static bool IsPlainLetter(char character) => character < '\u0530' && char.IsLetter(character) && character is not ('İ' or 'ʼ');

    internal static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>
    /// Whether a letter is of a script that is written without spaces between words: Han, Hiragana, Katakana, Thai, Lao, Burmese or Khmer. Digits are not.
    /// </summary>
    internal static bool StandsAlone(Rune rune)
    {
        int point = rune.Value;
        return point >= 0x0E00
            && point is <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF
                or >= 0x3005 and <= 0x30FF or >= 0x31F0 and <= 0x31FF or >= 0x3400 and <= 0x9FFF or >= 0xA9E0 and <= 0xA9FF or >= 0xAA60 and <= 0xAA7F
                or >= 0xF900 and <= 0xFAFF or >= 0xFF66 and <= 0xFF9F or >= 0x1AFF0 and <= 0x1B16F or >= 0x20000 and <= 0x3FFFF
            && !Rune.IsDigit(rune);
    }

    /// <summary>
    /// Whether a character is invisible and means nothing to words: soft hyphen, joiners, word joiner, byte order mark, marks of direction and so on. A zero
    /// width space is not, as it separates words, nor are the signs of Arabic and other scripts that enclose what follows.
    /// </summary>
    internal static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value
        is not (ZeroWidthSpace or >= 0x0600 and <= 0x0605 or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD);

    /// <summary>Whether a character only tells how the one before it is drawn: a variation selector, or the grapheme joiner.</summary>
    internal static bool IsSelector(Rune rune) =>
        rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF or 0x034F or >= 0x180B and <= 0x180D or 0x180F;

    /// <summary>Whether a character joins letters, or keeps them apart, without cutting the word: Persian and Sinhala are spelt with them.</summary>
    internal static bool IsJoiner(Rune rune) => rune.Value is NonJoiner or Joiner;

    internal static bool IsZeroWidthSpace(Rune rune) => rune.Value == ZeroWidthSpace;

    /// <summary>Whether a character is an apostrophe: ', ’, ʼ or ＇.</summary>
    internal static bool IsApostrophe(char character) => character is '\'' or '\u2019' or '\u02BC' or '\uFF07';

    /// <summary>Number of UTF-16 units of what readers take for one character (UAX 29): a letter with its marks, an emoji sequence.</summary>
    internal static int ClusterLength(ReadOnlySpan<char> text) =>
        text.Length == 1 || char.IsAscii(text[0]) && char.IsAscii(text[1]) && text[0] != '\r' ? 1 : StringInfo.GetNextTextElementLength(text);

    /// <summary>
    /// Number of UTF-16 units of the emoji sequence at a position: a pictograph or flag with skin tone, joined ones and tags, a keycap, or any symbol in emoji
    /// style; 0 where there is none.
    /// </summary>
    internal static int EmojiLength(ReadOnlySpan<char> text, int position)
    {
        var rest = text[position..];
        if (rest.IsEmpty || char.IsAscii(rest[0])) return KeycapLength(rest);
        if (rest[0] < '\u2139' && (rest.Length == 1 || rest[1] != EmojiStyle)) return 0;
        Rune.DecodeFromUtf16(rest, out var rune, out int length);
        bool isStyled = length < rest.Length && rest[length] == EmojiStyle && (!IsLetterOrDigit(rune) || rune.Value == 0x2139) && !IsMark(rune);
        return isStyled || IsPictograph(rune) ? ClusterLength(rest) : 0;
    }

    private static int KeycapLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || char.IsAscii(text[1]) || !(char.IsAsciiDigit(text[0]) || text[0] is '#' or '*')) return 0;
        if (text[1] == Keycap) return 2;
        return text.Length > 2 && text[1] == EmojiStyle && text[2] == Keycap ? 3 : 0;
    }

    /// <summary>Whether a character is an emoji by itself: a pictograph of any plane, or a regional indicator of a flag.</summary>
    private static bool IsPictograph(Rune rune) => rune.Value is >= 0x1F000 and <= 0x1FAFF or 0x25FD or 0x25FE
        || rune.Value is >= 0x2300 and <= 0x23FF or >= 0x2600 and <= 0x27BF or >= 0x2B00 and <= 0x2BFF
            && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;
}
