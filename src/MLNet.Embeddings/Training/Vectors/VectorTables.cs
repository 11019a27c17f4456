using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The tables of a network that begin with pretrained vectors.</summary>
internal sealed class VectorTables
{
    /// <summary>By full name, each with the numbers of the columns that read it.</summary>
    private readonly Dictionary<string, (VectorTable Table, int[] Columns)> _tables;

    private VectorTables(Dictionary<string, (VectorTable Table, int[] Columns)> tables) => _tables = tables;

    /// <summary>What the tables begin with, by their full names.</summary>
    internal IReadOnlyDictionary<string, InitialArray> Starts => _tables.ToDictionary(table => table.Key, table => table.Value.Table.Start);

    /// <summary>Length of a column's vectors; null if its table does not begin with pretrained ones.</summary>
    internal int? DimensionsOf(EmbeddingColumn column) => _tables.TryGetValue(NameOf(column), out var found) ? found.Table.Dimensions : null;

    /// <summary>Reads all files that the columns name, each once.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="seed">Decides the vectors of terms that are not in the files.</param>
    /// <param name="begin">Begins the pass over the terms of a file for the table of a name.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that cannot be used.</exception>
    /// <exception cref="IOException">A file is not there, or cannot be read.</exception>
    /// <exception cref="FormatException">A file is none of vectors.</exception>
    /// <exception cref="InvalidOperationException">A file does not fit a column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static VectorTables Read(IReadOnlyList<InputColumn> columns, DataViewSchema schema, int seed, Func<string, RowPass> begin)
    {
        var tables = columns.Index().Where(column => column.Item is EmbeddingColumn keys && SharedTables.VectorsOf(keys, columns) is not null)
            .GroupBy(column => NameOf((EmbeddingColumn)column.Item))
            .ToDictionary(
                table => table.Key, table => (Create((EmbeddingColumn)table.First().Item, columns, schema), table.Select(column => column.Index).ToArray()));
        foreach (var file in tables.Values.Select(table => table.Item1).GroupBy(table => Path.GetFullPath(table.Settings.FilePath)))
        {
            Read(file.Key, [.. file], begin(file.First().Name));
            foreach (var table in file) table.Complete(RandomStreams.Of(seed, RandomPurpose.MissingVectors, table.Name));
        }
        return new VectorTables(tables);
    }

    /// <summary>What was found of each table, told to a log as well.</summary>
    /// <param name="countKeys">Counts the keys of a column, by its place.</param>
    /// <param name="log">Takes messages.</param>
    internal IReadOnlyList<VectorCoverage> Coverage(Func<int, long[]> countKeys, FitLog log)
    {
        VectorCoverage[] coverage = [.. _tables.Values.Select(table => table.Table.Coverage(Sum(table.Columns.Select(countKeys))))];
        foreach (var (found, table) in coverage.Zip(_tables.Values))
        {
            log.Info(string.Create(CultureInfo.InvariantCulture,
                $"'{found.Table}' has vectors for {found.FoundTerms:N0} of {found.Terms:N0} terms ({Share(found.FoundTerms, found.Terms)}), " +
                $"which are {Share(found.FoundOccurrences, found.Occurrences)} of all {found.Occurrences:N0} occurrences, " +
                $"from '{table.Table.Settings.FilePath}'."));
        }
        return coverage;
    }

    private static string NameOf(EmbeddingColumn column) => EmbeddingShape.TableOf(column.Name, column.Table);

    private static VectorTable Create(EmbeddingColumn column, IReadOnlyList<InputColumn> columns, DataViewSchema schema)
    {
        EmbeddingColumn[] sharing = [.. SharedTables.Sharing(column, columns)];
        foreach (var other in sharing) other.Require((role, name) => InputType.Of(schema.Find(role, name)));
        return new VectorTable(column.Table ?? column.Name, SharedTables.VectorsOf(column, columns)!,
            VectorKeys.Of(column, schema, isPadded: sharing.All(other => other is not CategoryColumn)),
            sharing.Select(other => other.Dimensions).FirstOrDefault(dimensions => dimensions is not null));
    }

    private static void Read(string path, VectorTable[] tables, RowPass pass)
    {
        using var file = new VectorFile(path);
        foreach (var table in tables) table.Begin(file);
        while (file.Read())
        {
            pass.Next();
            foreach (var table in tables) table.Offer(file);
        }
    }

    private static long[] Sum(IEnumerable<long[]> counts) => counts.Aggregate((sum, more) => [.. sum.Zip(more, (left, right) => left + right)]);

    private static string Share(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{(whole == 0 ? 0 : 100.0 * part / whole):F1} %");
}
