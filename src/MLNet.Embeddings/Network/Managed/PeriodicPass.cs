using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>One thread's way through the cosines and sines of one number and the dense layer behind them, and back.</summary>
/// <remarks>It keeps what backward needs, so one forward may be in flight, and backward follows it once.</remarks>
internal sealed class PeriodicPass(ManagedLayer layer)
{
    private readonly TransposedWorkspace _workspace = new(layer.Inputs);
    private float[] _waves = [], _waveGradients = [], _outputs = [], _outputGradients = [];

    /// <summary>Writes the vectors of one of the numbers of some rows.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="index">Which of a row's numbers.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="frequencies">The number's frequencies.</param>
    /// <param name="target">Rows × stride; the vectors go to the beginning of each row.</param>
    /// <param name="stride">From a row to the next.</param>
    internal void Forward(NumberBatch numbers, int index, int start, int end, ReadOnlySpan<float> frequencies, Span<float> target, int stride)
    {
        int rows = end - start;
        Require(rows);
        for (int row = 0; row < rows; row++)
            PeriodicEncoding.Waves(numbers.Row(start + row)[index], frequencies, _waves.AsSpan(row * layer.Inputs, layer.Inputs));
        var outputs = _outputs.AsSpan(0, rows * layer.Outputs);
        layer.Forward(_waves, rows, outputs);
        Activation.Relu(outputs);
        for (int row = 0; row < rows; row++) outputs.Slice(row * layer.Outputs, layer.Outputs).CopyTo(target[(row * stride)..]);
    }

    /// <summary>Adds to the gradients of frequencies and layer.</summary>
    /// <param name="numbers">As for <see cref="Forward"/>.</param>
    /// <param name="index">As for <see cref="Forward"/>.</param>
    /// <param name="start">As for <see cref="Forward"/>.</param>
    /// <param name="end">As for <see cref="Forward"/>.</param>
    /// <param name="gradients">Rows × stride, as <see cref="Forward"/> wrote.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="frequencies">Receives the gradients of the frequencies.</param>
    /// <param name="dense">Receives those of the layer, of the form of the network's block.</param>
    internal void Backward(
        NumberBatch numbers, int index, int start, int end, ReadOnlySpan<float> gradients, int stride, Span<float> frequencies, float[] dense)
    {
        int rows = end - start;
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0, j = row * layer.Outputs; i < layer.Outputs; i++, j++) _outputGradients[j] = _outputs[j] > 0 ? gradients[row * stride + i] : 0;
        }
        MatrixProduct.MultiplyTransposed(
            _outputGradients, layer.Outputs, layer.Outputs, _waves, layer.Inputs, rows, layer.WeightsIn(dense), _workspace, accumulate: true);
        RowSums.Add(_outputGradients, rows, layer.BiasIn(dense));
        layer.Backward(_outputGradients, rows, _waveGradients);

        for (int row = 0; row < rows; row++)
        {
            float scale = 2 * MathF.PI * numbers.Row(start + row)[index];
            Span<float> waves = _waves.AsSpan(row * layer.Inputs, layer.Inputs), waveGradients = _waveGradients.AsSpan(row * layer.Inputs, layer.Inputs);
            Span<float> cosines = waves[..frequencies.Length], sines = waves[frequencies.Length..];
            Span<float> byCosines = waveGradients[..frequencies.Length], bySines = waveGradients[frequencies.Length..];
            TensorPrimitives.Multiply(cosines, bySines, bySines);
            TensorPrimitives.Multiply(sines, byCosines, byCosines);
            TensorPrimitives.Subtract(bySines, byCosines, bySines);
            TensorPrimitives.MultiplyAdd(bySines, scale, frequencies, frequencies);
        }
    }

    private void Require(int rows)
    {
        if (_outputs.Length >= rows * layer.Outputs) return;
        (_waves, _waveGradients) = (new float[rows * layer.Inputs], new float[rows * layer.Inputs]);
        (_outputs, _outputGradients) = (new float[rows * layer.Outputs], new float[rows * layer.Outputs]);
    }
}
