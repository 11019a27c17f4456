using System.Buffers;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Brings texts into the form in which they are cut, in memory that is used again. Belongs to one thread.</summary>
/// <remarks>
/// <para>
/// Text is in normalization form C and without invisible characters; joiners inside a word stay where text is not standardized, since it could not be given
/// back without. White space alone is an empty text.
/// </para>
/// <para>
/// Standardized text is lower-case by the invariant culture, İ as i, without variation selectors outside of emoji. Words and their characters have one form of
/// the apostrophe; from other texts ASCII punctuation is removed.
/// </para>
/// </remarks>
/// <param name="split">Where text is cut.</param>
/// <param name="standardize">Whether it is standardized.</param>
internal sealed class TextForm(TokenSplit split, bool standardize)
{
    /// <summary>The punctuation of ASCII.</summary>
    internal static readonly SearchValues<char> Punctuation = SearchValues.Create("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

    private readonly bool _hasWords = split is TokenSplit.Word or TokenSplit.WordCharacter;
    private readonly CanonicalForm _canonical = new();
    private char[] _form = [];
    private int _length;

    /// <summary>Whether the last text was of ASCII.</summary>
    internal bool IsAscii { get; private set; }

    /// <summary>The text in its form; valid until the next one.</summary>
    internal ReadOnlyMemory<char> Of(ReadOnlyMemory<char> text)
    {
        IsAscii = ReadAscii(text.Span);
        var form = !IsAscii ? Rewritten(_canonical.Compose(text.Span)) : standardize ? Standardized() : text;
        return form.Span.IsWhiteSpace() ? default : form;
    }

    /// <summary>A text, such as that of a category, in normalization form C and without byte order marks: the same string where it is so already.</summary>
    internal static string Plain(string text) => CanonicalForm.Of(text.Replace("\uFEFF", "", StringComparison.Ordinal));

    /// <summary>Removes characters from a text, in its place; gives its new length.</summary>
    internal static int Remove(SearchValues<char> characters, Span<char> text)
    {
        int length = 0;
        for (var rest = text; !rest.IsEmpty;)
        {
            int kept = rest.IndexOfAny(characters) is >= 0 and var removed ? removed : rest.Length;
            rest[..kept].CopyTo(text[length..]);
            length += kept;
            rest = rest[Math.Min(kept + 1, rest.Length)..];
        }
        return length;
    }

    /// <summary>Whether a text is of ASCII; if it is to be standardized, it then lies in the memory in lower case.</summary>
    private bool ReadAscii(ReadOnlySpan<char> text)
    {
        if (!standardize) return Ascii.IsValid(text);
        Reserve(text.Length);
        return Ascii.ToLower(text, _form, out _length) == OperationStatus.Done;
    }

    private ReadOnlyMemory<char> Standardized() => _form.AsMemory(0, _hasWords ? _length : Remove(Punctuation, _form.AsSpan(0, _length)));

    private ReadOnlyMemory<char> Rewritten(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        _length = 0;
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == ' ' || Characters.IsPlainLetter(text[i]))
            {
                _form[_length++] = standardize ? char.ToLowerInvariant(text[i]) : text[i];
                i++;
                continue;
            }
            int length = Characters.EmojiLength(text, i);
            if (length > 0) AddEmoji(text.Slice(i, length));
            else if (Rune.DecodeFromUtf16(text[i..], out var rune, out length) == OperationStatus.Done) Add(rune, text[(i + length)..]);
            else Add(text.Slice(i, length));
            i += length;
        }
        return _form.AsMemory(0, _length);
    }

    private void Reserve(int length)
    {
        if (_form.Length < length) _form = new char[Math.Max(length, 2 * _form.Length)];
    }

    private void Add(ReadOnlySpan<char> text)
    {
        text.CopyTo(_form.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Adds an emoji as it is, but for joiners at its end that join nothing.</summary>
    private void AddEmoji(ReadOnlySpan<char> emoji) => Add(emoji.TrimEnd("\u200C\u200D"));

    private void Add(Rune rune, ReadOnlySpan<char> next)
    {
        bool isKept = Characters.IsInvisible(rune)
            ? !standardize && Characters.IsJoiner(rune) && IsInWord(next)
            : !standardize || IsKept(rune);
        if (isKept) _length += (standardize ? Standard(rune) : rune).EncodeToUtf16(_form.AsSpan(_length));
    }

    private bool IsInWord(ReadOnlySpan<char> next) =>
        Rune.DecodeLastFromUtf16(_form.AsSpan(0, _length), out var last, out _) == OperationStatus.Done
        && (Characters.IsLetterOrDigit(last) || Characters.IsMark(last))
        && Rune.DecodeFromUtf16(next, out var first, out _) == OperationStatus.Done && Characters.IsLetterOrDigit(first);

    /// <summary>Whether standardizing keeps a visible character. A dot over an i is what other systems make of İ.</summary>
    private bool IsKept(Rune rune)
    {
        if (rune.IsAscii) return _hasWords || !Punctuation.Contains((char)rune.Value);
        if (rune.Value == 0x0307) return _length == 0 || _form[_length - 1] != 'i';
        return !Characters.IsSelector(rune);
    }

    private Rune Standard(Rune rune)
    {
        if (rune.Value == 'İ') return new Rune('i');
        if (Characters.IsZeroWidthSpace(rune)) return new Rune(' ');
        bool isApostrophe = _hasWords && rune.IsBmp && Characters.IsApostrophe((char)rune.Value);
        return isApostrophe ? new Rune('\'') : Rune.ToLowerInvariant(rune);
    }
}
