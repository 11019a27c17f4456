namespace MLNet.Embeddings;

/// <summary>The network of a table: look-ups and numbers put one after the other, and a dense head. It learns without torch, whose calls would take longer than the work.</summary>
internal sealed class ManagedNetwork : ILearningNetwork
{
    private readonly ManagedTable?[] _tables;
    private readonly ManagedHead _head;

    /// <param name="shape">The network's form, for which <see cref="Fits"/>.</param>
    /// <param name="dropout">Share of the values of hidden layers to drop in training.</param>
    /// <param name="seed">Seed of initial values and dropout.</param>
    internal ManagedNetwork(NetworkShape shape, double dropout, int seed)
    {
        var random = new Random(seed);
        Shape = shape;
        _tables = [.. shape.Columns.Select(column => column is CategoryShape category ? new ManagedTable(category, random) : null)];
        _head = new ManagedHead(shape, dropout, random);
        Tables = [.. _tables.OfType<ManagedTable>()];
    }

    /// <summary>Whether a network of this form can learn without torch: one without sequences.</summary>
    internal static bool Fits(NetworkShape shape) => !shape.Columns.Any(column => column is SequenceShape);

    public NetworkShape Shape { get; }

    public ParameterBlock Dense => _head.Dense;

    public IReadOnlyList<EmbeddingTable> Tables { get; }

    public bool Pads => false;

    public double Learn(RowBatch batch, BatchLoss loss)
    {
        double sum = loss(Forward(batch, training: true), batch, _head.ScoreGradients(batch.RowCount));
        var gradients = _head.Backward(batch.RowCount);
        int size = Shape.CombinedSize, position = 0;
        for (int i = 0; i < _tables.Length; i++)
        {
            _tables[i]?.Scatter((CategoryBatch)batch.Columns[i], gradients[position..], size);
            position += Shape.Columns[i].OutputSize;
        }
        return sum;
    }

    public float[] Score(RowBatch batch) => Forward(batch, training: false).ToArray();

    public IEnumerable<(string Name, float[] Values)> Export() =>
        Shape.Columns.Zip(_tables).Where(column => column.Second is not null)
            .Select(column => (((CategoryShape)column.First).Table, column.Second!.Values.ToArray())).Concat(_head.Export());

    public void Dispose()
    {
        // Arrays only.
    }

    private Span<float> Forward(RowBatch batch, bool training)
    {
        var combined = _head.Input(batch.RowCount);
        int size = Shape.CombinedSize, position = 0;
        for (int i = 0; i < _tables.Length; i++)
        {
            var target = combined[position..];
            if (_tables[i] is { } table) table.Gather((CategoryBatch)batch.Columns[i], target, size);
            else Copy((NumberBatch)batch.Columns[i], target, size);
            position += Shape.Columns[i].OutputSize;
        }
        return _head.Forward(batch.RowCount, training);
    }

    private static void Copy(NumberBatch batch, Span<float> target, int stride)
    {
        var (values, width) = batch;
        for (int row = 0; row < values.Length / width; row++) values.AsSpan(row * width, width).CopyTo(target[(row * stride)..]);
    }
}
