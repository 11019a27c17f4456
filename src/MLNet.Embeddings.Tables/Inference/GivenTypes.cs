using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The types that are known before any value is seen: those of the options, of the schema that a view is to fit, and of the file.</summary>
internal sealed class GivenTypes
{
    private readonly DataKind?[] _types;

    /// <exception cref="ArgumentException">A column is named that the file does not have, or a type that no column can have.</exception>
    internal GivenTypes(TableSource source, TableOptions options)
    {
        foreach (string name in options.Types.Keys.Except(source.Names))
        {
            throw new ArgumentException(
                $"Types names the column '{name}', which {System.IO.Path.GetFileName(source.Path)} does not have. Its columns are: " +
                $"{string.Join(", ", source.Names.Take(30).Select(column => $"'{column}'"))}{(source.Names.Count > 30 ? ", ..." : "")}.", nameof(options));
        }
        _types = [.. source.Names.Select((name, i) => Of(name, source.TypeOf(i), options))];
    }

    /// <summary>The type of a column; null where its values decide.</summary>
    internal DataKind? this[int column] => _types[column];

    internal bool AreComplete => Array.TrueForAll(_types, type => type is not null);

    private static DataKind? Of(string name, DataKind? declared, TableOptions options)
    {
        if (options.Types.TryGetValue(name, out var given))
        {
            return FieldValues.CanRead(given) ? given
                : throw new ArgumentException($"Column '{name}' cannot be of type {given}; types are {FieldValues.AllKinds}.", nameof(options));
        }
        if (options.Schema is not { } schema) return declared;
        if (schema.GetColumnOrNull(name) is not { } column) return declared ?? DataKind.String;
        return FieldValues.KindOf(column.Type) ?? throw new ArgumentException(
            $"Schema has the column '{name}' of type {column.Type}, which a file cannot hold; types are {FieldValues.AllKinds}.", nameof(options));
    }
}
