using static TorchSharp.torch;

namespace MLNet.Embeddings.Tests;

/// <summary>A network of torch's own modules and functions in double precision, row by row and without padding: the reference for what networks learn.</summary>
internal sealed class PlainTorchNetwork : IDisposable
{
    private readonly NetworkShape _shape;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Dictionary<ColumnShape, TorchSharp.Modules.GRU> _grus = [];

    /// <param name="shape">The network's form.</param>
    /// <param name="arrays">Its weights, by the names of the form.</param>
    internal PlainTorchNetwork(NetworkShape shape, IEnumerable<(string Name, float[] Values)> arrays)
    {
        _shape = shape;
        var values = arrays.ToDictionary(array => array.Name, array => array.Values);
        _weights = shape.Weights().Where(weight => values.ContainsKey(weight.Name)).ToDictionary(weight => weight.Name, weight =>
            tensor(values[weight.Name]).to(ScalarType.Float64).view([.. weight.Extents.Select(extent => (long)extent)]).detach().requires_grad_());
        foreach (var column in shape.Columns.OfType<SequenceShape>().Where(column => column.Encoder is GruEncoder)) _grus.Add(column, Gru(column));
    }

    /// <summary>The gradients of all weights, by name, that follow from those of a batch's scores.</summary>
    internal Dictionary<string, double[]> Gradients(RowBatch batch, float[] scoreGradients)
    {
        Tensor combined = cat([.. _shape.Columns.Select((column, i) => Encode(column, batch.Columns[i], batch.RowCount))], dim: 1);
        for (int i = 0; i < _shape.Head.LayerCount; i++)
        {
            combined = nn.functional.linear(combined, _weights[HeadShape.LayerWeights(i)], _weights[HeadShape.LayerBias(i)]);
            if (i < _shape.Head.LayerCount - 1) combined = nn.functional.relu(combined);
        }
        (combined.view(-1) * tensor(scoreGradients)).sum().backward();
        return _weights.ToDictionary(weight => weight.Key, weight => Values(weight.Value));
    }

    public void Dispose()
    {
        foreach (var gru in _grus.Values) gru.Dispose();
    }

    private Tensor Encode(ColumnShape column, ColumnBatch batch, int rows) => (column, batch) switch
    {
        (CategoryShape shape, CategoryBatch category) => LookUp(shape.Table, category.TermOfRow, category.Terms),
        (SequenceShape shape, SequenceBatch sequence) => stack([.. Enumerable.Range(0, rows).Select(row => Encode(shape, sequence, row))]),
        (NumberShape shape, NumberBatch numbers) => Encode(shape, tensor(numbers.Values).to(ScalarType.Float64).view(rows, numbers.Width)),
        (BagShape shape, SequenceBatch bag) => stack([.. Enumerable.Range(0, rows).Select(row => Encode(shape, bag, row))]),
        _ => throw new System.Diagnostics.UnreachableException(column.ToString()),
    };

    /// <param name="shape">The column.</param>
    /// <param name="values">Rows × (numbers + indicators), on their scale.</param>
    private Tensor Encode(NumberShape shape, Tensor values)
    {
        Tensor[] numbers = [.. Enumerable.Range(0, shape.Size).Select(i => Encode(shape, i, values.narrow(1, i, 1)))];
        return cat([.. numbers, values.narrow(1, shape.Size, values.shape[1] - shape.Size)], dim: 1);
    }

    private Tensor Encode(NumberShape shape, int index, Tensor number)
    {
        if (shape.Encoder is PeriodicEncoder)
        {
            Tensor angles = 2 * Math.PI * number * _weights[shape.Frequencies][index];
            return nn.functional.relu(nn.functional.linear(cat([angles.cos(), angles.sin()], dim: 1), _weights[shape.LinearWeights][index], _weights[shape.LinearBias][index]));
        }
        if (shape.Encoder is not PiecewiseLinearEncoder) return number;
        int bins = shape.BinCounts[index], first = shape.BinCounts.Take(index).Sum();
        Tensor vector = (number - bins / 2.0) * (Math.Sqrt(12) / Math.Max(bins, 1)) * _weights[shape.LinearWeights][index] + _weights[shape.LinearBias][index];
        for (int bin = 0; bin < bins; bin++) vector += (number - bin).clamp(0, 1) * _weights[shape.BinWeights][first + bin];
        return vector;
    }

    private Tensor Encode(SequenceShape shape, SequenceBatch batch, int row)
    {
        int length = batch.Lengths[row];
        if (length == 0) return zeros(shape.OutputSize, ScalarType.Float64);
        Tensor tokens = LookUp(shape.Table, batch.TermOfToken.AsSpan(batch.Lengths.Take(row).Sum(), length), batch.Terms); // length × dimensions
        return shape.Encoder switch
        {
            PoolingEncoder { Pooling: var pooling } => Pool(shape, pooling, tokens),
            GruEncoder { Pooling: { } pooling } => Pool(shape, pooling, _grus[shape].call(tokens.unsqueeze(0)).Item1.squeeze(0)),
            GruEncoder { Bidirectional: var both } => _grus[shape].call(tokens.unsqueeze(0)).Item2.squeeze(1)[both ? ^2.. : ^1..].reshape(-1),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Tensor Encode(BagShape shape, SequenceBatch batch, int row)
    {
        Tensor keys = LookUp(shape.Table, batch.TermOfToken.AsSpan(batch.Lengths.Take(row).Sum(), batch.Lengths[row]), batch.Terms); // keys × dimensions
        return shape.Pooling == BagPooling.Mean ? keys.sum([0]) / Math.Max(batch.Lengths[row], 1) : keys.sum([0]);
    }

    private Tensor Pool(SequenceShape shape, SequencePooling kind, Tensor vectors) => kind switch
    {
        SequencePooling.Mean => vectors.mean([0]),
        SequencePooling.Sum => vectors.sum([0]),
        SequencePooling.Max => vectors.amax([0]),
        _ => Attend(shape, vectors),
    };

    private Tensor Attend(SequenceShape shape, Tensor vectors)
    {
        var hidden = nn.functional.linear(vectors, _weights[shape.WeightName("attention.weight")], _weights[shape.WeightName("attention.bias")]).tanh();
        return hidden.mv(_weights[shape.WeightName("attention.query")]).softmax(0).unsqueeze(0).mm(vectors).squeeze(0);
    }

    private Tensor LookUp(string table, ReadOnlySpan<int> termOf, int[] terms) =>
        _weights[table].index_select(0, tensor(Array.ConvertAll(termOf.ToArray(), term => (long)terms[term])));

    private TorchSharp.Modules.GRU Gru(SequenceShape shape)
    {
        var encoder = (GruEncoder)shape.Encoder;
        var gru = nn.GRU(
            shape.Dimensions, encoder.Units, encoder.Layers, batchFirst: true, bidirectional: encoder.Bidirectional, dtype: ScalarType.Float64);
        using var noGradients = no_grad();
        foreach (var (name, parameter) in gru.named_parameters())
        {
            parameter.copy_(_weights[shape.WeightName($"gru.{name}")]);
            _weights[shape.WeightName($"gru.{name}")] = parameter;
        }
        return gru;
    }

    /// <summary>A weight's gradients; zeros if no row has come to it.</summary>
    private static double[] Values(Tensor weight) => weight.grad is { } gradients ? gradients.contiguous().data<double>().ToArray() : new double[weight.numel()];
}
