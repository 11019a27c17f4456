namespace MLNet.Embeddings;

/// <summary>A number column that learns a vector at each edge of its bins, without torch.</summary>
internal sealed class ManagedPiecewiseLinear : IManagedColumn
{
    private readonly NumberShape _shape;
    private readonly PiecewiseLinearEncoder _encoder;
    private readonly PiecewiseLinearEncoding _encoding;
    private readonly ParameterPlace _binWeights, _linearWeights, _linearBias;
    private readonly int _encodedSize;

    /// <summary>Gradients of the vectors at the edges, of each thread.</summary>
    private readonly float[][] _sums;

    internal ManagedPiecewiseLinear(NumberShape shape, PiecewiseLinearEncoder encoder, LearningSettings settings, ParameterLayout layout)
    {
        (_shape, _encoder, _encodedSize) = (shape, encoder, shape.Size * encoder.Dimensions);
        _encoding = new PiecewiseLinearEncoding(shape.BinCounts, encoder.Dimensions);
        _binWeights = layout.Matrix(shape.BinCounts.Sum() * encoder.Dimensions);
        (_linearWeights, _linearBias) = (layout.Bias(_encodedSize), layout.Bias(_encodedSize));
        _sums = [.. Enumerable.Range(0, settings.Threads).Select(_ => new float[_encoding.VectorsSize])];
    }

    public void Initialize(SplitMix random)
    {
        UniformValues.Draw(_encodedSize, _encoder.LinearRange, random).CopyTo(_linearWeights.Values);
        UniformValues.Draw(_encodedSize, _encoder.LinearRange, random).CopyTo(_linearBias.Values);
    }

    public void Pack() => _encoding.Pack(_binWeights.Values, _linearWeights.Values, _linearBias.Values);

    public void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride)
    {
        var numbers = (NumberBatch)batch;
        for (int row = start; row < end; row++)
        {
            var vector = target.Slice((row - start) * stride, _shape.OutputSize);
            var values = numbers.Row(row);
            _encoding.Encode(values[.._shape.Size], vector[.._encodedSize], []);
            values[_shape.Size..].CopyTo(vector[_encodedSize..]);
        }
    }

    public void Scatter(int part, ColumnBatch batch, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] dense)
    {
        var numbers = (NumberBatch)batch;
        float[] sums = _sums[part];
        Array.Clear(sums);
        for (int row = start; row < end; row++)
            _encoding.AddGradients(numbers.Row(row)[.._shape.Size], gradients.Slice((row - start) * stride, _encodedSize), sums);
        _encoding.AddWeightGradients(sums, _binWeights.In(dense), _linearWeights.In(dense), _linearBias.In(dense));
    }

    public IEnumerable<LearnedArray> Arrays() =>
    [
        new(_shape.BinWeights, () => _binWeights.Values),
        new(_shape.LinearWeights, () => _linearWeights.Values),
        new(_shape.LinearBias, () => _linearBias.Values),
    ];
}
