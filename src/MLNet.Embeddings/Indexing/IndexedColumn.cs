namespace MLNet.Embeddings;

/// <summary>A column of keys, and the column that it is made of.</summary>
internal sealed record IndexedColumn(string OutputColumnName, string InputColumnName)
{
    /// <summary>Why no step can make these columns, a sentence each; empty when one can.</summary>
    internal static IEnumerable<string> Faults(IReadOnlyList<IndexedColumn> columns)
    {
        if (columns.Count == 0) yield return "There is no column; give at least one.";
        if (columns.Any(column => column is null or { OutputColumnName: "" } or { InputColumnName: "" }))
        {
            yield return "A column has no name.";
            yield break;
        }
        foreach (var (name, count) in columns.CountBy(column => column.OutputColumnName))
        {
            if (count > 1) yield return $"Column '{name}' would be made {count} times; give each column of keys a name of its own.";
        }
    }

    /// <summary>Columns in words, as messages name them.</summary>
    internal static string Describe(IReadOnlyCollection<string> names) => $"{(names.Count == 1 ? "column" : "columns")} {string.Join(", ", names.Select(name => $"'{name}'"))}";
}
