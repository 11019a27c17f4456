using System.Numerics;
using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>What the weights of a wide part cost over some rows: the mean loss and a penalty on their squares.</summary>
/// <remarks>The parameters are the weights (features × outputs), then the bias of each output, which is not penalised.</remarks>
/// <param name="rows">The features of all rows of a table.</param>
/// <param name="featureCount">Number of different features.</param>
/// <param name="objective">What is learned.</param>
/// <param name="labels">Labels and weights of all rows of the table.</param>
/// <param name="chosen">The rows that count.</param>
internal sealed class WideProblem(WideRows rows, int featureCount, NetworkObjective objective, RowBatch labels, int[] chosen)
{
    private readonly int _outputs = objective.Outputs;
    private readonly float[] _scores = new float[objective.Outputs], _scoreGradients = new float[objective.Outputs];

    /// <summary>Number of parameters.</summary>
    internal int Size => (featureCount + 1) * _outputs;

    /// <summary>Half the squares of the weights' distances from the <see cref="Center"/> cost so much.</summary>
    internal double Penalty { get; init; }

    /// <summary>Ends an evaluation.</summary>
    internal CancellationToken Cancellation { get; init; }

    /// <summary>What the penalty draws the weights to; null for zero.</summary>
    internal float[]? Center { get; init; }

    /// <summary>The cost of some parameters, and its gradient.</summary>
    internal double Evaluate(ReadOnlySpan<float> parameters, Span<float> gradients)
    {
        int weights = featureCount * _outputs;
        var distances = gradients[..weights];
        if (Center is null) parameters[..weights].CopyTo(distances);
        else TensorPrimitives.Subtract(parameters[..weights], Center.AsSpan(0, weights), distances);
        double squares = TensorPrimitives.SumOfSquares<float>(distances);
        TensorPrimitives.Multiply(distances, (float)Penalty, distances);
        var biasGradients = gradients[weights..];
        biasGradients.Clear();
        double loss = 0;
        foreach (int row in chosen)
        {
            Cancellation.ThrowIfCancellationRequested();
            Score(parameters, row, _scores);
            loss += objective.Loss(_scores, labels, row, _scoreGradients);
            TensorPrimitives.Add(biasGradients, _scoreGradients, biasGradients);
            ReadOnlySpan<int> features = rows.FeaturesOf(row);
            var values = rows.ValuesOf(row);
            if (_outputs == 1)
            {
                float gradient = _scoreGradients[0];
                for (int i = 0; i < features.Length; i++) gradients[features[i]] += values[i] * gradient;
            }
            else
            {
                for (int i = 0; i < features.Length; i++) AddScaled(_scoreGradients, values[i], gradients.Slice(features[i] * _outputs, _outputs));
            }
        }
        return loss / labels.RowCount + Penalty / 2 * squares;
    }

    /// <summary>The outputs for a row of the table.</summary>
    internal void Score(ReadOnlySpan<float> parameters, int row, Span<float> outputs)
    {
        ReadOnlySpan<int> features = rows.FeaturesOf(row);
        var values = rows.ValuesOf(row);
        var bias = parameters[(featureCount * _outputs)..];
        if (_outputs == 1)
        {
            float sum = bias[0];
            for (int i = 0; i < features.Length; i++) sum += values[i] * parameters[features[i]];
            outputs[0] = sum;
            return;
        }
        bias.CopyTo(outputs);
        for (int i = 0; i < features.Length; i++) AddScaled(parameters.Slice(features[i] * _outputs, _outputs), values[i], outputs);
    }

    /// <summary>Adds a multiple: by hand, since the vectors are short.</summary>
    private static void AddScaled(ReadOnlySpan<float> source, float factor, Span<float> sums)
    {
        int i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sums[i..]) + new Vector<float>(source[i..]) * factor).CopyTo(sums[i..]);
        for (; i < source.Length; i++) sums[i] += source[i] * factor;
    }
}
