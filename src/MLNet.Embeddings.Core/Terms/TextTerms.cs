using System.Text;

namespace MLNet.Embeddings;

/// <summary>Gives the terms of a text one after the other, without making a string of any. Belongs to one thread.</summary>
internal abstract class TextTerms
{
    /// <summary>What gives the terms of texts that are cut in a way.</summary>
    /// <param name="cutting">How text is cut.</param>
    /// <param name="ngramLength">The most tokens of a term.</param>
    internal static TextTerms Of(TextCutting cutting, int ngramLength) => cutting.Split == TokenSplit.WordCharacter
        ? new WordCharacterTerms(cutting, ngramLength)
        : new TokenTerms(cutting, ngramLength);

    /// <summary>Number of tokens that the current term is made of.</summary>
    internal int Length { get; private protected set; }

    /// <summary>The term on which the last <see cref="MoveNext"/> came to stand; valid until the next one.</summary>
    internal abstract ReadOnlySpan<char> Current { get; }

    /// <summary>Which tokens of the text the current term is made of; where characters of words are tokens, which word.</summary>
    internal abstract TermPlace Place { get; }

    /// <summary>Goes before the first term of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">Tokens after so many are cut off.</param>
    internal abstract void Start(ReadOnlyMemory<char> text, int maxTokens = int.MaxValue);

    /// <summary>Goes to the next term; false at the end.</summary>
    internal abstract bool MoveNext();

    /// <summary>Goes past further terms of one token where these are found many at a time; none where <see cref="MoveNext"/> is to be asked.</summary>
    /// <param name="tokens">Where in the text they are; valid until the next ones.</param>
    /// <returns>The text.</returns>
    internal virtual ReadOnlySpan<char> Take(out ReadOnlySpan<(int Start, int End)> tokens)
    {
        tokens = default;
        return default;
    }

    /// <summary>Whether tokens were cut off; to be asked when there is no further term.</summary>
    internal abstract bool IsCut();

    /// <summary>Goes past the tokens that were cut off, when there is no further term, and counts them.</summary>
    internal abstract int SkipRest();
}

/// <summary>Where a term stands in its text, in tokens or words.</summary>
/// <param name="First">Number of the first, from 0.</param>
/// <param name="Count">How many.</param>
internal readonly record struct TermPlace(int First, int Count);

/// <summary>The tokens of a text, then each two adjacent ones as one term, then each three.</summary>
/// <param name="cutting">How text is cut; characters are joined as they are, other tokens with a space between them.</param>
/// <param name="ngramLength">The most tokens of a term.</param>
internal sealed class TokenTerms(TextCutting cutting, int ngramLength) : TextTerms
{
    private readonly Tokenizer _tokenizer = Tokenizer.Of(cutting);
    private readonly (int Start, int End)[] _taken = new (int, int)[64];

    // All tokens joined, of which every n-gram is a part.
    private char[] _joined = [];
    private int _joinedLength;

    private (int Start, int End)[] _tokens = [];
    private int _count, _maxTokens, _first;

    internal override ReadOnlySpan<char> Current =>
        Length == 1 ? _tokenizer.Current : _joined.AsSpan(_tokens[_first].Start.._tokens[_first + Length - 1].End);

    internal override TermPlace Place => Length == 1 ? new(_count - 1, 1) : new(_first, Length);

    internal override void Start(ReadOnlyMemory<char> text, int maxTokens = int.MaxValue)
    {
        _tokenizer.Start(text);
        (Length, _count, _joinedLength, _maxTokens) = (1, 0, 0, maxTokens);
    }

    internal override ReadOnlySpan<char> Take(out ReadOnlySpan<(int Start, int End)> tokens)
    {
        var text = default(ReadOnlySpan<char>);
        int count = ngramLength > 1 ? 0 : _tokenizer.Take(_taken.AsSpan(0, Math.Min(_taken.Length, _maxTokens - _count)), out text);
        _count += count;
        tokens = _taken.AsSpan(0, count);
        return text;
    }

    internal override bool MoveNext()
    {
        if (Length > 1) return MoveToNgram();
        if (_count < _maxTokens && _tokenizer.MoveNext())
        {
            if (ngramLength > 1) Join(_tokenizer.Current);
            _count++;
            return true;
        }
        (Length, _first) = (2, -1);
        return MoveToNgram();
    }

