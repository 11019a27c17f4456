namespace MLNet.Embeddings;

/// <summary>Counts the terms of texts: collects a block of them, then cuts and counts on all cores.</summary>
internal sealed class TextCounter
{
    /// <summary>No more than these are collected: a source that reads on threads of its own would stand still while they are counted.</summary>
    private const int MaxTexts = 256;

    /// <summary>Fewer characters than these are not worth another thread.</summary>
    private const long CharactersPerThread = 4_096;

    private readonly (TextTerms Terms, VocabularyBuilder Counts)[] _threads;
    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[MaxTexts];
    private int _count;
    private long _characters;

    /// <param name="createTerms">Makes what gives one thread the terms of a text.</param>
    internal TextCounter(Func<TextTerms> createTerms) =>
        _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => (createTerms(), new VocabularyBuilder()))];

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
        foreach (var (_, counts) in _threads[1..]) _threads[0].Counts.Add(counts);
        return _threads[0].Counts;
    }

    private void CountBlock()
    {
        Parts.Run(_threads.Length, _count, Parts.Least(_count, _characters, CharactersPerThread), CountTexts);
        (_count, _characters) = (0, 0);
    }

    private void CountTexts(int part, int start, int end)
    {
        var (terms, counts) = _threads[part];
        foreach (var text in _texts.AsSpan(start..end))
        {
            terms.Start(text);
            while (terms.MoveNext()) counts.Add(terms.Current);
        }
    }
}
