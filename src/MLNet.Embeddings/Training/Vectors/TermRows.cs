namespace MLNet.Embeddings;

/// <summary>The rows of a table by their terms; several rows may have one term.</summary>
internal sealed class TermRows
{
    private readonly Dictionary<string, int> _first = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int[] _next;

    /// <param name="rows">Number of rows; row 0 has no term.</param>
    internal TermRows(int rows)
    {
        _next = new int[rows];
        _lookup = _first.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Gives a row a term.</summary>
    internal void Add(string term, int row)
    {
        _next[row] = _first.GetValueOrDefault(term);
        _first[term] = row;
    }

    /// <summary>A row of a term; 0 if there is none.</summary>
    internal int FirstOf(ReadOnlySpan<char> term) => _lookup.TryGetValue(term, out int row) ? row : 0;

    /// <summary>Another row of a row's term; 0 if there are no more.</summary>
    internal int After(int row) => _next[row];
}
