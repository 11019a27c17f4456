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
    /// <param name="places">Receives where the term of each key stands; null where nobody asks.</param>
    internal Range Add(ReadOnlyMemory<char> text, List<TermPlace>? places = null)
    {
        int start = _count;
        terms.Start(text, maxTokens);
        if (places is null)
        {
            for (var all = terms.Take(out var taken); !taken.IsEmpty; all = terms.Take(out taken))
            {
                foreach (var (first, end) in taken) Add(tokens.KeyOf(all[first..end]));
            }
        }
        while (terms.MoveNext())
        {
            bool isToken = terms.Length == 1;
            uint key = (isToken ? tokens : ngrams).KeyOf(terms.Current);
            // N-grams without a key are left out, else most keys of a row were the unknown one.
            if (key == TermKeys.Unknown && !isToken) continue;
            Add(key);
            places?.Add(terms.Place);
        }
        return start.._count;
    }

    private void Add(uint key)
    {
        if (_count == _keys.Length) Array.Resize(ref _keys, (int)Math.Min(2L * _count, Array.MaxLength));
        _keys[_count++] = key;
    }

    /// <summary>Whether the end of the text last added was cut off; to be asked once.</summary>
    internal bool IsCut() => terms.IsCut();

    /// <summary>The keys at a place; valid until the next text is added.</summary>
    internal ReadOnlySpan<uint> At(Range place) => _keys.AsSpan(place);
}
