using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The network of torch's modules: a module per column, what makes one vector of theirs, and a dense head.</summary>
/// <remarks>
/// On another device than the CPU, tables and parameters stay in the CPU's memory, where the optimizer is: the rows that a batch looks up are read and pooled there;
/// GRUs and everything behind the columns' vectors are computed on the device, and gradients come back.
/// </remarks>
internal sealed class MultiEmbeddingNetwork : torch.nn.Module<RowBatch, torch.Tensor>, ILearningNetwork
{
    private readonly ColumnModule[] _columns;
    private readonly CombineModule _combine;
    private readonly HeadModule _head;
    private readonly TorchTable[] _tables;
    private readonly torch.Device? _device;

    /// <param name="shape">The network's form.</param>
    /// <param name="settings">How it learns.</param>
    internal MultiEmbeddingNetwork(NetworkShape shape, LearningSettings settings) : base("network")
    {
        (Shape, _device) = (shape, settings.Device);
        _tables = [.. shape.Tables.Select(table => new TorchTable(table, settings))];
        var tables = _tables.ToDictionary(table => table.Shape.Name);
        _columns = [.. shape.Columns.Select(column => ColumnModule.For(column, settings, tables))];
        _combine = new CombineModule(shape);
        _head = HeadModule.For(shape, settings.Dropout);
        for (int i = 0; i < _columns.Length; i++) register_module($"column{i}", _columns[i]);
        register_module("combine", _combine);
        register_module("head", _head);
        Dense = TorchParameters.MoveIntoBlock(parameters());
    }

    public NetworkShape Shape { get; }

    public ParameterBlock Dense { get; }

    public IReadOnlyList<EmbeddingTable> Tables => _tables;

    public bool Pads => _columns.Any(column => column.Pads);

    /// <summary>The scores of a batch.</summary>
    /// <returns>Rows × outputs; members × rows × outputs of an ensemble.</returns>
    public override torch.Tensor forward(RowBatch batch)
    {
        foreach (var table in _tables) table.LookUp(batch.TermsOf(table.Shape.Columns[0]));
        var vectors = _columns.Zip(batch.Columns, (column, part) => column.Encode(part));
        if (_device is null) return _head.call(_combine.Combine([.. vectors]));
        return _head.call(_combine.Combine([.. vectors.Select(vector => vector.to(_device))])).cpu();
    }

    public double Learn(RowBatch batch, BatchLoss loss)
    {
        train();
        using var scope = torch.NewDisposeScope();
        var scores = call(batch).contiguous();
        var gradients = torch.empty_like(scores);
        double sum = 0;
        int members = Shape.Head.EnsembleSize, each = batch.RowCount * Shape.Outputs;
        for (int start = 0; start < members * each; start += each) sum += loss(scores.Floats().Slice(start, each), batch, 0, gradients.Floats().Slice(start, each));
        scores.backward([members > 1 ? gradients / members : gradients]);
        foreach (var column in _columns) column.Collect();
        return sum / members;
    }

    public float[] Score(RowBatch batch)
    {
        eval();
        using var noGradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var scores = call(batch);
        return Shape.Head.EnsembleSize == 1 ? scores.contiguous().Floats().ToArray() : Average(scores.transpose(0, 1).contiguous().Floats(), batch.RowCount);
    }

    public IEnumerable<LearnedArray> Arrays() =>
    [
        .. Tables.Select(table => table.Learned), .. _columns.SelectMany(column => column.Arrays()), .. _combine.Arrays(), .. _head.Arrays(),
    ];

    public byte[] SaveTransients() => TorchTransients.Save(buffers());

    public void RestoreTransients(ReadOnlySpan<byte> state) => TorchTransients.Restore(state, buffers());

    private float[] Average(ReadOnlySpan<float> members, int rows)
    {
        int outputs = Shape.Outputs, stride = Shape.Head.EnsembleSize * outputs;
        float[] scores = new float[rows * outputs];
        for (int row = 0; row < rows; row++) MemberAverage.Of(Shape.Labels, members.Slice(row * stride, stride), scores.AsSpan(row * outputs, outputs));
        return scores;
    }
}
