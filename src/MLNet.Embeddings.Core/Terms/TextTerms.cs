namespace MLNet.Embeddings;

/// <summary>
/// Gives the terms of a text one after the other, without making a string of any: its tokens, then each two adjacent ones as one term, then each three.
/// Belongs to one thread.
/// </summary>
/// <param name="split">Where text is cut; characters are joined as they are, other tokens with a space between them.</param>
/// <param name="standardize">Whether text is lower-cased and its punctuation removed beforehand.</param>
/// <param name="ngramLength">The most tokens of a term.</param>
/// <param name="keepsSpacing">Whether tokens carry the spaces beside them, as <see cref="Tokenizer"/> says.</param>
internal sealed class TextTerms(TokenSplit split, bool standardize, int ngramLength, bool keepsSpacing = false)
{
    private readonly Tokenizer _tokenizer = new(split, standardize, keepsSpacing);

    // All tokens joined, of which every n-gram is a part.
    private char[] _joined = [];
    private int _joinedLength;

    private (int Start, int End)[] _tokens = [];
    private int _count, _maxTokens, _first;

    /// <summary>Number of tokens that the current term is made of.</summary>
    internal int Length { get; private set; }

    /// <summary>The term on which the last <see cref="MoveNext"/> came to stand; valid until the next one.</summary>
    internal ReadOnlySpan<char> Current => Length == 1 ? _tokenizer.Current : _joined.AsSpan(_tokens[_first].Start.._tokens[_first + Length - 1].End);

    /// <summary>Goes before the first term of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxTokens">Tokens after so many are cut off.</param>
    internal void Start(ReadOnlyMemory<char> text, int maxTokens = int.MaxValue)
    {
        _tokenizer.Start(text);
        (Length, _count, _joinedLength, _maxTokens) = (1, 0, 0, maxTokens);
    }

    /// <summary>Goes to the next term; false at the end.</summary>
    internal bool MoveNext()
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

    private bool MoveToNgram()
    {
        if (++_first + Length > _count) (Length, _first) = (Length + 1, 0);
        return Length <= ngramLength && _first + Length <= _count;
    }

    private void Join(ReadOnlySpan<char> token)
    {
        if (_joined.Length <= _joinedLength + token.Length) Array.Resize(ref _joined, 2 * (_joinedLength + token.Length + 1));
        if (_tokens.Length == _count) Array.Resize(ref _tokens, Math.Max(64, 2 * _count));
        if (_count > 0 && split != TokenSplit.Character) _joined[_joinedLength++] = ' ';
        token.CopyTo(_joined.AsSpan(_joinedLength));
        _tokens[_count] = (_joinedLength, _joinedLength += token.Length);
    }
}
