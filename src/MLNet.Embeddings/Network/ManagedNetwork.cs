using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// The network of a table: look-ups and numbers put one after the other, and a dense head. It learns without torch, whose calls would take longer than the work;
/// each thread takes some of a batch's rows.
/// </summary>
internal sealed class ManagedNetwork : ILearningNetwork
{
    /// <summary>Rows that are worth a thread.</summary>
    private const int RowsPerThread = 256;

    private readonly ManagedTable?[] _tables;
    private readonly ManagedHead _head;
    private readonly HeadPass[] _passes;
    private readonly double[] _losses;
    private float[] _scores = [], _scoreGradients = [];

    /// <param name="shape">The network's form, for which <see cref="Fits"/>.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="random">Source of initial values and dropout.</param>
    internal ManagedNetwork(NetworkShape shape, LearningSettings settings, SplitMix random)
    {
        Shape = shape;
        _tables = [.. shape.Columns.Select(column => column is CategoryShape category ? new ManagedTable(category, random, settings.Threads) : null)];
        _head = new ManagedHead(shape, random);
        _passes = [.. Enumerable.Range(0, settings.Threads).Select(part =>
            new HeadPass(_head, new ManagedDropout(settings.Dropout, random.Split()), part == 0 ? Dense.Gradients : new float[Dense.Gradients.Length]))];
        _losses = new double[settings.Threads];
        Tables = [.. _tables.OfType<ManagedTable>()];
    }

    /// <summary>Whether a network of this form can learn without torch: one without sequences and with a plain head.</summary>
    internal static bool Fits(NetworkShape shape) => shape.Head.IsPlain && !shape.Columns.Any(column => column is SequenceShape);

    public NetworkShape Shape { get; }

    public ParameterBlock Dense => _head.Dense;

    public IReadOnlyList<EmbeddingTable> Tables { get; }

    public bool Pads => false;

    public double Learn(RowBatch batch, BatchLoss loss)
    {
        for (int i = 0; i < _tables.Length; i++) _tables[i]?.Begin((CategoryBatch)batch.Columns[i]);
        _head.PackForward();
        _head.PackBackward();
        Require(batch.RowCount);
        int parts = Parts.Run(_passes.Length, batch.RowCount, RowsPerThread, (part, start, end) => _losses[part] = Learn(batch, loss, part, start, end));
        for (int part = 1; part < parts; part++) TensorPrimitives.Add(Dense.Gradients, _passes[part].Gradients, Dense.Gradients);
        foreach (var table in _tables) table?.Merge(parts);
        return TensorPrimitives.Sum<double>(_losses.AsSpan(0, parts));
    }

    public float[] Score(RowBatch batch)
    {
        _head.PackForward();
        Require(batch.RowCount);
        Parts.Run(_passes.Length, batch.RowCount, RowsPerThread, (part, start, end) => Forward(batch, part, start, end, training: false));
        return _scores[..(batch.RowCount * Shape.Outputs)];
    }

    public IEnumerable<(string Name, float[] Values)> Export() =>
        Shape.Columns.Zip(_tables).Where(column => column.Second is not null)
            .Select(column => (((CategoryShape)column.First).Table, column.Second!.Values.ToArray())).Concat(_head.Export());

    public void Dispose()
    {
        // Arrays only.
    }

    private void Require(int rows)
    {
        if (_scores.Length < rows * Shape.Outputs) (_scores, _scoreGradients) = (new float[rows * Shape.Outputs], new float[rows * Shape.Outputs]);
    }

    /// <summary>One thread's rows, there and back.</summary>
    private double Learn(RowBatch batch, BatchLoss loss, int part, int start, int end)
    {
        Forward(batch, part, start, end, training: true);
        int first = start * Shape.Outputs, count = (end - start) * Shape.Outputs;
        double sum = loss(_scores.AsSpan(first, count), batch, start, _scoreGradients.AsSpan(first, count));
        if (part > 0) Array.Clear(_passes[part].Gradients);
        Scatter(batch, part, start, end, _passes[part].Backward(end - start, _scoreGradients.AsSpan(first, count)));
        return sum;
    }

    private void Forward(RowBatch batch, int part, int start, int end, bool training)
    {
        Gather(batch, start, end, _passes[part].Input(end - start));
        _passes[part].Forward(end - start, training, _scores.AsSpan(start * Shape.Outputs, (end - start) * Shape.Outputs));
    }

    /// <summary>Writes the combined vectors of some rows.</summary>
    private void Gather(RowBatch batch, int start, int end, Span<float> combined)
    {
        int position = 0;
        for (int i = 0; i < _tables.Length; i++)
        {
            var target = combined[position..];
            if (_tables[i] is { } table) table.Gather((CategoryBatch)batch.Columns[i], start, end, target, Shape.CombinedSize);
            else Copy((NumberBatch)batch.Columns[i], start, end, target, Shape.CombinedSize);
            position += Shape.Columns[i].OutputSize;
        }
    }

    /// <summary>Adds the gradients of some rows' combined vectors to those of the tables.</summary>
    private void Scatter(RowBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients)
    {
        int position = 0;
        for (int i = 0; i < _tables.Length; i++)
        {
            _tables[i]?.Scatter(part, (CategoryBatch)batch.Columns[i], start, end, gradients[position..], Shape.CombinedSize);
            position += Shape.Columns[i].OutputSize;
        }
    }

    private static void Copy(NumberBatch batch, int start, int end, Span<float> target, int stride)
    {
        var (values, width) = batch;
        for (int row = start; row < end; row++) values.AsSpan(row * width, width).CopyTo(target[((row - start) * stride)..]);
    }
}
