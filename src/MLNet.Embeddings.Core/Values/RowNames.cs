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
        // The row is never asked for a name: it may ignore case itself.
        string?[] taken = new string?[values.Length];
        List<int>? doubtful = null;
        foreach (var (name, value) in row)
        {
            if (PlaceOf(name) is not { } place || taken[place] == _names[place]) continue;
            if (taken[place] is not null && name != _names[place]) (doubtful ??= []).Add(place);
            (taken[place], values[place]) = (name, value);
        }
        if (doubtful?.FirstOrDefault(place => taken[place] != _names[place], -1) is >= 0 and var several) throw new ArgumentException(
            $"Several names of the row mean column '{_names[several]}', but for their case: '{taken[several]}' is one. Give one of them, or the name as it " +
            "is written.", nameof(row));
        if (_names.Length > 0 && Array.TrueForAll(taken, name => name is null)) throw new ArgumentException(
            $"The row has none of the model's columns, which are {string.Join(", ", _names.Select(name => $"'{name}'"))}. It has " +
            $"{(row.Count == 0 ? "nothing" : string.Join(", ", row.Keys.Take(20).Select(name => $"'{name}'")))}. Give values under the columns' names; those " +
            "that are left out are missing.", nameof(row));
    }
}
