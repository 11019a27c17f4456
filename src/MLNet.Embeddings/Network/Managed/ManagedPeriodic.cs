namespace MLNet.Embeddings;

/// <summary>A number column that learns frequencies and a dense layer of their cosines and sines for each number, without torch.</summary>
internal sealed class ManagedPeriodic : IManagedColumn
{
    private readonly NumberShape _shape;
    private readonly PeriodicEncoder _encoder;
    private readonly ParameterPlace _frequencies;
    private readonly ManagedLayer[] _layers;
    private readonly PeriodicPass[][] _passes;

    internal ManagedPeriodic(NumberShape shape, PeriodicEncoder encoder, LearningSettings settings, ParameterLayout layout)
    {
        (_shape, _encoder) = (shape, encoder);
        _frequencies = layout.Bias(shape.Size * encoder.Frequencies);
        _layers = [.. Enumerable.Range(0, shape.Size).Select(_ => new ManagedLayer(2 * encoder.Frequencies, encoder.Dimensions, layout))];
        _passes = [.. Enumerable.Range(0, settings.Threads).Select(_ => _layers.Select(layer => new PeriodicPass(layer)).ToArray())];
    }

    public void Initialize(SplitMix random)
    {
        foreach (ref float frequency in _frequencies.Values) frequency = (float)(_encoder.Deviation * random.NextNormal(3));
        foreach (var layer in _layers)
        {
            UniformValues.Draw(layer.Weights.Length, _encoder.LinearRange, random).CopyTo(layer.Weights);
            UniformValues.Draw(layer.Bias.Length, _encoder.LinearRange, random).CopyTo(layer.Bias);
        }
    }

    public void Pack()
    {
        foreach (var layer in _layers)
        {
            layer.PackForward();
            layer.PackBackward();
        }
    }

    public void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride)
    {
        var numbers = (NumberBatch)batch;
        for (int i = 0; i < _layers.Length; i++)
            _passes[part][i].Forward(numbers, i, start, end, FrequenciesOf(i, _frequencies.Values), target[(i * _encoder.Dimensions)..], stride);
        for (int row = start; row < end; row++)
            numbers.Row(row)[_shape.Size..].CopyTo(target[((row - start) * stride + _shape.Size * _encoder.Dimensions)..]);
    }

    public void Scatter(int part, ColumnBatch batch, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] dense)
    {
        var numbers = (NumberBatch)batch;
        for (int i = 0; i < _layers.Length; i++)
            _passes[part][i].Backward(numbers, i, start, end, gradients[(i * _encoder.Dimensions)..], stride, FrequenciesOf(i, _frequencies.In(dense)), dense);
    }

    public IEnumerable<LearnedArray> Arrays() =>
    [
        new(_shape.Frequencies, () => _frequencies.Values),
        new(_shape.LinearWeights, [.. _layers.Select<ManagedLayer, LearnedArray.Place>(layer => () => layer.Weights)]),
        new(_shape.LinearBias, [.. _layers.Select<ManagedLayer, LearnedArray.Place>(layer => () => layer.Bias)]),
    ];

    private Span<float> FrequenciesOf(int number, Span<float> all) => all.Slice(number * _encoder.Frequencies, _encoder.Frequencies);
}
