using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The keys of a column with the terms by which they are found in a file of vectors.</summary>
/// <param name="terms">By key: the term; null where there is none, as for missing and unknown values.</param>
/// <param name="isPadded">True if key 0 is padding, false if it is the missing value.</param>
/// <param name="hasUnknown">True if key 1 stands for unknown values.</param>
internal sealed class VectorKeys(IReadOnlyList<string?> terms, bool isPadded, bool hasUnknown)
{
    /// <summary>The term that GloVe writes for the mean of its rarest words (glove.c, save_params).</summary>
    private const string UnknownTerm = "<unk>";

    /// <summary>Number of keys, without that of missing values.</summary>
    internal int Count => terms.Count - 1;

    /// <summary>By key: the term; null where there is none.</summary>
    internal IReadOnlyList<string?> Terms => terms;

    /// <summary>Whether a key is padding, whose row stays zeros.</summary>
    internal bool IsPadding(int key) => key == 0 && isPadded;

    /// <summary>Whether a key stands for values that are missing or unknown.</summary>
    internal bool IsUnknown(int key) => key == 0 && !isPadded || key == 1 && hasUnknown;

    /// <summary>The keys of a column whose type was checked.</summary>
    /// <param name="column">The column.</param>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="isPadded">True if key 0 is padding.</param>
    /// <exception cref="ArgumentOutOfRangeException">The keys have no values.</exception>
    internal static VectorKeys Of(EmbeddingColumn column, DataViewSchema schema, bool isPadded)
    {
        var read = schema[column.Name];
        int count = KeyReading.KeyCount(read);
        if (read.Annotations.Schema.GetColumnOrNull(KeyTerms.KeyValues)?.Type is not VectorDataViewType values || values.Size != count
            || ClassCodec.KindOf(values.ItemType) is not { } kind)
        {
            throw SchemaErrors.Mismatch(
                "key", column.Name, "keys with values, by which vectors are found in a file", $"{read.Type} without",
                "Make the keys with IndexTokens, IndexCategories or MapValueToKey, not hashed; or leave Vectors out.");
        }
        bool hasUnknown = read.HasUnknownKey();
        string[] texts = ClassCodec.Of(kind).Read(read.Annotations, KeyTerms.KeyValues);
        string?[] terms = [null, .. texts.Select(text => text.Length > 0 ? text : null)];
        if (hasUnknown) terms[1] = null;
        return new VectorKeys(terms, isPadded, hasUnknown);
    }

    /// <summary>The keys by their terms, and by the lower-case forms of those that have others.</summary>
    internal (TermRows Exact, TermRows LowerCase) Rows(bool lowerCase)
    {
        var (exact, lower) = (new TermRows(terms.Count), new TermRows(lowerCase ? terms.Count : 0));
        if (hasUnknown) exact.Add(UnknownTerm, 1);
        for (int key = 1; key < terms.Count; key++)
        {
            if (terms[key] is null) continue;
            string term = TextForm.Plain(terms[key]!);
            exact.Add(term, key);
            if (lowerCase && term.ToLowerInvariant() is var form && form != term) lower.Add(form, key);
        }
        return (exact, lower);
    }
}

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
