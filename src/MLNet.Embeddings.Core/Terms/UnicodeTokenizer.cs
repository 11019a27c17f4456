using System.Buffers;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Cuts text as <see cref="TokenSplit"/> says, much as Unicode finds words (UAX 29) and BERT's tokenizer the letters of Han.</summary>
internal sealed class UnicodeTokenizer(TextCutting cutting) : Tokenizer(cutting)
{
    private readonly bool _standardize = cutting.Standardize;
    private readonly TextForm _form = new(cutting.Split, cutting.Standardize);

    // Null where not only words are tokens.
    private readonly AsciiLetters? _letters = cutting is { Split: TokenSplit.Word, Standardize: true } ? new() : null;
    private bool _isAscii;

    internal override int CharacterLength(ReadOnlySpan<char> text) => Characters.ClusterLength(text);

    private protected override ReadOnlyMemory<char> Form(ReadOnlyMemory<char> text)
    {
        var form = _form.Of(text);
        _isAscii = _letters is not null && _form.IsAscii;
        if (_isAscii) _letters!.Start(form.Span);
        return form;
    }

    /// <summary>Not beside letters that stand alone: the first of a text would be another term than within it.</summary>
    private protected override bool HasSpaceAtEdges(ReadOnlySpan<char> token) =>
        !(Rune.DecodeFromUtf16(token, out var rune, out _) == OperationStatus.Done && Characters.StandsAlone(rune) && Characters.IsLetterOrDigit(rune));

    private protected override int TakeWords(ReadOnlySpan<char> text, int position, Span<(int Start, int End)> words)
    {
        int count = 0;
        if (!_isAscii) return count;
        for (; count < words.Length && position < text.Length; position = words[count++].End)
        {
            words[count] = NextOfAscii(text, position);
            if (words[count].Start == text.Length) break;
        }
        return count;
    }

    private protected override (int Start, int End) NextWord(ReadOnlySpan<char> text, int position)
    {
        if (_isAscii) return NextOfAscii(text, position);
        while (position < text.Length)
        {
            if (StartsWord(text, position)) return (position, WordEnd(text, position));
            int length = char.IsWhiteSpace(text[position]) ? 0 : TokenLength(text, position);
            if (length > 0) return (position, position + length);
            position += position + 1 < text.Length && char.IsSurrogatePair(text[position], text[position + 1]) ? 2 : 1;
        }
        return (position, position);
    }

    private (int Start, int End) NextOfAscii(ReadOnlySpan<char> text, int position)
    {
        int start = _letters!.Next(position);
        if (start == text.Length) return (start, start);
        int end = _letters.NextOther(start);
        while (end < text.Length && text[end] is '\'' or '.' or '#' or '+' && PartLength(text, start, end) is > 0 and var part)
            end = _letters.NextOther(end + part);
        return (start, end);
    }

    /// <summary>Whether a word begins at a position: with a letter or digit that does not stand alone and is not on a keycap.</summary>
    internal static bool StartsWord(ReadOnlySpan<char> text, int position)
    {
        if (position == text.Length) return false;
        char first = text[position];
        if (Characters.IsPlainLetter(first)) return true;
        if (char.IsAscii(first)) return char.IsAsciiDigit(first) && Characters.EmojiLength(text, position) == 0;
        return Rune.DecodeFromUtf16(text[position..], out var rune, out _) == OperationStatus.Done && IsWordPart(rune)
            && Characters.EmojiLength(text, position) == 0;
    }

    /// <summary>Whether a character makes up words; the modifier letter ʼ is an apostrophe.</summary>
    private static bool IsWordPart(Rune rune) => Characters.IsLetterOrDigit(rune) && !Characters.StandsAlone(rune) && rune.Value != 'ʼ';

    /// <summary>Length of the token at a position where no word begins: an emoji, a letter that stands alone, in text as it is any character; else 0.</summary>
    private int TokenLength(ReadOnlySpan<char> text, int position)
    {
        if (!_standardize) return Characters.ClusterLength(text[position..]);
        if (Characters.EmojiLength(text, position) is > 0 and var length) return length;
        bool isLetter = Rune.DecodeFromUtf16(text[position..], out var rune, out _) == OperationStatus.Done && Characters.IsLetterOrDigit(rune);
        return isLetter ? Characters.ClusterLength(text[position..]) : 0;
    }

    /// <summary>Where the word ends that begins at a position.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        int position = start, part;
        do
        {
            while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || Characters.IsPlainLetter(text[position]))) position++;
            // A digit on a keycap is no part of the word before it.
            if (position > start && char.IsAsciiDigit(text[position - 1]) && Characters.EmojiLength(text, position - 1) > 0) return position - 1;
            part = PartLength(text, start, position);
            position += part;
        }
        while (part > 0);
        return position;
    }

    /// <summary>Number of UTF-16 units with which a word goes on at a position; 0 at its end.</summary>
    private static int PartLength(ReadOnlySpan<char> text, int start, int position)
    {
        if (position == text.Length || text[position] == ' ') return 0;
        char character = text[position];
        if (character is '#' or '+') return SignsLength(text, start, position);
        if (character == '.') return JoinsAtFullStop(text, start, position) ? 1 : 0;
        if (Characters.IsApostrophe(character)) return StartsWord(text, position + 1) ? 1 : 0;
        if (char.IsAscii(character)) return 0;
        Rune.DecodeFromUtf16(text[position..], out var rune, out int length);
        return IsWordPart(rune) || Characters.IsMark(rune) || Characters.IsJoiner(rune) ? length : 0;
    }

    /// <summary>
    /// Whether a full stop belongs to a word: between digits, as in 4.5, and between letters on their own, as in U.S.A; but not in System.Net or "good.But",
    /// whose parts are words.
    /// </summary>
    private static bool JoinsAtFullStop(ReadOnlySpan<char> text, int start, int position)
    {
        if (!StartsWord(text, position + 1)) return false;
        char before = text[position - 1], behind = text[position + 1];
        if (char.IsAsciiDigit(before) || char.IsAsciiDigit(behind)) return char.IsAsciiDigit(before) && char.IsAsciiDigit(behind);
        bool isAlone = position - 1 == start || text[position - 2] == '.';
        return isAlone && !StartsWord(text, position + 2);
    }

    /// <summary>
    /// Number of signs # or + right behind a letter, as in C# and C++; 0 where there is no letter, and where a single one stands between two words, as in a+b.
    /// </summary>
    private static int SignsLength(ReadOnlySpan<char> text, int start, int position)
    {
        bool isBehindLetter = Rune.DecodeLastFromUtf16(text[start..position], out var last, out _) == OperationStatus.Done && Rune.IsLetter(last);
        if (!isBehindLetter) return 0;
        int length = 1;
        while (position + length < text.Length && text[position + length] == text[position]) length++;
        if (position + length < text.Length && Characters.EmojiLength(text, position + length - 1) > 0) length--;
        return length == 1 && StartsWord(text, position + 1) ? 0 : length;
    }
}
