namespace MLNet.Embeddings;

/// <summary>The tables that several of a network's columns share.</summary>
internal static class SharedTables
{
    /// <summary>The columns of each table that is named, by its name.</summary>
    internal static IEnumerable<IGrouping<string, EmbeddingColumn>> Of(IEnumerable<InputColumn> columns) =>
        columns.OfType<EmbeddingColumn>().Where(column => column.Table is not null).GroupBy(column => column.Table!);

    /// <summary>Length of a column's vectors for so many keys: that which the columns of its table agree on.</summary>
    internal static int DimensionsOf(EmbeddingColumn column, IReadOnlyList<InputColumn> columns, int keyCount)
    {
        EmbeddingColumn[] sharing = [.. Sharing(column, columns)];
        return (sharing.FirstOrDefault(other => other.Dimensions is not null) ?? sharing[0]).DimensionsFor(keyCount);
    }

    /// <summary>The columns that share a column's table, itself included.</summary>
    internal static IEnumerable<EmbeddingColumn> Sharing(EmbeddingColumn column, IEnumerable<InputColumn> columns) =>
        column.Table is null ? [column] : columns.OfType<EmbeddingColumn>().Where(other => other.Table == column.Table);

    /// <summary>The vectors that a column's table begins with; null for random ones.</summary>
    internal static PretrainedVectors? VectorsOf(EmbeddingColumn column, IEnumerable<InputColumn> columns) =>
        Sharing(column, columns).Select(other => other.Vectors).FirstOrDefault(vectors => vectors is not null);

    /// <summary>How the texts of a column, and of those that share its table, are cut; null where none of them says it.</summary>
    internal static TokenIndexingOptions? TokensOf(TextColumn column, IEnumerable<InputColumn> columns) =>
        column.Tokens ?? Sharing(column, columns).OfType<TextColumn>().Select(other => other.Tokens).FirstOrDefault(tokens => tokens is not null);

    /// <summary>What is wrong with the columns' settings, a sentence each.</summary>
    internal static IEnumerable<string> Faults(IReadOnlyList<InputColumn> columns) =>
        DimensionFaults(columns).Concat(VectorFaults(columns)).Concat(TokenFaults(columns));

    private static IEnumerable<string> DimensionFaults(IEnumerable<InputColumn> columns) =>
        from table in Of(columns)
        let given = table.Where(column => column.Dimensions is not null).ToArray()
        from other in given.Skip(1)
        where other.Dimensions != given[0].Dimensions
        select $"The columns '{given[0].Name}' and '{other.Name}' share the table '{table.Key}', so their dimensions must be the same; " +
            $"they were {given[0].Dimensions} and {other.Dimensions}.";

    private static IEnumerable<string> VectorFaults(IEnumerable<InputColumn> columns) =>
        from table in Of(columns)
        let given = table.Where(column => column.Vectors is not null).ToArray()
        from other in given.Skip(1)
        where other.Vectors != given[0].Vectors
        select $"The columns '{given[0].Name}' and '{other.Name}' share the table '{table.Key}', so their vectors must be the same; leave those of one out.";

    private static IEnumerable<string> TokenFaults(IEnumerable<InputColumn> columns) =>
        from table in Of(columns)
        let given = table.OfType<TextColumn>().Where(column => column.Tokens is not null).ToArray()
        from other in given.Skip(1)
        where other.Tokens != given[0].Tokens
        select $"The columns '{given[0].Name}' and '{other.Name}' share the table '{table.Key}', so their texts are cut by the same Tokens; " +
            "give them the same, or leave those of one out.";
}
