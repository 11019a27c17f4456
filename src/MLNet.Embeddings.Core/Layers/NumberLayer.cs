using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Numbers on their scale as they are, indicators of what is missing behind them: standardised ones, and those by their rank.</summary>
internal sealed class NumberLayer(NumberShape shape) : ColumnLayer(shape.OutputSize)
{
    internal override void Write(ColumnBatch batch, int part, int start, int end, Span<float> target, int stride)
    {
        var numbers = (NumberBatch)batch;
        for (int row = start; row < end; row++) numbers.Row(row).CopyTo(target[((row - start) * stride)..]);
    }
}

/// <summary>Bins of numbers that fill up one after the other and a linear map of them, beside a linear part of each number.</summary>
internal sealed class PiecewiseLinearLayer : ColumnLayer
{
    private readonly Parameter _bins, _weights, _bias;
    private readonly PiecewiseLinearEncoding _encoding;
    private readonly int _numbers, _encodedSize;

    /// <summary>Gradients of the vectors at the edges, of each thread.</summary>
    private readonly float[]?[] _edgeSums;

    internal PiecewiseLinearLayer(NumberShape shape, PiecewiseLinearEncoder encoder, LayerContext context) : base(shape.OutputSize)
    {
        (_numbers, _encodedSize) = (shape.Size, shape.Size * encoder.Dimensions);
        int[] bins = shape.BinCounts;
        var linear = Initializers.Uniform(encoder.LinearRange);
        _bins = context.Matrix(shape.BinWeights, Initializers.Zeros, bins.Sum(), encoder.Dimensions);
        _weights = context.Vector(shape.LinearWeights, linear, shape.Size, encoder.Dimensions);
        _bias = context.Vector(shape.LinearBias, linear, shape.Size, encoder.Dimensions);
        _edgeSums = new float[]?[context.Threads];
        _encoding = context.Parameters.Share(shape.BinWeights, () =>
        {
            var encoding = new PiecewiseLinearEncoding(bins, encoder.Dimensions);
            if (context.Parameters.IsFixed) encoding.Pack(_bins.Values, _weights.Values, _bias.Values);
            return encoding;
        });
    }

    internal override void Pack(bool backward) => _encoding.Pack(_bins.Values, _weights.Values, _bias.Values);

    internal override void Write(ColumnBatch batch, int part, int start, int end, Span<float> target, int stride)
    {
        var numbers = (NumberBatch)batch;
        for (int row = start; row < end; row++)
        {
            var vector = target.Slice((row - start) * stride, Size);
            var values = numbers.Row(row);
            _encoding.Encode(values[.._numbers], vector[.._encodedSize]);
            values[_numbers..].CopyTo(vector[_encodedSize..]);
        }
    }

    internal override void Take(ColumnBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] sums)
    {
        var numbers = (NumberBatch)batch;
        float[] edges = _edgeSums[part] ??= new float[_encoding.VectorsSize];
        Array.Clear(edges);
        for (int row = start; row < end; row++)
            _encoding.AddGradients(numbers.Row(row)[.._numbers], gradients.Slice((row - start) * stride, _encodedSize), edges);
        _encoding.AddWeightGradients(edges, _bins.In(sums), _weights.In(sums), _bias.In(sums));
    }
}

/// <summary>Effectively computes relu(W [cos 2πcx, sin 2πcx] + b) of each number x, by learned frequencies c, weights W and a bias b of its own.</summary>
internal sealed class PeriodicLayer : ColumnLayer
{
    private readonly Parameter _frequencies;
    private readonly DenseLayer[] _layers;
    private readonly int _numbers, _dimensions, _count;

    /// <summary>Of each thread, for each number: the waves of its rows and what the dense layer makes of them, with their gradients.</summary>
    private readonly Memory[] _memories;

    internal PeriodicLayer(NumberShape shape, PeriodicEncoder encoder, LayerContext context) : base(shape.OutputSize)
    {
        (_numbers, _dimensions, _count) = (shape.Size, encoder.Dimensions, encoder.Frequencies);
        var linear = Initializers.Uniform(encoder.LinearRange);
        _frequencies = context.Vector(shape.Frequencies, Initializers.Normal(encoder.Deviation), shape.Size, _count);
        var weights = context.Matrix(shape.LinearWeights, linear, shape.Size, _dimensions, 2 * _count);
        var bias = context.Vector(shape.LinearBias, linear, shape.Size, _dimensions);
        _layers = [.. Enumerable.Range(0, shape.Size).Select(number => new DenseLayer(context, weights, bias, 2 * _count, _dimensions, number))];
        _memories = [.. Enumerable.Range(0, context.Threads).Select(_ => new Memory())];
    }

