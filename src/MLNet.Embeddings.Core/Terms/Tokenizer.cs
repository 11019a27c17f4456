using System.Buffers;
using System.Globalization;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Cuts text into tokens one after the other, without making a string of any. Belongs to one thread.</summary>
/// <param name="split">Where text is cut; <see cref="TokenSplit"/> documents the rules.</param>
/// <param name="standardize">Whether text is lower-cased and its punctuation removed beforehand.</param>
/// <param name="keepsSpacing">
/// Whether a token that is no word begins and ends with a space where white space, or the text's edge, is beside it: <see cref="TokenSpacing"/> makes the text
/// of such tokens again. For <see cref="TokenSplit.Word"/> without standardizing.
/// </param>
internal sealed class Tokenizer(TokenSplit split, bool standardize, bool keepsSpacing = false)
{
    private static readonly SearchValues<char> Apostrophes = SearchValues.Create("'’");
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

    private readonly SearchValues<char> _removed = split == TokenSplit.Word ? Apostrophes : Punctuation;
    private ReadOnlyMemory<char> _text;
    private char[] _standardized = [];
    private readonly char[] _spaced = new char[4];
    private int _start, _end, _spacedLength;

    /// <summary>The token on which the last <see cref="MoveNext"/> came to stand; valid until the next one.</summary>
    internal ReadOnlySpan<char> Current => _spacedLength > 0 ? _spaced.AsSpan(0, _spacedLength) : _text.Span[_start.._end];

    /// <summary>Goes before the first token of a text.</summary>
    internal void Start(ReadOnlyMemory<char> text)
    {
        _text = standardize ? Standardize(text.Span) : text;
        _start = _end = 0;
    }

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    internal bool MoveNext()
    {
        var text = _text.Span;
        _start = _end;
        switch (split)
        {
            case TokenSplit.Word:
                FindWord(text);
                if (keepsSpacing) TakeSpaces(text);
                break;
            case TokenSplit.Whitespace: FindRun(text); break;
            default: _end = _start + LengthAt(text, _start); break;
        }
        return _end > _start;
    }

    private ReadOnlyMemory<char> Standardize(ReadOnlySpan<char> text)
    {
        if (_standardized.Length < text.Length) _standardized = new char[Math.Max(text.Length, 2 * _standardized.Length)];
        var rest = _standardized.AsSpan(0, text.ToLowerInvariant(_standardized));
        int length = 0;
        while (!rest.IsEmpty)
        {
            int kept = rest.IndexOfAny(_removed) is >= 0 and var removed ? removed : rest.Length;
            rest[..kept].CopyTo(_standardized.AsSpan(length));
            length += kept;
            rest = rest[Math.Min(kept + 1, rest.Length)..];
        }
        return _standardized.AsMemory(0, length);
    }

    private void FindRun(ReadOnlySpan<char> text)
    {
        while (_start < text.Length && char.IsWhiteSpace(text[_start])) _start++;
        _end = _start;
        while (_end < text.Length && !char.IsWhiteSpace(text[_end])) _end++;
    }

    private void TakeSpaces(ReadOnlySpan<char> text)
    {
        _spacedLength = 0;
        if (_end == _start || StartsWord(text, _start)) return;
        if (_start == 0 || char.IsWhiteSpace(text[_start - 1])) _spaced[_spacedLength++] = ' ';
        text[_start.._end].CopyTo(_spaced.AsSpan(_spacedLength));
        _spacedLength += _end - _start;
        if (_end == text.Length || char.IsWhiteSpace(text[_end])) _spaced[_spacedLength++] = ' ';
    }

    private void FindWord(ReadOnlySpan<char> text)
    {
        for (; _start < text.Length; _start = _end)
        {
            _end = _start + LengthAt(text, _start);
            if (StartsWord(text, _start))
            {
                _end = WordEnd(text, _end);
                return;
            }
            if (!standardize && !char.IsWhiteSpace(text[_start])) return;
        }
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
        return Rune.IsLetterOrDigit(rune) || IsMark(rune) ? length : 0;
    }

    /// <summary>Whether a letter or digit stands at a position.</summary>
    internal static bool StartsWord(ReadOnlySpan<char> text, int position)
    {
        if (position < text.Length && char.IsAscii(text[position])) return char.IsAsciiLetterOrDigit(text[position]);
        return Rune.DecodeFromUtf16(text[position..], out var rune, out _) == OperationStatus.Done && Rune.IsLetterOrDigit(rune);
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static int LengthAt(ReadOnlySpan<char> text, int position)
    {
        if (position < text.Length && char.IsAscii(text[position])) return 1;
        Rune.DecodeFromUtf16(text[position..], out _, out int length);
        return length;
    }
}
