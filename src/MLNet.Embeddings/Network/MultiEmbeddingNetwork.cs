using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The network of torch's modules: a module per column, their vectors put one after the other, and a dense head.</summary>
internal sealed class MultiEmbeddingNetwork : torch.nn.Module<RowBatch, torch.Tensor>, ILearningNetwork
{
    private readonly ColumnModule[] _columns;
    private readonly DenseHead _head;

    /// <param name="shape">The network's form.</param>
    /// <param name="settings">How it learns.</param>
    internal MultiEmbeddingNetwork(NetworkShape shape, LearningSettings settings) : base("network")
    {
        Shape = shape;
        _columns = [.. shape.Columns.Select(column => ColumnModule.For(column, settings))];
        _head = new DenseHead(shape, settings.Dropout);
        for (int i = 0; i < _columns.Length; i++) register_module($"column{i}", _columns[i]);
        register_module("head", _head);
        Tables = [.. _columns.Select(column => column.Table).OfType<TorchTable>()];
        Dense = TorchParameters.MoveIntoBlock(parameters());
    }

    public NetworkShape Shape { get; }

    public ParameterBlock Dense { get; }

    public IReadOnlyList<EmbeddingTable> Tables { get; }

    public bool Pads => _columns.Any(column => column.Pads);

    /// <summary>The scores of a batch.</summary>
    /// <returns>Rows × outputs.</returns>
    public override torch.Tensor forward(RowBatch batch) =>
        _head.call(torch.cat([.. _columns.Zip(batch.Columns, (column, part) => column.Encode(part))], dim: 1));

    public double Learn(RowBatch batch, BatchLoss loss)
    {
        train();
        using var scope = torch.NewDisposeScope();
        var scores = call(batch).contiguous();
        var gradients = torch.empty_like(scores);
        double sum = loss(scores.Floats(), batch, 0, gradients.Floats());
        scores.backward([gradients]);
        return sum;
    }

    public float[] Score(RowBatch batch)
    {
        eval();
        using var noGradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return call(batch).contiguous().Floats().ToArray();
    }

    public IEnumerable<(string Name, float[] Values)> Export() => _columns.SelectMany(column => column.Export()).Concat(_head.Export());
}