    internal override void Pack(bool backward)
    {
        foreach (var layer in _layers) layer.Pack(backward);
    }

    internal override void Write(ColumnBatch batch, int part, int start, int end, Span<float> target, int stride)
    {
        var numbers = (NumberBatch)batch;
        int rows = end - start, each = rows * 2 * _count, vectors = rows * _dimensions;
        var memory = _memories[part];
        memory.Require(_numbers * each, _numbers * vectors);
        for (int number = 0; number < _numbers; number++)
        {
            Span<float> waves = memory.Waves.AsSpan(number * each, each), outputs = memory.Outputs.AsSpan(number * vectors, vectors);
            for (int row = 0; row < rows; row++)
            {
                var wave = waves.Slice(row * 2 * _count, 2 * _count);
                Span<float> cosines = wave[.._count], sines = wave[_count..];
                TensorPrimitives.Multiply(Frequencies(number, _frequencies.Values), 2 * MathF.PI * numbers.Row(start + row)[number], cosines);
                TensorPrimitives.SinCos(cosines, sines, cosines);
            }
            _layers[number].Forward(waves, rows, outputs);
            Activation.Relu(outputs);
            for (int row = 0; row < rows; row++) outputs.Slice(row * _dimensions, _dimensions).CopyTo(target[(row * stride + number * _dimensions)..]);
        }
        for (int row = 0; row < rows; row++) numbers.Row(start + row)[_numbers..].CopyTo(target[(row * stride + _numbers * _dimensions)..]);
    }

    internal override void Take(ColumnBatch batch, int part, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] sums)
    {
        var numbers = (NumberBatch)batch;
        int rows = end - start, each = rows * 2 * _count, vectors = rows * _dimensions;
        var memory = _memories[part];
        memory.RequireGradients(each, vectors);
        Span<float> outputGradients = memory.OutputGradients.AsSpan(0, vectors), waveGradients = memory.WaveGradients.AsSpan(0, each);
        for (int number = 0; number < _numbers; number++)
        {
            Span<float> waves = memory.Waves.AsSpan(number * each, each), outputs = memory.Outputs.AsSpan(number * vectors, vectors);
            for (int row = 0; row < rows; row++)
            {
                var gradient = gradients.Slice(row * stride + number * _dimensions, _dimensions);
                for (int i = 0, j = row * _dimensions; i < _dimensions; i++, j++) outputGradients[j] = outputs[j] > 0 ? gradient[i] : 0;
            }
            _layers[number].Backward(part, waves, rows, outputGradients, waveGradients, sums);
            for (int row = 0; row < rows; row++)
            {
                var at = new Range(row * 2 * _count, (row + 1) * 2 * _count);
                AddFrequencyGradients(
                    waves[at], waveGradients[at], 2 * MathF.PI * numbers.Row(start + row)[number], Frequencies(number, _frequencies.In(sums)));
            }
        }
    }

    /// <summary>The derivative of [cos, sin] is [-sin, cos].</summary>
    private void AddFrequencyGradients(Span<float> waves, Span<float> gradients, float scale, Span<float> frequencies)
    {
        Span<float> byCosines = gradients[.._count], bySines = gradients[_count..];
        TensorPrimitives.Multiply(waves[.._count], bySines, bySines);
        TensorPrimitives.Multiply(waves[_count..], byCosines, byCosines);
        TensorPrimitives.Subtract(bySines, byCosines, bySines);
        TensorPrimitives.MultiplyAdd(bySines, scale, frequencies, frequencies);
    }

    private Span<float> Frequencies(int number, Span<float> all) => all.Slice(number * _count, _count);

    private sealed class Memory
    {
        internal float[] Waves = [], Outputs = [], WaveGradients = [], OutputGradients = [];

        internal void Require(int waves, int outputs)
        {
            if (Waves.Length < waves) (Waves, Outputs) = (new float[waves], new float[outputs]);
        }

        internal void RequireGradients(int waves, int outputs)
        {
            if (WaveGradients.Length < waves) (WaveGradients, OutputGradients) = (new float[waves], new float[outputs]);
        }
    }
}
