using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A column of a network whose share of a score is asked for: its vector for a row, and for the baseline.</summary>
/// <param name="size">Length of the vector.</param>
internal abstract class AttributedColumn(int size)
{
    /// <summary>Length of the vector.</summary>
    internal int Size => size;

    /// <param name="column">The column.</param>
    /// <param name="network">The network.</param>
    /// <param name="context">What the layers share; the tables are in it.</param>
    internal static AttributedColumn Of(ColumnShape column, TrainedNetwork network, LayerContext context) => column switch
    {
        SequenceShape sequence => new AttributedSequence(sequence, context),
        BagShape bag => new AttributedBag(bag, context),
        NumberShape number => new AttributedLayer(ColumnLayer.Of(number, context), Baselines.Of(number.Scale(network))),
        _ => new AttributedLayer(ColumnLayer.Of(column, context), Baselines.Category),
    };

    /// <summary>Lays the weights out.</summary>
    internal virtual void Pack() { }

    /// <summary>Writes the vectors of a row.</summary>
    /// <param name="row">The row, alone in its batch, of keys that stand for themselves.</param>
    /// <param name="baseline">Receives the vector of the baseline.</param>
    /// <param name="vector">Receives that of the row.</param>
    internal abstract void Write(ColumnBatch row, Span<float> baseline, Span<float> vector);

    /// <summary>What each token of the row that was written last adds to the product of the column's vector and other numbers; empty for other
    /// columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="slopes">The numbers: how fast a score rises with the vector.</param>
    /// <param name="sums">Takes gradients that nobody wants.</param>
    internal virtual double[] TokensOf(ColumnBatch row, ReadOnlySpan<float> slopes, float[] sums) => [];

    /// <summary>The weight of each token in the readout of the row that was written last; empty where it does not attend.</summary>
    internal virtual float[] Attention => [];

    /// <summary>The keys of a row's tokens.</summary>
    private protected static ReadOnlySpan<int> KeysOf(ColumnBatch row) => ((SequenceBatch)row).TermOfToken.AsSpan(0, ((SequenceBatch)row).Lengths[0]);
}

/// <summary>The rows that explanations start from: missing categories, numbers in the middle, empty texts.</summary>
internal static class Baselines
{
    internal static readonly CategoryBatch Category = new(TermBatch.EveryKey, [0]);

    internal static readonly SequenceBatch Empty = new(TermBatch.EveryKey, [0], []);

    /// <summary>What missing numbers count as, their mean or their median, without the indicators of what is missing.</summary>
    internal static NumberBatch Of(NumberScale scale)
    {
        double[] missing = new double[scale.Size];
        Array.Fill(missing, double.NaN);
        float[] values = new float[scale.Width];
        scale.Apply(missing, values);
        values.AsSpan(scale.Size).Clear();
        return new NumberBatch(values, scale.Width);
    }
}

/// <summary>A category or numbers: the layer's vector.</summary>
internal sealed class AttributedLayer(ColumnLayer layer, ColumnBatch ofBaseline) : AttributedColumn(layer.Size)
{
    internal override void Pack() => layer.Pack(backward: false);

    internal override void Write(ColumnBatch row, Span<float> baseline, Span<float> vector)
    {
        layer.Write(ofBaseline, 0, 0, 1, baseline, Size);
        layer.Write(row, 0, 0, 1, vector, Size);
    }
}

/// <summary>A bag: its vector is a sum, to which each term adds its share.</summary>
internal sealed class AttributedBag(BagShape shape, LayerContext context) : AttributedColumn(shape.OutputSize)
{
    private readonly EmbeddingTable _table = context.TableOf(shape);

    internal override void Write(ColumnBatch row, Span<float> baseline, Span<float> vector)
    {
        baseline.Clear();
        vector.Clear();
        var keys = KeysOf(row);
        foreach (int key in keys) TensorPrimitives.MultiplyAdd(_table.Row(key), Weight(keys.Length), vector, vector);
    }

