using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The network that learns: a module per column, their vectors put one after the other, and a dense head.</summary>
internal sealed class MultiEmbeddingNetwork : torch.nn.Module<RowBatch, torch.Tensor>
{
    private readonly ColumnModule[] _columns;
    private readonly DenseHead _head;

    /// <param name="shape">The network's form.</param>
    /// <param name="dropout">Share of the values of sequence vectors and hidden layers to drop in training.</param>
    internal MultiEmbeddingNetwork(NetworkShape shape, double dropout) : base("network")
    {
        Shape = shape;
        _columns = [.. shape.Columns.Select(column => ColumnModule.For(column, dropout))];
        _head = new DenseHead(shape, dropout);
        for (int i = 0; i < _columns.Length; i++) register_module($"column{i}", _columns[i]);
        register_module("head", _head);
    }

    /// <summary>The network's form.</summary>
    internal NetworkShape Shape { get; }

    /// <summary>The tables of the columns that have one.</summary>
    internal IEnumerable<EmbeddingTable> Tables => _columns.Select(column => column.Table).OfType<EmbeddingTable>();

    /// <summary>True if a column pads its sequences.</summary>
    internal bool Pads => _columns.Any(column => column.Pads);

    /// <summary>The scores of a batch.</summary>
    /// <returns>Rows × outputs.</returns>
    public override torch.Tensor forward(RowBatch batch) =>
        _head.call(torch.cat([.. _columns.Zip(batch.Columns, (column, part) => column.Encode(part))], dim: 1));

    /// <summary>A copy of the learned arrays.</summary>
    /// <param name="fixedArrays">Arrays of the model that are not learned here: means and deviations of numbers.</param>
    internal TrainedNetwork Export(IEnumerable<(string Name, float[] Values)> fixedArrays)
    {
        var values = _columns.SelectMany(column => column.Export()).Concat(_head.Export()).Concat(fixedArrays)
            .ToDictionary(array => array.Name, array => array.Values);
        return new TrainedNetwork(Shape, Shape.Weights().ToDictionary(weight => weight.Name, weight => new WeightArray(weight.Extents, values[weight.Name])));
    }
}
