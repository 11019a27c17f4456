using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>One thread's way through a <see cref="ManagedHead"/> with some of a batch's rows, and back with their gradients.</summary>
/// <remarks>It keeps what backward needs, so one forward may be in flight, and backward follows it once.</remarks>
/// <param name="head">The layers, packed.</param>
/// <param name="dropout">Drops values of hidden layers.</param>
/// <param name="gradients">What the gradients of the weights are added to, of the form of the head's block.</param>
internal sealed class HeadPass(ManagedHead head, ManagedDropout dropout, float[] gradients)
{
    private readonly TransposedWorkspace[] _workspaces = [.. head.Layers.Select(layer => new TransposedWorkspace(layer.Inputs))];
    private readonly float[][] _values = [.. head.Layers.Select(_ => Array.Empty<float>())];
    private readonly float[][] _gradients = [.. head.Layers.Select(_ => Array.Empty<float>())];

    /// <summary>The gradients of the weights of the rows of this thread, added up; of the form of the head's block.</summary>
    internal float[] Gradients => gradients;

    /// <summary>Room for the combined vectors, the head's input: rows × combined size.</summary>
    internal Span<float> Input(int rows) => Room(_values, 0, rows);

    /// <summary>From what <see cref="Input"/> was filled with to the scores.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="training">True to drop values.</param>
    /// <param name="scores">Receives rows × outputs.</param>
    internal void Forward(int rows, bool training, Span<float> scores)
    {
        var values = Input(rows);
        for (int i = 0; i < head.Layers.Count - 1; i++)
        {
            var outputs = Room(_values, i + 1, rows);
            head.Layers[i].Forward(values, rows, outputs);
            Activation.Relu(outputs);
            if (training) dropout.Apply(outputs);
            values = outputs;
        }
        head.Layers[^1].Forward(values, rows, scores);
    }

    /// <summary>Adds to the gradients of all layers.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="scores">Gradients of the scores: rows × outputs.</param>
    /// <returns>The gradients of the combined vectors: rows × combined size.</returns>
    internal ReadOnlySpan<float> Backward(int rows, ReadOnlySpan<float> scores)
    {
        var outputs = scores;
        for (int i = head.Layers.Count - 1; i >= 0; i--)
        {
            var layer = head.Layers[i];
            var values = Room(_values, i, rows);
            MatrixProduct.MultiplyTransposed(
                outputs, layer.Outputs, layer.Outputs, values, layer.Inputs, rows, layer.WeightsIn(gradients), _workspaces[i], accumulate: true);
            RowSums.Add(outputs, rows, layer.BiasIn(gradients));

            var inputs = Room(_gradients, i, rows);
            layer.Backward(outputs, rows, inputs);
            if (i > 0) BackThroughHidden(values, inputs);
            outputs = inputs;
        }
        return outputs;
    }

    /// <summary>Back through relu and dropout: a value above 0 passed relu and was not dropped.</summary>
    private void BackThroughHidden(ReadOnlySpan<float> values, Span<float> inputs)
    {
        // By whole vectors, since relu's signs are as good as random: a branch per value costs more than the matrix products.
        float scale = dropout.Scale;
        int i = 0;
        for (; i <= inputs.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var passed = Vector.GreaterThan(new Vector<float>(values[i..]), Vector<float>.Zero);
            Vector.ConditionalSelect(passed, scale * new Vector<float>(inputs[i..]), Vector<float>.Zero).CopyTo(inputs[i..]);
        }
        for (; i < inputs.Length; i++) inputs[i] = values[i] > 0 ? scale * inputs[i] : 0;
    }

    /// <summary>Memory for the inputs of a layer, or for their gradients.</summary>
    private Span<float> Room(float[][] memory, int layer, int rows)
    {
        int length = rows * head.Layers[layer].Inputs;
        if (memory[layer].Length < length) memory[layer] = new float[length];
        return memory[layer].AsSpan(0, length);
    }
}
