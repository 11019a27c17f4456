using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Counts the terms of texts on all cores, while further texts are read.</summary>
/// <remarks>
/// Whoever adds texts fills a block of them. A full one is cut and counted by a thread of the pool if there is one for it, else by the one that adds: neither
/// waits for the other. What is counted does not depend on who counts it.
/// </remarks>
/// <param name="createTerms">Makes what gives one thread the terms of a text.</param>
/// <param name="maxTokens">Tokens of a text behind so many will be cut off, so that they are no terms; their number is counted.</param>
/// <param name="mostInMemory">The most distinct terms in memory, of all threads together.</param>
internal sealed class TextCounter(Func<TextTerms> createTerms, int maxTokens, int mostInMemory = VocabularyBuilder.MostInMemory) : IDisposable
{
    private readonly int _threads = Environment.ProcessorCount;
    private readonly List<TextBlock> _blocks = [];
    private readonly Stack<TextBlock> _idle = [];
    private TextBlock? _current;
    private bool _isFinished;

    /// <summary>Counts the terms of a text, at once or with those of later ones.</summary>
    internal void Add(ReadOnlyMemory<char> text)
    {
        _current ??= Take()!;
        if (!_current.Add(text)) return;
        if (Take() is { } next)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_current, preferLocal: false);
            _current = next;
        }
        else
        {
            _current.Count();
        }
    }

    /// <summary>The counts of all texts. There are no further ones.</summary>
    /// <param name="rows">The number of rows that they are of.</param>
    internal TermCounts Finish(long rows)
    {
        var first = _current ?? Take()!;
        first.Count();
        WaitForOthers();
        foreach (var block in _blocks)
        {
            block.Failure?.Throw();
            if (block == first) continue;
            first.Terms.TakeOver(block.Terms);
            first.Lengths.Add(block.Lengths);
        }
        _isFinished = true;
        return new TermCounts(first.Terms, first.Lengths, rows);
    }

    /// <summary>Ends what is still at work, and deletes the counts where they did not come to their end.</summary>
    public void Dispose()
    {
        if (_isFinished) return;
        WaitForOthers();
        foreach (var block in _blocks) block.Terms.Dispose();
    }

    /// <summary>A block that nobody is at work on; null where each thread has one.</summary>
    private TextBlock? Take()
    {
        lock (_idle)
        {
            if (_idle.TryPeek(out var block))
            {
                block.Failure?.Throw();
                return _idle.Pop();
            }
        }
        if (_blocks.Count == _threads) return null;
        _blocks.Add(new TextBlock(createTerms(), maxTokens, Math.Max(1, mostInMemory / _threads), Return));
        return _blocks[^1];
    }

    private void Return(TextBlock block)
    {
        lock (_idle)
        {
            _idle.Push(block);
            Monitor.Pulse(_idle);
        }
    }

    private void WaitForOthers()
    {
        int others = _blocks.Count - (_blocks.Count == 0 ? 0 : 1);
        lock (_idle)
        {
            while (_idle.Count < others) Monitor.Wait(_idle);
        }
    }
}

/// <summary>Texts that one thread counts at a time, and what it has counted.</summary>
/// <param name="terms">Gives the terms of a text.</param>
/// <param name="maxTokens">Tokens behind so many are cut off.</param>
/// <param name="mostInMemory">The most distinct terms in memory.</param>
/// <param name="giveBack">Takes the block back from the thread that counted it.</param>
internal sealed class TextBlock(TextTerms terms, int maxTokens, int mostInMemory, Action<TextBlock> giveBack) : IThreadPoolWorkItem
{
    /// <summary>So much is worth a thread, and little enough to be shared out evenly.</summary>
    private const int MostTexts = 1_024, EnoughCharacters = 1 << 15;

    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[MostTexts];
    private int _count;
    private long _characters;

    /// <summary>How often each term was met.</summary>
    internal VocabularyBuilder Terms { get; } = new(mostInMemory);

    /// <summary>How long the texts are.</summary>
    internal TextLengths Lengths { get; } = new();

    /// <summary>Why counting ended; null if it did not.</summary>
    internal ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Adds a text; true if the block is full.</summary>
    internal bool Add(ReadOnlyMemory<char> text)
    {
        // Of other memory than that of a string nobody says that it stays as it is when the row is left.
        _texts[_count++] = MemoryMarshal.TryGetString(text, out _, out _, out _) ? text : text.ToArray();
        _characters += text.Length;
        return _count == MostTexts || _characters >= EnoughCharacters;
    }

    /// <summary>Counts the terms of its texts, and is empty again.</summary>
    internal void Count()
    {
        foreach (var text in _texts.AsSpan(0, _count)) Count(text);
        _texts.AsSpan(0, _count).Clear();
        (_count, _characters) = (0, 0);
    }

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            Count();
        }
        catch (Exception e)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
        }
        giveBack(this);
    }

    private void Count(ReadOnlyMemory<char> text)
    {
        int tokens = 0;
        terms.Start(text, maxTokens);
        while (terms.MoveNext())
        {
            Terms.Add(terms.Current);
            if (terms.Length == 1) tokens++;
        }
        Lengths.Add(tokens, terms.SkipRest());
    }
}