    internal override bool IsCut() => _tokenizer.MoveNext();

    internal override int SkipRest()
    {
        int count = 0;
        while (_tokenizer.MoveNext()) count++;
        return count;
    }

    private bool MoveToNgram()
    {
        if (++_first + Length > _count) (Length, _first) = (Length + 1, 0);
        return Length <= ngramLength && _first + Length <= _count;
    }

    private void Join(ReadOnlySpan<char> token)
    {
        if (_joined.Length <= _joinedLength + token.Length) Array.Resize(ref _joined, 2 * (_joinedLength + token.Length + 1));
        if (_tokens.Length == _count) Array.Resize(ref _tokens, Math.Max(64, 2 * _count));
        if (_count > 0 && cutting.Split != TokenSplit.Character) _joined[_joinedLength++] = ' ';
        token.CopyTo(_joined.AsSpan(_joinedLength));
        _tokens[_count] = (_joinedLength, _joinedLength += token.Length);
    }
}

/// <summary>
/// The characters of each word and their n-grams, none of which crosses a word's edge: n-grams see the edge as a space, so that beginnings and ends of words
/// are terms of their own.
/// </summary>
/// <remarks>As scikit-learn's <c>CountVectorizer(analyzer="char_wb")</c>, with the characters themselves.</remarks>
/// <param name="cutting">How text is cut.</param>
/// <param name="ngramLength">The most characters of a term.</param>
internal sealed class WordCharacterTerms(TextCutting cutting, int ngramLength) : TextTerms
{
    private readonly Tokenizer _words = Tokenizer.Of(cutting);
    private char[] _word = [];
    private int[] _starts = [];
    private int _count, _first, _left, _taken, _wordCount;

    internal override ReadOnlySpan<char> Current => _word.AsSpan(_starts[_first].._starts[_first + Length]);

    internal override TermPlace Place => new(_wordCount - 1, 1);

    internal override void Start(ReadOnlyMemory<char> text, int maxTokens = int.MaxValue)
    {
        _words.Start(text);
        (Length, _count, _first, _left, _taken, _wordCount) = (1, 0, 0, maxTokens, 0, 0);
    }

    internal override bool MoveNext()
    {
        _first++;
        while (true)
        {
            // The spaces at both ends are no terms by themselves.
            int last = Length == 1 ? _count - 2 : _count - Length;
            if (_first <= last) return true;
            (Length, _first) = (Length + 1, 0);
            if (Length <= Math.Min(ngramLength, _count)) continue;
            if (!NextWord()) return false;
        }
    }

    internal override bool IsCut() => _taken < _words.Current.Length || _words.MoveNext();

    internal override int SkipRest()
    {
        // Of the word in which the cut may be, then of all that follow.
        int count = _words.Current.IsEmpty ? 0 : CharactersOf(_words.Current[_taken..]);
        while (_words.MoveNext()) count += CharactersOf(_words.Current);
        return count;
    }

    private int CharactersOf(ReadOnlySpan<char> word)
    {
        int count = 0;
        for (; !word.IsEmpty; count++) word = word[_words.CharacterLength(word)..];
        return count;
    }

    private bool NextWord()
    {
        if (_left <= 0 || !_words.MoveNext()) return false;
        _wordCount++;
        var word = _words.Current;
        if (_word.Length < word.Length + 2) (_word, _starts) = (new char[2 * word.Length + 2], new int[2 * word.Length + 4]);
        (_count, _word[0], int end) = (1, ' ', 1);
        bool isAscii = Ascii.IsValid(word);
        for (int i = 0; i < word.Length && _left > 0; _left--)
        {
            int length = isAscii ? 1 : _words.CharacterLength(word[i..]);
            word.Slice(i, length).CopyTo(_word.AsSpan(end));
            _starts[_count++] = end;
            (i, end) = (i + length, end + length);
        }
        _word[end] = ' ';
        _taken = end - 1;
        (_starts[0], _starts[_count], _starts[_count + 1]) = (0, end, end + 1);
        _count++;
        (Length, _first) = (1, 1);
        return true;
    }
}
