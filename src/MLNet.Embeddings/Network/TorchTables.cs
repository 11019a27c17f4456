namespace MLNet.Embeddings;

/// <summary>The tables of a network of torch's modules, each made when a column first asks for it.</summary>
internal sealed class TorchTables(LearningSettings settings)
{
    private readonly Dictionary<string, TorchTable> _tables = [];

    /// <summary>A column's table.</summary>
    internal TorchTable Of(EmbeddingShape column)
    {
        if (!_tables.TryGetValue(column.Table, out var table))
            _tables.Add(column.Table, table = new TorchTable(column.Table, column.KeyCount + 1, column.Dimensions, column.IsPadded, settings.Threads));
        return table;
    }
}
