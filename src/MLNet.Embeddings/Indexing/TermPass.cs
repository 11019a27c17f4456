using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Counts the terms of a view's rows.</summary>
internal static class TermPass
{
    /// <summary>The columns of a request in a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is missing, or is not text or of values that are categories, whatever the request is for.</exception>
    internal static DataViewSchema.Column[] Sources(TermRequest request, DataViewSchema schema) => [.. request.Columns.Select(name =>
    {
        string role = request.Texts is null ? CategoryReader.Role : TokenIndexingTransformer.Role;
        var column = schema.Find(role, name);
        if (request.Texts is not null) InputType.Of(column).RequireText(name);
        else CategoryReader.Of(column, request.Rules);
        return column;
    })];

    /// <summary>Counts in one pass, on all cores; only the columns of the request are read.</summary>
    /// <param name="request">What to count.</param>
    /// <param name="view">The rows; there may be none.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="host">The context, whose cancellation ends the pass as well.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type.</exception>
    /// <exception cref="OperationCanceledException">The pass was ended.</exception>
    /// <exception cref="IOException">There are more terms than are counted in memory, and no room for them in the temporary folder.</exception>
    internal static TermCounts Run(TermRequest request, IDataView view, RowPass pass, IHost host)
    {
        var sources = Sources(request, view.Schema);
        List<TermTally> tallies = [];
        try
        {
            SplitRows.Read(view, sources, pass, (cursor, cursors) =>
            {
                TermTally tally = request.Texts is { } texts
                    ? new TextTermTally(texts, request.Rules, cursor, sources, cursors)
                    : new ValueTermTally(request.Rules, cursor, sources, cursors);
                tallies.Add(tally);
                return () =>
                {
                    if (ClosedSide.IsCanceled(host)) throw new OperationCanceledException("The MLContext was cancelled.");
                    tally.Add();
                };
            });
            var counts = tallies[0].Finish();
            foreach (var tally in tallies[1..]) counts.TakeOver(tally.Finish());
            return counts;
        }
        catch
        {
            foreach (var tally in tallies) tally.Dispose();
            throw;
        }
    }
}

/// <summary>The terms that one cursor's rows have.</summary>
internal abstract class TermTally : IDisposable
{
    /// <summary>Number of rows.</summary>
    private protected long Rows { get; private set; }

    /// <summary>Counts those of the row that the cursor stands on.</summary>
    internal void Add()
    {
        Rows++;
        Count();
    }

    /// <summary>The counts. There are no further rows.</summary>
    internal abstract TermCounts Finish();

    /// <summary>Deletes counts that came to no end.</summary>
    public abstract void Dispose();

    private protected abstract void Count();
}

/// <summary>The terms of texts, which are cut on the cores that are left to each cursor.</summary>
internal sealed class TextTermTally : TermTally
{
    private readonly ValueGetter<ReadOnlyMemory<char>>[] _getters;
    private readonly TextCounter _counter;
    private ReadOnlyMemory<char> _text;

    internal TextTermTally(TextRequest texts, int rules, DataViewRow row, DataViewSchema.Column[] sources, int cursors)
    {
        _getters = Array.ConvertAll(sources, row.GetGetter<ReadOnlyMemory<char>>);
        _counter = new(() => texts.CreateTerms(rules), texts.MaxTokens, VocabularyBuilder.MostInMemory / cursors,
            threads: Math.Max(1, Environment.ProcessorCount / cursors));
    }

    internal override TermCounts Finish() => _counter.Finish(Rows);

    public override void Dispose() => _counter.Dispose();

    private protected override void Count()
    {
        foreach (var getter in _getters)
        {
            getter(ref _text);
            _counter.Add(_text);
        }
    }
}

/// <summary>Values that are terms.</summary>
internal sealed class ValueTermTally : TermTally
{
    private readonly VocabularyBuilder _terms;
    private readonly Action[] _counts;

    internal ValueTermTally(int rules, DataViewRow row, DataViewSchema.Column[] sources, int cursors)
    {
        var terms = _terms = new(VocabularyBuilder.MostInMemory / cursors);
        _counts = Array.ConvertAll(sources, source => CategoryReader.Of(source, rules).CreateCounter(row, terms));
    }

    internal override TermCounts Finish() => new(_terms, new TextLengths(), Rows);

    public override void Dispose() => _terms.Dispose();

    private protected override void Count()
    {
        foreach (var count in _counts) count();
    }
}
