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

    /// <summary>Counts in one pass; only the columns of the request are read.</summary>
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
        using var cursor = view.GetRowCursor(sources);
        return request.Texts is { } texts
            ? CountTexts(texts, request.Rules, cursor, sources, pass, host)
            : CountValues(request.Rules, cursor, sources, pass, host);
    }

    private static TermCounts CountTexts(
        TextRequest texts, int rules, DataViewRowCursor cursor, DataViewSchema.Column[] sources, RowPass pass, IHost host)
    {
        using var counter = new TextCounter(() => texts.CreateTerms(rules), texts.MaxTokens);
        var getTexts = Array.ConvertAll(sources, cursor.GetGetter<ReadOnlyMemory<char>>);
        var text = default(ReadOnlyMemory<char>);
        long rows = 0;
        for (; Next(cursor, pass, host); rows++)
        {
            foreach (var getText in getTexts)
            {
                getText(ref text);
                counter.Add(text);
            }
        }
        return counter.Finish(rows);
    }

    private static TermCounts CountValues(int rules, DataViewRowCursor cursor, DataViewSchema.Column[] sources, RowPass pass, IHost host)
    {
        var terms = new VocabularyBuilder();
        try
        {
            var counts = Array.ConvertAll(sources, source => CategoryReader.Of(source, rules).CreateCounter(cursor, terms));
            long rows = 0;
            for (; Next(cursor, pass, host); rows++)
            {
                foreach (var count in counts) count();
            }
            return new TermCounts(terms, new TextLengths(), rows);
        }
        catch
        {
            terms.Dispose();
            throw;
        }
    }

    private static bool Next(DataViewRowCursor cursor, RowPass pass, IHost host)
    {
        if (!cursor.MoveNext()) return false;
        pass.Next();
        return !ClosedSide.IsCanceled(host) ? true : throw new OperationCanceledException("The MLContext was cancelled.");
    }
}
