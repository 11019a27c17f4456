namespace MLNet.Embeddings;

/// <summary>The names of the columns that a model reads, found in rows as they are written or, where that is plain, ignoring case.</summary>
internal sealed class RowNames
{
    private readonly string[] _names;
    private readonly Dictionary<string, int> _exact, _ignoringCase;

    internal RowNames(string[] names)
    {
        _names = names;
        _exact = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
        _ignoringCase = names.Index().GroupBy(name => name.Item, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() == 1)
            .ToDictionary(alike => alike.Key, alike => alike.First().Index, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The place of the column that a name means; null for none.</summary>
    internal int? PlaceOf(string name) => _exact.TryGetValue(name, out int place) || _ignoringCase.TryGetValue(name, out place) ? place : null;

    /// <summary>Takes the columns' values out of a row; null for those that are not in it. Other names are ignored: rows often have more.</summary>
    /// <exception cref="ArgumentException">No column is in the row, or two names that are alike but for their case mean one.</exception>
    internal void Take(IReadOnlyDictionary<string, object?> row, object?[] values)
    {
        Array.Clear(values);
        bool[] isFound = new bool[values.Length];
        int found = 0;
        foreach (var (name, value) in row)
        {
            if (PlaceOf(name) is not { } place) continue;
            if (_names[place] != name && row.ContainsKey(_names[place])) continue;
            if (isFound[place]) throw new ArgumentException(
                $"Several names of the row mean column '{_names[place]}', but for their case: '{name}' is one. Give one of them, or the name as it is written.",
                nameof(row));
            (isFound[place], values[place]) = (true, value);
            found++;
        }
        if (found == 0 && _names.Length > 0) throw new ArgumentException(
            $"The row has none of the model's columns, which are {string.Join(", ", _names.Select(name => $"'{name}'"))}. It has " +
            $"{(row.Count == 0 ? "nothing" : string.Join(", ", row.Keys.Take(20).Select(name => $"'{name}'")))}. Give values under the columns' names; those " +
            "that are left out are missing.", nameof(row));
    }
}
