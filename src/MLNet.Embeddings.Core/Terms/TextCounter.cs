namespace MLNet.Embeddings;

/// <summary>Counts the terms of texts: collects a block of them, then cuts and counts on all cores.</summary>
internal sealed class TextCounter
{
    /// <summary>No more than these are collected: a source that reads on threads of its own would stand still while they are counted.</summary>
    private const int MaxTexts = 256;

    /// <summary>Fewer characters than these are not worth another thread.</summary>
    private const long CharactersPerThread = 4_096;

    private readonly (TextTerms Terms, VocabularyBuilder Counts, TextLengths Lengths)[] _threads;
    private readonly int _maxTokens;
    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[MaxTexts];
    private int _count;
    private long _characters;

    /// <param name="createTerms">Makes what gives one thread the terms of a text.</param>
    /// <param name="maxTokens">Tokens of a text behind so many will be cut off, so that they are no terms; their number is counted.</param>
    internal TextCounter(Func<TextTerms> createTerms, int maxTokens)
    {
        _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => (createTerms(), new VocabularyBuilder(), new TextLengths()))];
        _maxTokens = maxTokens;
    }

    /// <summary>The lengths of all texts that were counted.</summary>
    internal TextLengths Lengths => _threads.Select(thread => thread.Lengths).Aggregate((sum, more) => sum.Plus(more));

    /// <summary>Counts the terms of a text, at once or with those of later ones: its memory must stay as it is.</summary>
    internal void Add(ReadOnlyMemory<char> text)
    {
        _texts[_count++] = text;
        _characters += text.Length;
        if (_count == MaxTexts) CountBlock();
    }

    /// <summary>The counts of all texts.</summary>
    internal VocabularyBuilder Finish()
    {
        CountBlock();
        foreach (var (_, counts, _) in _threads[1..]) _threads[0].Counts.Add(counts);
        return _threads[0].Counts;
    }

    private void CountBlock()
    {
        Parts.Run(_threads.Length, _count, Parts.Least(_count, _characters, CharactersPerThread), CountTexts);
        (_count, _characters) = (0, 0);
    }

    private void CountTexts(int part, int start, int end)
    {
        var (terms, counts, lengths) = _threads[part];
        foreach (var text in _texts.AsSpan(start..end))
        {
            int tokens = 0;
            terms.Start(text, _maxTokens);
            while (terms.MoveNext())
            {
                counts.Add(terms.Current);
                if (terms.Length == 1) tokens++;
            }
            lengths.Add(tokens, terms.SkipRest());
        }
    }
}

/// <summary>How long texts are that have a token at all.</summary>
internal sealed class TextLengths
{
    /// <summary>Number of texts.</summary>
    internal long Texts { get; private set; }

    /// <summary>Number of texts of which tokens are cut off.</summary>
    internal long Longer { get; private set; }

    /// <summary>Tokens of the longest text, those that are cut off included.</summary>
    internal int Longest { get; private set; }

    /// <summary>Tokens of all texts that are not cut off.</summary>
    internal long Tokens { get; private set; }

    /// <summary>Counts a text.</summary>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="cutOff">Those behind them that are cut off.</param>
    internal void Add(int tokens, int cutOff)
    {
        if (tokens == 0) return;
        Texts++;
        Tokens += tokens;
        if (cutOff > 0) Longer++;
        Longest = Math.Max(Longest, tokens + cutOff);
    }

    /// <summary>The lengths of these texts and of others.</summary>
    internal TextLengths Plus(TextLengths other) => new()
    {
        Texts = Texts + other.Texts,
        Longer = Longer + other.Longer,
        Longest = Math.Max(Longest, other.Longest),
        Tokens = Tokens + other.Tokens,
    };
}
