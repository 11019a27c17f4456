using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>The dense layers of a network without torch: relu and dropout behind each hidden one; the last gives the scores.</summary>
/// <remarks>It keeps what backward needs, so one forward may be in flight, and backward follows it once.</remarks>
internal sealed class ManagedHead
{
    private readonly ManagedLayer[] _layers;
    private readonly ManagedDropout _dropout;
    private readonly float[][] _values, _gradients;

    internal ManagedHead(NetworkShape shape, double dropout, Random random)
    {
        (int Inputs, int Outputs)[] sizes = [.. Enumerable.Range(0, shape.LayerCount).Select(shape.Layer)];
        int weights = 0, bias = sizes.Sum(size => size.Inputs * size.Outputs);
        Dense = new ParameterBlock(bias, sizes.Sum(size => size.Outputs));
        _layers = new ManagedLayer[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            var (inputs, outputs) = sizes[i];
            _layers[i] = new ManagedLayer(Dense, inputs, outputs, weights, bias);
            // Keras's initial values (keras.layers.Dense): Glorot uniform weights, zero biases.
            UniformValues.Draw(inputs * outputs, Math.Sqrt(6.0 / (inputs + outputs)), random).CopyTo(_layers[i].Weights);
            weights += inputs * outputs;
            bias += outputs;
        }
        _dropout = new ManagedDropout(dropout, random.Next());
        _values = [.. Enumerable.Repeat(Array.Empty<float>(), sizes.Length + 1)];
        _gradients = [.. _values];
    }

    internal ParameterBlock Dense { get; }

    /// <summary>Room for the combined vectors, the head's input: rows × combined size.</summary>
    internal Span<float> Input(int rows) => Room(_values, 0, rows, _layers[0].Inputs);

    /// <summary>The scores of what <see cref="Input"/> was filled with: rows × outputs.</summary>
    internal Span<float> Forward(int rows, bool training)
    {
        var values = Input(rows);
        for (int i = 0; i < _layers.Length; i++)
        {
            var outputs = Room(_values, i + 1, rows, _layers[i].Outputs);
            _layers[i].Forward(values, rows, outputs);
            values = outputs;
            if (i == _layers.Length - 1) break;
            Activation.Relu(values);
            if (training) _dropout.Apply(values);
        }
        return values;
    }

    /// <summary>Room for the gradients of the scores.</summary>
    internal Span<float> ScoreGradients(int rows) => Room(_gradients, _layers.Length, rows, _layers[^1].Outputs);

    /// <summary>Adds to the gradients of all layers.</summary>
    /// <returns>The gradients of the combined vectors: rows × combined size.</returns>
    internal ReadOnlySpan<float> Backward(int rows)
    {
        var gradients = ScoreGradients(rows);
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            var values = Room(_values, i, rows, _layers[i].Inputs);
            var inputs = Room(_gradients, i, rows, _layers[i].Inputs);
            _layers[i].Backward(values, rows, gradients, inputs);
            if (i > 0) BackThroughHidden(values, inputs);
            gradients = inputs;
        }
        return gradients;
    }

    internal IEnumerable<(string Name, float[] Values)> Export() => _layers.SelectMany((layer, i) => new[]
    {
        (NetworkShape.LayerWeights(i), layer.Weights.ToArray()),
        (NetworkShape.LayerBias(i), layer.Bias.ToArray()),
    });

    /// <summary>Back through relu and dropout: a value above 0 passed relu and was not dropped.</summary>
    private void BackThroughHidden(ReadOnlySpan<float> values, Span<float> gradients)
    {
        // By whole vectors, since relu's signs are as good as random: a branch per value costs more than the matrix products.
        float scale = _dropout.Scale;
        int i = 0;
        for (; i <= gradients.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var passed = Vector.GreaterThan(new Vector<float>(values[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(passed, scale * new Vector<float>(gradients[i..]), Vector<float>.Zero).CopyTo(gradients[i..]);
        }
        for (; i < gradients.Length; i++) gradients[i] = values[i] > 0 ? scale * gradients[i] : 0;
    }

    private static Span<float> Room(float[][] memory, int index, int rows, int size)
    {
        if (memory[index].Length < rows * size) memory[index] = new float[rows * size];
        return memory[index].AsSpan(0, rows * size);
    }
}
