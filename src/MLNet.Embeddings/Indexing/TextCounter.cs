using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Counts the terms of texts: reads a block of them, of one column or several, then cuts and counts on all cores.</summary>
internal sealed class TextCounter : ITermCounter
{
    /// <summary>No more than these are read at once: a source that reads on threads of its own would stand still meanwhile.</summary>
    private const int MaxTexts = 256;

    /// <summary>Fewer characters than these are not worth another thread.</summary>
    private const long CharactersPerThread = 4_096;

    private readonly ValueGetter<ReadOnlyMemory<char>>[] _getTexts;
    private readonly (TextTerms Terms, VocabularyBuilder Counts)[] _threads;
    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[MaxTexts];
    private int _count;
    private long _characters;

    /// <param name="getTexts">Getters of the texts, one a column.</param>
    /// <param name="createTerms">Makes what gives one thread the terms of a text.</param>
    internal TextCounter(ValueGetter<ReadOnlyMemory<char>>[] getTexts, Func<TextTerms> createTerms)
    {
        _getTexts = getTexts;
        _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => (createTerms(), new VocabularyBuilder()))];
    }

    public void Count()
    {
        foreach (var getText in _getTexts)
        {
            getText(ref _texts[_count]);
            _characters += _texts[_count].Length;
            if (++_count == MaxTexts) CountBlock();
        }
    }

    public VocabularyBuilder Finish()
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
