namespace MLNet.Embeddings;

/// <summary>Cuts text into tokens one after the other, without making a string of any. Belongs to one thread.</summary>
/// <param name="cutting">How text is cut; <see cref="TokenSplit"/> documents the rules.</param>
internal abstract class Tokenizer(TextCutting cutting)
{
    private ReadOnlyMemory<char> _text;
    private char[] _spaced = new char[16];
    private int _start, _end, _spacedLength;

    /// <summary>What cuts text in a way.</summary>
    internal static Tokenizer Of(TextCutting cutting) => cutting.Rules == TextRules.First ? new EarlierTokenizer(cutting) : new UnicodeTokenizer(cutting);

    /// <summary>Whether a token is a word, beside which there is never another without white space between.</summary>
    internal static bool IsWord(ReadOnlySpan<char> token, int rules) =>
        rules == TextRules.First ? EarlierTokenizer.StartsWord(token, 0) : UnicodeTokenizer.StartsWord(token, 0);

    /// <summary>The token on which the last <see cref="MoveNext"/> came to stand; valid until the next one.</summary>
    internal ReadOnlySpan<char> Current => _spacedLength > 0 ? _spaced.AsSpan(0, _spacedLength) : _text.Span[_start.._end];

    /// <summary>Goes before the first token of a text.</summary>
    internal void Start(ReadOnlyMemory<char> text)
    {
        _text = Form(text);
        _start = _end = 0;
    }

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    internal bool MoveNext()
    {
        var text = _text.Span;
        switch (cutting.Split)
        {
            case TokenSplit.Word:
                (_start, _end) = NextWord(text, _end);
                if (cutting.KeepsSpacing) TakeSpaces(text);
                break;
            case TokenSplit.Character:
                _start = _end;
                if (_start < text.Length) _end += CharacterLength(text[_start..]);
                break;
            default: FindRun(text); break;
        }
        return _end > _start;
    }

    /// <summary>Goes past further tokens where they are found many at a time; gives how many, none where <see cref="MoveNext"/> is to be asked.</summary>
    /// <param name="tokens">Receives where they are.</param>
    /// <param name="text">Receives the text that they are parts of; valid until the next one.</param>
    internal int Take(Span<(int Start, int End)> tokens, out ReadOnlySpan<char> text)
    {
        text = _text.Span;
        int count = TakeWords(text, _end, tokens);
        if (count > 0) (_start, _end) = tokens[count - 1];
        return count;
    }

    /// <summary>Number of UTF-16 units of the character at the start of a text that is not empty.</summary>
    internal abstract int CharacterLength(ReadOnlySpan<char> text);

    /// <summary>The text as it is cut; valid until the next one.</summary>
    private protected abstract ReadOnlyMemory<char> Form(ReadOnlyMemory<char> text);

    /// <summary>The next token of words from a position on; empty at the end.</summary>
    private protected abstract (int Start, int End) NextWord(ReadOnlySpan<char> text, int position);

    /// <summary>The same for many words at a time, which are all that is left where they are fewer; none where words have to be asked for one by one.</summary>
    private protected virtual int TakeWords(ReadOnlySpan<char> text, int position, Span<(int Start, int End)> words) => 0;

    /// <summary>Whether the edges of a text count as white space beside a token that is no word.</summary>
    private protected abstract bool HasSpaceAtEdges(ReadOnlySpan<char> token);

    private void FindRun(ReadOnlySpan<char> text)
    {
        for (_start = _end; _start < text.Length && char.IsWhiteSpace(text[_start]);) _start++;
        for (_end = _start; _end < text.Length && !char.IsWhiteSpace(text[_end]);) _end++;
    }

    private void TakeSpaces(ReadOnlySpan<char> text)
    {
        _spacedLength = 0;
        var token = text[_start.._end];
        if (token.IsEmpty || IsWord(token, cutting.Rules)) return;
        if (_spaced.Length < token.Length + 2) _spaced = new char[2 * token.Length + 2];
        bool atEdges = HasSpaceAtEdges(token);
        if (_start == 0 ? atEdges : char.IsWhiteSpace(text[_start - 1])) _spaced[_spacedLength++] = ' ';
        token.CopyTo(_spaced.AsSpan(_spacedLength));
        _spacedLength += token.Length;
        if (_end == text.Length ? atEdges : char.IsWhiteSpace(text[_end])) _spaced[_spacedLength++] = ' ';
    }
}
