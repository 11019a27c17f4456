using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>The head of a network in a graph: what columns give, combined, through hidden layers to the outputs.</summary>
internal static class OnnxHead
{
    /// <summary>The outputs of a network.</summary>
    /// <param name="arrays">Its arrays.</param>
    /// <param name="shape">Its form.</param>
    /// <param name="columns">The vectors of its columns, rows × size each.</param>
    /// <returns>Rows × outputs; with an ensemble, members × rows × outputs.</returns>
    internal static OnnxValue Outputs(OnnxArrays arrays, NetworkShape shape, OnnxValue[] columns)
    {
        var head = shape.Head;
        int last = head.HiddenUnits.Count;
        var values = Combined(arrays, shape, columns);
        bool isEnsemble = head.EnsembleSize > 1;
        for (int i = 0; i < last; i++)
        {
            values = isEnsemble ? Ensemble(arrays, head, i, values) : Dense(arrays, i, values);
            values = Activated(Normalized(arrays, head, i, values), head.Activation);
        }
        return isEnsemble ? EnsembleOutputs(arrays, head, values) : Dense(arrays, last, values);
    }

    private static OnnxValue Combined(OnnxArrays arrays, NetworkShape shape, OnnxValue[] columns)
    {
        if (shape.Head.Combination == ColumnCombination.Concatenate) return columns.Length == 1 ? columns[0] : columns[0].Concat(1, columns.AsSpan(1));
        OnnxValue? combined = null;
        foreach (var (column, given) in shape.Columns.Zip(columns))
        {
            var vector = shape.IsProjected(column)
                ? Product(arrays, NetworkShape.ProjectionWeights(column), NetworkShape.ProjectionBias(column), given)
                : given;
            combined = combined is not { } before ? vector : shape.Head.Combination == ColumnCombination.Add ? before + vector : before * vector;
        }
        return combined!.Value;
    }

    private static OnnxValue Dense(OnnxArrays arrays, int index, OnnxValue values) =>
        Product(arrays, HeadShape.LayerWeights(index), HeadShape.LayerBias(index), values);

    private static OnnxValue Product(OnnxArrays arrays, string weights, string bias, OnnxValue values) =>
        arrays.Graph.Apply("Gemm", [values, arrays[weights], arrays[bias]], ("transB", 1L));

    /// <summary>Rows × members × units: see <see cref="EnsembleLayer"/>.</summary>
    private static OnnxValue Ensemble(OnnxArrays arrays, HeadShape head, int index, OnnxValue values)
    {
        // The first layer has one vector for all members.
        if (index == 0) values = values.Reshape(0, 1, -1);
        var products = (values * arrays[HeadShape.InputScales(index)]).Apply("MatMul", arrays.Transposed(HeadShape.LayerWeights(index)));
        return products * arrays[HeadShape.OutputScales(index)] + arrays[HeadShape.LayerBias(index)];
    }

    private static OnnxValue EnsembleOutputs(OnnxArrays arrays, HeadShape head, OnnxValue values)
    {
        int last = head.HiddenUnits.Count;
        return values.Transpose(1, 0, 2).Apply("MatMul", arrays.Transposed(HeadShape.LayerWeights(last)))
            + arrays[HeadShape.LayerBias(last)].Reshape(head.EnsembleSize, 1, -1);
    }

    private static OnnxValue Normalized(OnnxArrays arrays, HeadShape head, int index, OnnxValue values) => head.Normalization switch
    {
        Normalization.None => values,
        Normalization.Layer => LayerNormalized(arrays, index, values),
        Normalization.Batch => BatchNormalized(arrays, index, values),
        _ => throw new UnreachableException($"{head.Normalization}"),
    };

    private static OnnxValue LayerNormalized(OnnxArrays arrays, int index, OnnxValue values)
    {
        var centred = values - values.Reduce("Mean", -1, keep: true);
        var variance = (centred * centred).Reduce("Mean", -1, keep: true);
        var divisor = (variance + arrays.Graph.Scalar(LayerNormalizationLayer.Epsilon)).Apply("Sqrt");
        return centred / divisor * arrays[HeadShape.NormScale(index)] + arrays[HeadShape.NormShift(index)];
    }

    private static OnnxValue BatchNormalized(OnnxArrays arrays, int index, OnnxValue values)
    {
        float[] slope = arrays.Values(HeadShape.NormScale(index)).ToArray(), offset = arrays.Values(HeadShape.NormShift(index)).ToArray();
        ReadOnlySpan<float> mean = arrays.Values(HeadShape.NormMean(index)), variance = arrays.Values(HeadShape.NormVariance(index));
        for (int unit = 0; unit < slope.Length; unit++)
        {
            slope[unit] = (float)(slope[unit] / Math.Sqrt((double)variance[unit] + LayerNormalizationLayer.Epsilon));
            offset[unit] -= mean[unit] * slope[unit];
        }
        return values * arrays.Graph.Vector(slope) + arrays.Graph.Vector(offset);
    }

    private static OnnxValue Activated(OnnxValue values, ActivationFunction activation) => activation switch
    {
        ActivationFunction.Relu => values.Apply("Relu"),
        ActivationFunction.Silu => values * values.Apply("Sigmoid"),
        ActivationFunction.Tanh => values.Apply("Tanh"),
        ActivationFunction.Sigmoid => values.Apply("Sigmoid"),
        _ => throw new UnreachableException($"{activation}"),
    };
}
