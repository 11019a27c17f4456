namespace MLNet.Embeddings;

/// <summary>
/// The arrays of a network in training: dense parameters in one block, matrices first, so that an update is one pass; tables and statistics by themselves.
/// </summary>
/// <param name="initial">What each array begins with, by name.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed class TrainableParameters(IReadOnlyDictionary<string, InitialArray> initial, int threads) : ParameterSource
{
    private readonly List<Parameter> _dense = [], _statistics = [];
    private readonly List<EmbeddingTable> _tables = [];

    /// <summary>The tables, in the order in which layers asked for them.</summary>
    internal IReadOnlyList<EmbeddingTable> Tables => _tables;

    /// <summary>Those of them that are trained.</summary>
    internal IEnumerable<EmbeddingTable> TrainedTables => _tables.Where(table => table.IsTrained);

    /// <summary>Number of values of all matrices, which come first in the block.</summary>
    internal int MatrixCount { get; private set; }

    /// <summary>The values of all dense parameters.</summary>
    internal float[] Values { get; private set; } = [];

    /// <summary>Their gradients.</summary>
    internal float[] Gradients { get; private set; } = [];

    /// <summary>Running statistics, which gradients do not reach.</summary>
    internal IEnumerable<(string Name, float[] Values)> Statistics => _statistics.Select(statistic => (statistic.Name, initial[statistic.Name].Values));

    internal override Parameter Get(string name, ArrayRole role, Initializer initializer, params int[] extents)
    {
        var parameter = new Parameter(name, extents, role);
        if (role != ArrayRole.Statistic) _dense.Add(parameter);
        else
        {
            parameter.Place(initial[name].Values);
            _statistics.Add(parameter);
        }
        return parameter;
    }

    internal override EmbeddingTable Table(TableShape shape)
    {
        var array = initial[shape.Name];
        var table = new EmbeddingTable(shape, array.Values, array.IsTrained, threads);
        _tables.Add(table);
        return table;
    }

    /// <summary>Lays the dense parameters out, when all layers have asked for theirs.</summary>
    internal void LayOut()
    {
        Parameter[] ordered = [.. _dense.OrderBy(parameter => parameter.Role == ArrayRole.Matrix ? 0 : 1)];
        int count = ordered.Sum(parameter => parameter.Length);
        (Values, Gradients) = (new float[count], new float[count]);
        int start = 0;
        foreach (var parameter in ordered)
        {
            parameter.Place(Values, start);
            initial[parameter.Name].Values.CopyTo(parameter.Values);
            start += parameter.Length;
            if (parameter.Role == ArrayRole.Matrix) MatrixCount = start;
        }
    }

    /// <summary>Copies of the last gradients by the names of the arrays; those of a table for all its rows.</summary>
    internal IReadOnlyDictionary<string, float[]> CopyGradients()
    {
        var gradients = _dense.ToDictionary(parameter => parameter.Name, parameter => parameter.In(Gradients).ToArray());
        foreach (var table in TrainedTables)
        {
            float[] all = gradients[table.Shape.Name] = new float[table.Values.Length];
            for (int i = 0; i < table.Touched.Length; i++)
                table.Gradients.Slice(i * table.Dimensions, table.Dimensions).CopyTo(all.AsSpan(table.Touched[i] * table.Dimensions));
        }
        return gradients;
    }

    /// <summary>All arrays by name: copies, but for tables that are not trained.</summary>
    /// <param name="copies">False to have no copies of tables at all.</param>
    internal IEnumerable<(string Name, float[] Values)> Export(bool copies = true) =>
    [
        .. _tables.Select(table => (table.Shape.Name, table.IsTrained && copies ? [.. table.Values] : table.Values)),
        .. _dense.Concat(_statistics).Select(parameter => (parameter.Name, parameter.Values.ToArray())),
    ];
}
