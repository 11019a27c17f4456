using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Counts terms, and makes a vocabulary of the most frequent. Its memory grows with the distinct terms up to a bound, never with the data.</summary>
/// <remarks>
/// Beyond the bound the terms so far go, sorted, to a file; the vocabulary is made of all files, merged while they are read. It is the same one, whatever the
/// bound and whoever counted which part of the data. Belongs to one thread.
/// </remarks>
/// <param name="mostInMemory">The most distinct terms in memory, and a sixteenth of the most characters of them.</param>
internal sealed class VocabularyBuilder(int mostInMemory = VocabularyBuilder.MostInMemory) : IMergeable, IDisposable
{
    /// <summary>The most distinct terms in memory: about 300 MB.</summary>
    internal const int MostInMemory = 4_000_000;

    private readonly TermTable _table = new();
    private readonly TermRuns _runs = new();

    /// <summary>Number of files beside what is in memory.</summary>
    internal int Files => _runs.Count;

    /// <summary>The terms so far: as they were met first, if they are in memory, else in ordinal order.</summary>
    internal IReadOnlyList<string> Terms
    {
        get
        {
            List<string> all = [];
            for (var terms = Read(); terms.MoveNext();) all.Add(terms.Term.ToString());
            return all;
        }
    }

    /// <summary>Counts a term once or more often; an empty one is missing and not counted.</summary>
    internal void Add(ReadOnlySpan<char> term, long times = 1)
    {
        if (term.IsEmpty || times == 0) return;
        if (_table.Add(term, times)) SpillIfFull();
    }

    /// <summary>Counts a part of a text that is not empty.</summary>
    internal void Add(ReadOnlySpan<char> text, int start, int end)
    {
        if (_table.Add(text, start, end)) SpillIfFull();
    }

    /// <summary>Adds the counts of another, which must not be used any more.</summary>
    internal void TakeOver(VocabularyBuilder other)
    {
        _runs.Add(other._runs);
        Add(new TableTerms(other._table, inOrder: false));
    }

    /// <summary>How often these terms were counted, together.</summary>
    /// <param name="terms">The terms, each once.</param>
    internal long CountOf(IEnumerable<string> terms)
    {
        if (_runs.IsEmpty) return terms.Sum(term => _table.CountOf(term));
        long sum = 0;
        var wanted = terms.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var all = Read(); all.MoveNext();)
        {
            if (wanted.Contains(all.Term)) sum += all.Count;
        }
        return sum;
    }

    /// <summary>A vocabulary of the terms that are known already and of the new ones, these by falling count and then in ordinal order.</summary>
    /// <param name="settings">The cap and the least count of the new terms.</param>
    /// <param name="known">The unknown term at least.</param>
    /// <param name="summary">A sentence on what became of the terms met.</param>
    internal Vocabulary Build(VocabularySettings settings, Vocabulary known, out string summary)
    {
        var (added, met) = (new TopTerms(settings.MaxTerms), 0L);
        var (distinct, total, found, unknown) = (0L, 0L, 0L, 0L);
        for (var terms = Read(); terms.MoveNext(); distinct++)
        {
            var term = terms.Term;
            long count = terms.Count;
            total += count;
            if (known.KeyOf(term) != TermKeys.Unknown)
            {
                met++;
                continue;
            }
            unknown += count;
            if (count < settings.MinCount || known.Contains(term) || !Vocabulary.IsTerm(term)) continue;
            found++;
            added.Add(term, count);
        }

        int least = settings.LeastCount((int)Math.Min(int.MaxValue, known.Count + found));
        var news = added.Take(least);
        unknown -= news.Sum(term => term.Count);
        var culture = CultureInfo.InvariantCulture;
        string ofThem = known.Terms.Count > 1 ? string.Create(culture, $", {news.Count:N0} of them new ones") : "";
        summary = string.Create(culture,
            $"{news.Count + met:N0} of {distinct:N0} terms have keys{ofThem}; {unknown:N0} of {total:N0} occurrences are unknown.");
        return known.With(news.Select(term => term.Term));
    }

    /// <inheritdoc/>
    /// <remarks>In ordinal order: a sorted run.</remarks>
    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(VocabularyBuilder));
        TermRun.Write(writer, InOrder());
    }

    /// <inheritdoc/>
    public void Merge(BinaryReader reader) =>
        Merging.Read(reader, nameof(VocabularyBuilder), () => Add(new TermRunReader(reader)));

    /// <summary>Deletes the files.</summary>
    public void Dispose() => _runs.Dispose();

    private void Add(CountedTerms terms)
    {
        while (terms.MoveNext()) Add(terms.Term, terms.Count);
    }

    private CountedTerms Read() => _runs.IsEmpty ? new TableTerms(_table, inOrder: false) : InOrder();

    private CountedTerms InOrder()
    {
        var table = new TableTerms(_table, inOrder: true);
        return _runs.IsEmpty ? table : new MergedTerms([table, .. _runs.Open()]);
    }

    private void SpillIfFull()
    {
        if (_table.Count <= mostInMemory && _table.Characters <= 16L * mostInMemory) return;
        _runs.Add(new TableTerms(_table, inOrder: true));
        _table.Clear();
    }
}

/// <summary>Keeps the most frequent of terms that come in any order: by falling count, then in ordinal order.</summary>
/// <param name="most">The most terms kept.</param>
internal sealed class TopTerms(int most)
{
    // Sorted and cut whenever there are half as many again: a heap of those that stay, paid for by the term.
    private readonly long _capacity = most + most / 2L + 16;
    private readonly List<CountedTerm> _terms = [];
    private CountedTerm? _last;

    /// <summary>Adds a term that was not there before.</summary>
    internal void Add(ReadOnlySpan<char> term, long count)
    {
        if (_last is { } last && (count < last.Count || count == last.Count && term.SequenceCompareTo(last.Term) > 0)) return;
        _terms.Add(new(count, TermTable.StartOf(term), term.ToString()));
        if (_terms.Count < _capacity) return;
        Cut();
        _last = _terms[^1];
    }

    /// <summary>Those kept that came so often at least, in their order.</summary>
    internal List<CountedTerm> Take(long least)
    {
        Cut();
        int count = _terms.FindIndex(term => term.Count < least);
        return count < 0 ? _terms : _terms[..count];
    }

    private void Cut()
    {
        _terms.Sort();
        if (_terms.Count > most) _terms.RemoveRange(most, _terms.Count - most);
    }
}

/// <summary>A term, how often it was met, and its first characters as a number, by which most are in order.</summary>
internal readonly record struct CountedTerm(long Count, ulong Start, string Term) : IComparable<CountedTerm>
{
    public int CompareTo(CountedTerm other) => Count != other.Count ? other.Count.CompareTo(Count)
        : Start != other.Start ? Start.CompareTo(other.Start) : string.CompareOrdinal(Term, other.Term);
}