    internal override double[] TokensOf(ColumnBatch row, ReadOnlySpan<float> slopes, float[] sums)
    {
        var keys = KeysOf(row);
        double[] tokens = new double[keys.Length];
        for (int i = 0; i < tokens.Length; i++) tokens[i] = TensorPrimitives.Dot(_table.Row(keys[i]), slopes) * Weight(keys.Length);
        return tokens;
    }

    private float Weight(int length) => shape.Pooling == BagPooling.Mean ? 1f / length : 1;
}

/// <summary>A sequence: what a token adds is found by integrated gradients once more, from vectors of zeros to those of the tokens.</summary>
internal sealed class AttributedSequence(SequenceShape shape, LayerContext context) : AttributedColumn(shape.OutputSize)
{
    /// <summary>Points of the integral; with encoders that sum vectors up, one is exact.</summary>
    private const int Points = 16;

    /// <summary>Tokens of the points that are in memory together.</summary>
    private const int TokensTogether = 8_192;

    private readonly EmbeddingTable _table = context.TableOf(shape);
    private readonly SequenceEncoderLayer _encoder = SequenceEncoderLayer.Of(shape, context);
    private readonly RaggedRows _rows = new();
    private float[] _tokens = [], _points = [], _gradients = [], _attention = [];

    internal override float[] Attention => _attention;

    internal override void Pack() => _encoder.Pack(backward: true);

    internal override void Write(ColumnBatch row, Span<float> baseline, Span<float> vector)
    {
        baseline.Clear();
        vector.Clear();
        var keys = KeysOf(row);
        _attention = [];
        if (keys.IsEmpty) return;
        int dimensions = _table.Dimensions;
        if (_tokens.Length < keys.Length * dimensions) _tokens = new float[keys.Length * dimensions];
        for (int i = 0; i < keys.Length; i++) _table.Row(keys[i]).CopyTo(_tokens.AsSpan(i * dimensions));
        _rows.Set([keys.Length]);
        _encoder.Forward(_rows, _tokens.AsSpan(0, keys.Length * dimensions), vector, Pass.Explaining);
        _attention = [.. _encoder.Attention];
    }

    internal override double[] TokensOf(ColumnBatch row, ReadOnlySpan<float> slopes, float[] sums)
    {
        int count = KeysOf(row).Length;
        double[] tokens = new double[count];
        if (count == 0) return tokens;
        int points = shape.Encoder is PoolingEncoder { Pooling: SequencePooling.Mean or SequencePooling.Sum } ? 1 : Points;
        int together = Math.Clamp(TokensTogether / count, 1, points);
        for (int first = 0; first < points; first += together) AddTokens(tokens, slopes, first, Math.Min(together, points - first), points, sums);
        return tokens;
    }

    /// <summary>Adds what some points of the integral say of the tokens.</summary>
    private void AddTokens(double[] tokens, ReadOnlySpan<float> slopes, int first, int rows, int points, float[] sums)
    {
        int dimensions = _table.Dimensions, numbers = tokens.Length * dimensions;
        if (_points.Length < rows * numbers) (_points, _gradients) = (new float[rows * numbers], new float[rows * numbers]);
        Span<float> terms = _points.AsSpan(0, rows * numbers), gradients = _gradients.AsSpan(0, rows * numbers);
        gradients.Clear();
        float[] vectors = new float[rows * Size], vectorGradients = new float[rows * Size];
        for (int i = 0; i < rows; i++)
        {
            TensorPrimitives.Multiply(_tokens.AsSpan(0, numbers), (first + i + 0.5f) / points, terms[(i * numbers)..]);
            TensorPrimitives.Divide(slopes, points, vectorGradients.AsSpan(i * Size, Size));
        }
        _rows.Set([.. Enumerable.Repeat(tokens.Length, rows)]);
        _encoder.Forward(_rows, terms, vectors, Pass.Explaining);
        _encoder.Backward(_rows, vectorGradients, terms, gradients, Pass.Explaining, sums);
        for (int i = 0; i < rows * tokens.Length; i++)
        {
            int token = i % tokens.Length;
            tokens[token] += TensorPrimitives.Dot(_tokens.AsSpan(token * dimensions, dimensions), gradients.Slice(i * dimensions, dimensions));
        }
    }
}
