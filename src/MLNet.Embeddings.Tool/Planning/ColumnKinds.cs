namespace MLNet.Embeddings.Tool;

/// <summary>The columns that somebody names by kind, and those to leave out.</summary>
/// <param name="Kinds">Names of columns, each with its kind: text, category, number or date.</param>
/// <param name="Ignored">Names of columns that are not to be read.</param>
internal sealed record ColumnKinds(IReadOnlyDictionary<string, string> Kinds, IReadOnlySet<string> Ignored)
{
    internal const string Text = "text", Category = "category", Number = "number", Date = "date";

    /// <summary>The column as an input of its kind.</summary>
    internal InputColumn Of(string name) => Kinds[name] switch
    {
        Text => InputColumn.Text(name),
        Category => InputColumn.Category(name),
        Number => InputColumn.Number(name),
        _ => InputColumn.Date(name),
    };

    /// <summary>The names in lists that are separated by commas. A name that has a comma itself is one that the table has.</summary>
    /// <exception cref="UserException">A name is none of the table's, or is given two kinds.</exception>
    internal static ColumnKinds Of(IReadOnlyList<(string Kind, string[] Lists)> given, string[] ignored, TableDescription table)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        string file = Path.GetFileName(table.Path);
        Dictionary<string, string> kinds = [];
        foreach (var (kind, lists) in given)
        {
            foreach (string name in Names(lists, names, file))
            {
                if (!kinds.TryAdd(name, kind) && kinds[name] != kind)
                    throw new UserException($"The column '{name}' is named as {kinds[name]} and as {kind}; choose one.");
            }
        }
        HashSet<string> left = [.. Names(ignored, names, file)];
        if (left.FirstOrDefault(kinds.ContainsKey) is { } both)
            throw new UserException($"The column '{both}' is named as {kinds[both]} and to be ignored; choose one.");
        return new ColumnKinds(kinds, left);
    }

    private static IEnumerable<string> Names(string[] lists, string[] known, string file)
    {
        foreach (string list in lists)
        {
            string[] names = known.Contains(list) ? [list] : list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (string name in names)
            {
                Suggestion.Require(name, known, file);
                yield return name;
            }
        }
    }
}
