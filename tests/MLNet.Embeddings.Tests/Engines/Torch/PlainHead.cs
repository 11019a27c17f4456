namespace MLNet.Embeddings.Tests;

/// <summary>Heads of every form in double precision and plain loops, written from the formulas.</summary>
internal static class PlainHead
{
    /// <summary>The outputs of a row, by running statistics.</summary>
    internal static double[] Scores(TrainedNetwork network, object[] row)
    {
        var shape = network.Shape;
        double[] combined = Combine(network, [.. shape.Columns.Select((column, i) => PlainForward.Encode(network, column, row[i]))]);
        double[][] members = [.. Enumerable.Range(0, shape.Head.EnsembleSize).Select(member => Layers(network, combined, member))];
        if (members.Length == 1) return members[0];
        float[] outputs = new float[shape.Outputs];
        MemberAverage.Of(shape.Labels, [.. members.SelectMany(scores => scores).Select(score => (float)score)], outputs);
        return [.. outputs];
    }

    private static double[] Combine(TrainedNetwork network, double[][] vectors)
    {
        var shape = network.Shape;
        if (shape.Head.Combination == ColumnCombination.Concatenate) return [.. vectors.SelectMany(vector => vector)];
        var projected = shape.Columns.Zip(vectors, (column, vector) => shape.IsProjected(column)
            ? Affine(network[NetworkShape.ProjectionWeights(column)], network[NetworkShape.ProjectionBias(column)], vector)
            : vector);
        return projected.Aggregate((left, right) => [.. left.Zip(right, (a, b) => shape.Head.Combination == ColumnCombination.Add ? a + b : a * b)]);
    }

    private static double[] Layers(TrainedNetwork network, double[] values, int member)
    {
        var head = network.Shape.Head;
        int last = head.HiddenUnits.Count;
        for (int layer = 0; layer < last; layer++)
        {
            int units = head.HiddenUnits[layer], inputs = values.Length;
            float[] bias = network[HeadShape.LayerBias(layer)].Slice(member * units, units).ToArray();
            if (head.EnsembleSize > 1)
            {
                float[] r = network[HeadShape.InputScales(layer)].Slice(member * inputs, inputs).ToArray(),
                    s = network[HeadShape.OutputScales(layer)].Slice(member * units, units).ToArray();
                values = Affine(network[HeadShape.LayerWeights(layer)], new float[units], [.. values.Select((value, i) => value * r[i])]);
                values = [.. values.Select((value, i) => value * s[i] + bias[i])];
            }
            else values = Affine(network[HeadShape.LayerWeights(layer)], bias, values);
            values = [.. Normalize(network, layer, values).Select(value => Activate(head.Activation, value))];
        }
        int outputs = network.Shape.Outputs;
        return Affine(network[HeadShape.LayerWeights(last)].Slice(member * outputs * values.Length, outputs * values.Length),
            network[HeadShape.LayerBias(last)].Slice(member * outputs, outputs), values);
    }

    private static double[] Normalize(TrainedNetwork network, int layer, double[] values)
    {
        var kind = network.Shape.Head.Normalization;
        if (kind == Normalization.None) return values;
        float[] scale = network[HeadShape.NormScale(layer)].ToArray(), shift = network[HeadShape.NormShift(layer)].ToArray();
        double mean = values.Average(), variance = values.Average(value => (value - mean) * (value - mean));
        return [.. values.Select((value, i) => kind == Normalization.Layer
            ? (value - mean) / Math.Sqrt(variance + 1e-5) * scale[i] + shift[i]
            : (value - network[HeadShape.NormMean(layer)][i]) / Math.Sqrt(network[HeadShape.NormVariance(layer)][i] + 1e-5) * scale[i] + shift[i])];
    }

    private static double Activate(ActivationFunction function, double value) => function switch
    {
        ActivationFunction.Relu => Math.Max(value, 0),
        ActivationFunction.Silu => value / (1 + Math.Exp(-value)),
        ActivationFunction.Tanh => Math.Tanh(value),
        _ => 1 / (1 + Math.Exp(-value)),
    };

    private static double[] Affine(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, double[] vector)
    {
        double[] result = new double[bias.Length];
        for (int row = 0; row < result.Length; row++)
        {
            result[row] = bias[row];
            for (int i = 0; i < vector.Length; i++) result[row] += weights[row * vector.Length + i] * vector[i];
        }
        return result;
    }
}
