namespace MLNet.Embeddings;

/// <summary>What the layers of a network are made of and share.</summary>
/// <param name="Parameters">Where the arrays come from.</param>
/// <param name="Threads">How many threads may work.</param>
/// <param name="Dropout">Numbers the places at which values are dropped.</param>
internal sealed record LayerContext(ParameterSource Parameters, int Threads, DropoutPlan Dropout)
{
    private readonly Dictionary<string, EmbeddingTable> _tables = [];

    /// <summary>The tables that layers asked for, in that order.</summary>
    internal IReadOnlyCollection<EmbeddingTable> Tables => _tables.Values;

    /// <summary>Adds a table that columns of the network read.</summary>
    internal EmbeddingTable Add(TableShape shape) => _tables[shape.Name] = Parameters.Table(shape);

    /// <summary>The table of a column.</summary>
    internal EmbeddingTable TableOf(EmbeddingShape column) => _tables[column.Table];

    /// <summary>Weights that decay.</summary>
    internal Parameter Matrix(string name, Initializer initializer, params int[] extents) => Parameters.Get(name, ArrayRole.Matrix, initializer, extents);

    /// <summary>Weights that do not decay.</summary>
    internal Parameter Vector(string name, Initializer initializer, params int[] extents) => Parameters.Get(name, ArrayRole.Vector, initializer, extents);
}
