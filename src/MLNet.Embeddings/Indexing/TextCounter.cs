using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Counts the tokens of texts: reads a block of them, then cuts and counts on all cores.</summary>
internal sealed class TextCounter : ITermCounter
{
    /// <summary>No more than these are read at once: a source that reads on threads of its own would stand still meanwhile.</summary>
    private const int MaxTexts = 256;

    /// <summary>Fewer characters than these are not worth another thread.</summary>
    private const long CharactersPerThread = 4_096;

    private readonly ValueGetter<ReadOnlyMemory<char>> _getText;
    private readonly (Tokenizer Tokenizer, VocabularyBuilder Terms)[] _threads;
    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[MaxTexts];
    private int _count;
    private long _characters;

    /// <param name="getText">Getter of the texts.</param>
    /// <param name="createTokenizer">Makes the tokenizer of one thread.</param>
    internal TextCounter(ValueGetter<ReadOnlyMemory<char>> getText, Func<Tokenizer> createTokenizer)
    {
        _getText = getText;
        _threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => (createTokenizer(), new VocabularyBuilder()))];
    }

    public void Count()
    {
        _getText(ref _texts[_count]);
        _characters += _texts[_count].Length;
        if (++_count == MaxTexts) CountBlock();
    }

    public VocabularyBuilder Finish()
    {
        CountBlock();
        foreach (var (_, terms) in _threads[1..]) _threads[0].Terms.Add(terms);
        return _threads[0].Terms;
    }

    private void CountBlock()
    {
        Parts.Run(_threads.Length, _count, Parts.Least(_count, _characters, CharactersPerThread), CountTexts);
        (_count, _characters) = (0, 0);
    }

    private void CountTexts(int part, int start, int end)
    {
        var (tokenizer, terms) = _threads[part];
        foreach (var text in _texts.AsSpan(start..end))
        {
            tokenizer.Start(text);
            while (tokenizer.MoveNext()) terms.Add(tokenizer.Current);
        }
    }
}
