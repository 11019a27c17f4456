namespace MLNet.Embeddings;

/// <summary>Turns texts into the keys of their terms, one text after the other. Belongs to one thread.</summary>
/// <param name="terms">Cuts the texts.</param>
/// <param name="tokens">Keys of the tokens.</param>
/// <param name="ngrams">Keys of the terms of several tokens.</param>
/// <param name="maxTokens">Tokens of a text after so many are cut off.</param>
internal sealed class TextKeys(TextTerms terms, TermKeys tokens, TermKeys ngrams, int maxTokens)
{
    private uint[] _keys = new uint[Math.Min(maxTokens, 64)];
    private int _count;

    /// <summary>Forgets all texts.</summary>
    internal void Clear() => _count = 0;

    /// <summary>Adds the keys of a text; gives their place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cuts">Counts it; null where nobody asks.</param>
    /// <param name="places">Receives where the term of each key stands; null where nobody asks.</param>
    internal Range Add(ReadOnlyMemory<char> text, CutTexts? cuts = null, List<TermPlace>? places = null)
    {
        int start = _count;
        terms.Start(text, maxTokens);
        while (terms.MoveNext())
        {
            bool isToken = terms.Length == 1;
            uint key = (isToken ? tokens : ngrams).KeyOf(terms.Current);
            // N-grams without a key are left out, else most keys of a row were the unknown one.
            if (key == TermKeys.Unknown && !isToken) continue;
            if (_count == _keys.Length) Array.Resize(ref _keys, (int)Math.Min(2L * _count, Array.MaxLength));
            _keys[_count++] = key;
            places?.Add(terms.Place);
        }
        if (cuts is not null && _count > start) cuts.Add(terms.IsCut());
        return start.._count;
    }

    /// <summary>The keys at a place; valid until the next text is added.</summary>
    internal ReadOnlySpan<uint> At(Range place) => _keys.AsSpan(place);
}

/// <summary>How many texts were read that have a token, and of how many the end was cut off. Any number of threads may count.</summary>
internal sealed class CutTexts
{
    private long _texts, _cut;

    /// <summary>Counts a text.</summary>
    internal void Add(bool isCut)
    {
        Interlocked.Increment(ref _texts);
        if (isCut) Interlocked.Increment(ref _cut);
    }

    /// <summary>The share of texts that were cut off, from 0 to 1.</summary>
    internal double Share => Interlocked.Read(ref _texts) is > 0 and var texts ? (double)Interlocked.Read(ref _cut) / texts : 0;
}
