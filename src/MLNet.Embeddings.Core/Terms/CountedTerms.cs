namespace MLNet.Embeddings;

/// <summary>Terms, each once and with its count, one after the other.</summary>
internal abstract class CountedTerms
{
    /// <summary>The term on which the last <see cref="MoveNext"/> came to stand; valid until the next one.</summary>
    internal abstract ReadOnlySpan<char> Term { get; }

    /// <summary>How often it was met.</summary>
    internal abstract long Count { get; }

    /// <summary>Goes to the next term; false at the end.</summary>
    internal abstract bool MoveNext();
}

/// <summary>The terms of several sources, each in ordinal order, in this order; a term of several comes once, with the sum of its counts.</summary>
internal sealed class MergedTerms : CountedTerms
{
    private static readonly Comparer<CountedTerms> ByTerm = Comparer<CountedTerms>.Create((one, other) => one.Term.SequenceCompareTo(other.Term));

    private readonly PriorityQueue<CountedTerms, CountedTerms> _sources = new(ByTerm);
    private char[] _term = [];
    private int _length;
    private long _count;

    internal MergedTerms(IEnumerable<CountedTerms> sources)
    {
        foreach (var source in sources) Advance(source);
    }

    internal override ReadOnlySpan<char> Term => _term.AsSpan(0, _length);

    internal override long Count => _count;

    internal override bool MoveNext()
    {
        if (!_sources.TryPeek(out var first, out _)) return false;
        _length = first.Term.Length;
        if (_term.Length < _length) _term = new char[2 * _length];
        first.Term.CopyTo(_term);
        _count = 0;
        while (_sources.TryPeek(out var next, out _) && next.Term.SequenceEqual(Term))
        {
            _count += next.Count;
            // It leaves the queue before it moves on: its place there is by the term it stands on.
            _sources.Dequeue();
            Advance(next);
        }
        return true;
    }

    private void Advance(CountedTerms source)
    {
        if (source.MoveNext()) _sources.Enqueue(source, source);
    }
}
