using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>
/// The network of a table: look-ups and numbers put one after the other, and a dense head. It learns without torch, whose calls would take longer than the work;
/// each thread takes some of a batch's rows.
/// </summary>
internal sealed class ManagedNetwork : ILearningNetwork
{
    /// <summary>Rows that are worth a thread.</summary>
    private const int RowsPerThread = 256;

    private readonly IManagedColumn[] _columns;
    private readonly ManagedHead _head;
    private readonly ManagedTable[] _tables;
    private readonly HeadPass[] _passes;
    private readonly SplitMix[] _generators;
    private readonly double[] _losses;
    private float[] _scores = [], _scoreGradients = [];

    /// <param name="shape">The network's form, for which <see cref="Fits"/>.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="random">Source of initial values and dropout.</param>
    internal ManagedNetwork(NetworkShape shape, LearningSettings settings, SplitMix random)
    {
        Shape = shape;
        var layout = new ParameterLayout();
        _tables = [.. shape.Tables.Select(table => new ManagedTable(table, settings, random))];
        var tables = _tables.ToDictionary(table => table.Shape.Name);
        _columns = [.. shape.Columns.Select(column => Column(column, settings, layout, tables))];
        _head = new ManagedHead(shape, layout);
        Dense = layout.Block;
        foreach (var column in _columns) column.Initialize(random);
        _head.Initialize(random);
        _generators = [.. Enumerable.Range(0, settings.Threads).Select(_ => random.Split())];
        _passes = [.. _generators.Select((generator, part) =>
            new HeadPass(_head, new ManagedDropout(settings.Dropout, generator), part == 0 ? Dense.Gradients : new float[Dense.Gradients.Length]))];
        _losses = new double[settings.Threads];
    }

    /// <summary>Whether a network of this form can learn without torch: one without sequences and with a plain head.</summary>
    internal static bool Fits(NetworkShape shape) => shape.Head.IsPlain && !shape.Columns.Any(column => column is SequenceShape);

    public NetworkShape Shape { get; }

    public ParameterBlock Dense { get; }

    public IReadOnlyList<EmbeddingTable> Tables => _tables;

    public bool Pads => false;

    public double Learn(RowBatch batch, BatchLoss loss)
    {
        foreach (var table in _tables) table.Begin(batch.TermsOf(table.Shape.Columns[0]));
        Pack();
        _head.PackBackward();
        Require(batch.RowCount);
        int parts = Parts.Run(_passes.Length, batch.RowCount, RowsPerThread, (part, start, end) => _losses[part] = Learn(batch, loss, part, start, end));
        for (int part = 1; part < parts; part++) TensorPrimitives.Add(Dense.Gradients, _passes[part].Gradients, Dense.Gradients);
        foreach (var table in _tables) table.Merge(parts);
        return TensorPrimitives.Sum<double>(_losses.AsSpan(0, parts));
    }

    public float[] Score(RowBatch batch)
    {
        Pack();
        Require(batch.RowCount);
        Parts.Run(_passes.Length, batch.RowCount, RowsPerThread, (part, start, end) => Forward(batch, part, start, end, training: false));
        return _scores[..(batch.RowCount * Shape.Outputs)];
    }

    public IEnumerable<LearnedArray> Arrays() =>
        [.. Tables.Select(table => table.Learned), .. _columns.SelectMany(column => column.Arrays()), .. _head.Arrays()];

    public byte[] SaveTransients() => MemoryMarshal.AsBytes<ulong>(Array.ConvertAll(_generators, generator => generator.State)).ToArray();

    public void RestoreTransients(ReadOnlySpan<byte> state)
    {
        if (state.Length != _generators.Length * sizeof(ulong)) throw new ArgumentException($"The state of the network has {state.Length} bytes; {_generators.Length * sizeof(ulong)} are needed.", nameof(state));
        for (int i = 0; i < _generators.Length; i++) _generators[i].State = MemoryMarshal.Cast<byte, ulong>(state)[i];
    }

    public void Dispose()
    {
        // Arrays only.
    }

    private static IManagedColumn Column(ColumnShape column, LearningSettings settings, ParameterLayout layout, Dictionary<string, ManagedTable> tables) => column switch
    {
        CategoryShape category => new ManagedCategory(tables[category.Table]),
        BagShape bag => new ManagedBag(bag, tables[bag.Table]),
        NumberShape number => ManagedNumbers.For(number, settings, layout),
        _ => throw new System.Diagnostics.UnreachableException(column.ToString()),
    };

    private void Pack()
    {
        foreach (var column in _columns) column.Pack();
        _head.PackForward();
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
        Gather(batch, part, start, end, _passes[part].Input(end - start));
        _passes[part].Forward(end - start, training, _scores.AsSpan(start * Shape.Outputs, (end - start) * Shape.Outputs));
    }

    /// <summary>Writes the combined vectors of some rows.</summary>
    private void Gather(RowBatch batch, int part, int start, int end, Span<float> combined)
    {
        int position = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Gather(part, batch.Columns[i], start, end, combined[position..], Shape.CombinedSize);
            position += Shape.Columns[i].OutputSize;
        }
    }

    /// <summary>Hands the gradients of some rows' combined vectors to the columns.</summary>
    private void Scatter(RowBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients)
    {
        int position = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Scatter(part, batch.Columns[i], start, end, gradients[position..], Shape.CombinedSize, _passes[part].Gradients);
            position += Shape.Columns[i].OutputSize;
        }
    }
}
