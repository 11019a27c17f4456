using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Counts the terms of texts on all cores, while further texts are read.</summary>
/// <remarks>
/// Whoever adds texts fills batches of them, which threads of the pool cut and count; where as many wait as keep these busy, the one that adds counts its own:
/// neither waits for the other. What is counted does not depend on who counts it.
/// </remarks>
/// <param name="createTerms">Makes what gives one thread the terms of a text.</param>
/// <param name="maxTokens">Tokens of a text behind so many will be cut off, so that they are no terms; their number is counted.</param>
/// <param name="mostInMemory">The most distinct terms in memory, of all threads together.</param>
/// <param name="threads">The most threads, that of the one that adds included; 0 for one a core.</param>
internal sealed class TextCounter(
    Func<TextTerms> createTerms, int maxTokens, int mostInMemory = VocabularyBuilder.MostInMemory, int threads = 0) : IDisposable
{
    /// <summary>So many batches wait for each thread at most: while the one that adds counts one, the others do not run out of them.</summary>
    private const int MostWaiting = 2;

    private readonly int _helpers = (threads > 0 ? threads : Environment.ProcessorCount) - 1;
    private readonly object _lock = new();
    private readonly Queue<TextBatch> _waiting = [];
    private readonly Stack<TextBatch> _empty = [];
    private readonly List<TextTally> _others = [];
    private readonly Stack<TextTally> _idle = [];
    private TextBatch _current = new();
    private TextTally? _own;
    private ExceptionDispatchInfo? _failure;
    private bool _isFinished;

    private TextTally Own => _own ??= CreateTally();

    /// <summary>Counts the terms of a text, at once or with those of later ones.</summary>
    internal void Add(ReadOnlyMemory<char> text)
    {
        if (_current.Add(text) && !HandOver()) Own.Count(_current);
    }

    /// <summary>The counts of all texts. There are no further ones.</summary>
    /// <param name="rows">The number of rows that they are of.</param>
    internal TermCounts Finish(long rows)
    {
        Own.Count(_current);
        while (TakeWaiting() is { } batch) Own.Count(batch);
        WaitForOthers();
        _failure?.Throw();
        foreach (var tally in _others)
        {
            Own.Terms.TakeOver(tally.Terms);
            Own.Lengths.Add(tally.Lengths);
        }
        _isFinished = true;
        return new TermCounts(Own.Terms, Own.Lengths, rows);
    }

    /// <summary>Ends what is still at work, and deletes the counts where they did not come to their end.</summary>
    public void Dispose()
    {
        if (_isFinished) return;
        while (TakeWaiting() is not null) { }
        WaitForOthers();
        foreach (var tally in _others) tally.Terms.Dispose();
        _own?.Terms.Dispose();
    }

    private TextTally CreateTally() => new(createTerms(), maxTokens, Math.Max(1, mostInMemory / (_helpers + 1)));

    /// <summary>Leaves the batch to another thread; false where enough wait.</summary>
    private bool HandOver()
    {
        TextTally? starting;
        lock (_lock)
        {
            _failure?.Throw();
            if (_waiting.Count >= MostWaiting * _helpers) return false;
            _waiting.Enqueue(_current);
            _current = _empty.TryPop(out var empty) ? empty : new TextBatch();
            if (!_idle.TryPop(out starting) && _others.Count < _helpers) _others.Add(starting = CreateTally());
        }
        if (starting is not null) ThreadPool.UnsafeQueueUserWorkItem(CountWaiting, starting, preferLocal: false);
        return true;
    }

    private TextBatch? TakeWaiting()
    {
        lock (_lock) return _waiting.TryDequeue(out var batch) ? batch : null;
    }

    private void CountWaiting(TextTally tally)
    {
        ExceptionDispatchInfo? failure = null;
        for (TextBatch? batch = null; (batch = Exchange(batch, tally, failure)) is not null;)
        {
            try
            {
                tally.Count(batch);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    /// <summary>Gives a batch back that was counted for one that waits; null where there is none, or counting failed, which ends the thread's work.</summary>
    private TextBatch? Exchange(TextBatch? counted, TextTally tally, ExceptionDispatchInfo? failure)
    {
        lock (_lock)
        {
            if (counted is not null) _empty.Push(counted);
            _failure ??= failure;
            if (_failure is null && _waiting.TryDequeue(out var batch)) return batch;
            _idle.Push(tally);
            Monitor.Pulse(_lock);
            return null;
        }
    }

    private void WaitForOthers()
    {
        lock (_lock)
        {
            while (_idle.Count < _others.Count) Monitor.Wait(_lock);
        }
    }
}

/// <summary>Texts that one thread counts at a time.</summary>
internal sealed class TextBatch
{
    /// <summary>So much is worth a thread, and little enough to be shared out evenly.</summary>
    private const int MostTexts = 1_024, EnoughCharacters = 1 << 15;

    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[MostTexts];
    private int _count;
    private long _characters;

    internal ReadOnlySpan<ReadOnlyMemory<char>> Texts => _texts.AsSpan(0, _count);

    /// <summary>Adds a text; true if the batch is full.</summary>
    internal bool Add(ReadOnlyMemory<char> text)
    {
        // Of other memory than that of a string nobody says that it stays as it is when the row is left.
        _texts[_count++] = MemoryMarshal.TryGetString(text, out _, out _, out _) ? text : text.ToArray();
        _characters += text.Length;
        return _count == MostTexts || _characters >= EnoughCharacters;
    }

    internal void Clear()
    {
        _texts.AsSpan(0, _count).Clear();
        (_count, _characters) = (0, 0);
    }
}

/// <summary>What one thread has counted.</summary>
/// <param name="terms">Gives the terms of a text.</param>
/// <param name="maxTokens">Tokens behind so many are cut off.</param>
/// <param name="mostInMemory">The most distinct terms in memory.</param>
internal sealed class TextTally(TextTerms terms, int maxTokens, int mostInMemory)
{
    /// <summary>How often each term was met.</summary>
    internal VocabularyBuilder Terms { get; } = new(mostInMemory);

    /// <summary>How long the texts are.</summary>
    internal TextLengths Lengths { get; } = new();

    /// <summary>Counts the terms of a batch, which is empty then.</summary>
    internal void Count(TextBatch batch)
    {
        foreach (var text in batch.Texts) Count(text);
        batch.Clear();
    }

    private void Count(ReadOnlyMemory<char> text)
    {
        int tokens = 0;
        terms.Start(text, maxTokens);
        for (var all = terms.Take(out var taken); !taken.IsEmpty; all = terms.Take(out taken))
        {
            foreach (var (start, end) in taken) Terms.Add(all, start, end);
            tokens += taken.Length;
        }
        while (terms.MoveNext())
        {
            Terms.Add(terms.Current);
            if (terms.Length == 1) tokens++;
        }
        Lengths.Add(tokens, terms.SkipRest());
    }
}
