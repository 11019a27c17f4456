using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Numbers in a graph: on their scale, and encoded.</summary>
internal static class OnnxNumbers
{
    /// <summary>The vector of a column of numbers, rows × its size: those of <see cref="NumberLayer"/> and its family.</summary>
    /// <param name="arrays">The arrays of the network.</param>
    /// <param name="shape">The column.</param>
    /// <param name="scaled">The numbers on their scale.</param>
    /// <param name="numbers">The numbers as they are.</param>
    internal static OnnxValue Vector(OnnxArrays arrays, NumberShape shape, OnnxValue scaled, OnnxValue numbers)
    {
        var vector = shape.Encoder switch
        {
            PiecewiseLinearEncoder encoder => PiecewiseLinear(arrays, shape, encoder, scaled),
            PeriodicEncoder encoder => Periodic(arrays, shape, encoder, scaled),
            _ => scaled,
        };
        return shape.MissingIndicator ? vector.Concat(1, IsMissing(numbers).Cast(OnnxType.Single)) : vector;
    }

    /// <summary>Whether a number is missing.</summary>
    internal static OnnxValue IsMissing(OnnxValue numbers) => !numbers.Is(numbers);

    /// <summary>Numbers on their scale, rows × numbers: see <see cref="NumberScale.Apply"/>.</summary>
    internal static OnnxValue Scaled(OnnxGraph graph, NumberScale scale, OnnxValue numbers) => scale switch
    {
        StandardScale standard => Standard(graph, standard, numbers),
        KnotScale knots => Knots(graph, knots, numbers).Cast(OnnxType.Single),
        _ => throw new UnreachableException($"{scale}"),
    };

    private static OnnxValue Standard(OnnxGraph graph, StandardScale scale, OnnxValue numbers)
    {
        var used = numbers;
        if (scale.Limits is { } ends)
        {
            var isInfinite = graph.Apply("IsInf", [numbers.Cast(OnnxType.Single)]);
            var end = graph.Vector(ends.Least).If(numbers < graph.Scalar(0.0), graph.Vector(ends.Most));
            used = end.If(isInfinite, numbers);
        }
        var standardized = (used - graph.Vector(scale.Mean)).Cast(OnnxType.Single) / graph.Vector(scale.Deviation);
        var clipped = standardized.Clip(graph.Scalar(-StandardScale.MostDeviations), graph.Scalar(StandardScale.MostDeviations));
        return graph.Scalar(0f).If(IsMissing(numbers), clipped);
    }

    /// <summary>The places of numbers among their knots, or the heights there: the sum of what they pass of each stretch between two.</summary>
    private static OnnxValue Knots(OnnxGraph graph, KnotScale scale, OnnxValue numbers)
    {
        int size = scale.Size, most = Math.Max(1, scale.KnotCounts.Max() - 1);
        double[] starts = new double[size * most], widths = new double[size * most], rises = new double[size * most];
        double[] first = new double[size], last = new double[size], bottom = new double[size];
        Array.Fill(widths, 1);
        for (int i = 0; i < size; i++)
        {
            var knots = scale.KnotsOf(i);
            (first[i], last[i], bottom[i]) = (knots[0], knots[^1], scale.Height(i, 0));
            for (int bin = 0; bin < most; bin++)
            {
                // Behind the last knot, nothing is passed.
                bool exists = bin + 1 < knots.Length;
                starts[i * most + bin] = exists ? knots[bin] : knots[^1];
                if (!exists) continue;
                widths[i * most + bin] = knots[bin + 1] - knots[bin];
                rises[i * most + bin] = (double)scale.Height(i, bin + 1) - scale.Height(i, bin);
            }
        }
        var known = graph.Vector(scale.Fill).If(IsMissing(numbers), numbers);
        var within = known.Apply("Max", graph.Vector(first)).Apply("Min", graph.Vector(last)).Reshape(0, size, 1);
        var passed = ((within - Table(starts)) / Table(widths)).Clip(graph.Scalar(0.0), graph.Scalar(1.0)) * Table(rises);
        return passed.Reduce("Sum", 2) + graph.Vector(bottom);

        OnnxValue Table(double[] values) => graph.Constant(OnnxTensor.Of(values, size, most));
    }

    private static OnnxValue PiecewiseLinear(OnnxArrays arrays, NumberShape shape, PiecewiseLinearEncoder encoder, OnnxValue places)
    {
        int size = shape.Size, dimensions = encoder.Dimensions, most = Math.Max(1, shape.BinCounts.Max());
        var weights = arrays.Get(shape.BinWeights, ".vectors", () => OnnxTensor.Of(Vectors(), size, most, dimensions));
        var bias = arrays.Get(shape.LinearBias, ".origin", () => OnnxTensor.Of(Origins(), size, 1, dimensions));
        var graph = arrays.Graph;
        var bins = graph.Vector([.. Enumerable.Range(0, most).Select(bin => (float)bin)]);
        // Numbers × rows × bins, as each number has vectors of its own.
        var filled = (places.Transpose(1, 0).Reshape(size, -1, 1) - bins).Clip(graph.Scalar(0f), graph.Scalar(1f));
        return (filled.Apply("MatMul", weights) + bias).Transpose(1, 0, 2).Reshape(-1, (long)size * dimensions);

        // The linear part rises by the same with each bin that is passed.
        float[] Vectors()
        {
            ReadOnlySpan<float> binWeights = arrays.Values(shape.BinWeights), linear = arrays.Values(shape.LinearWeights);
            float[] vectors = new float[size * most * dimensions];
            for (int number = 0, from = 0; number < size; number++)
            {
                float slope = PiecewiseLinearEncoding.Standardization(shape.BinCounts[number]).Slope;
                for (int bin = 0; bin < shape.BinCounts[number]; bin++)
                {
                    for (int d = 0; d < dimensions; d++, from++)
                        vectors[(number * most + bin) * dimensions + d] = binWeights[from] + linear[number * dimensions + d] * slope;
                }
            }
            return vectors;
        }

        float[] Origins()
        {
            ReadOnlySpan<float> linear = arrays.Values(shape.LinearWeights), given = arrays.Values(shape.LinearBias);
            float[] origins = new float[size * dimensions];
            for (int i = 0; i < origins.Length; i++)
                origins[i] = given[i] + linear[i] * PiecewiseLinearEncoding.Standardization(shape.BinCounts[i / dimensions]).Origin;
            return origins;
        }
    }

    private static OnnxValue Periodic(OnnxArrays arrays, NumberShape shape, PeriodicEncoder encoder, OnnxValue numbers)
    {
        int size = shape.Size;
        var graph = arrays.Graph;
        var frequencies = arrays[shape.Frequencies].Reshape(size, 1, encoder.Frequencies);
        var waves = frequencies * (numbers * graph.Scalar(2 * MathF.PI)).Transpose(1, 0).Reshape(size, -1, 1);
        var vectors = waves.Apply("Cos").Concat(2, waves.Apply("Sin")).Apply("MatMul", arrays.Transposed(shape.LinearWeights))
            + arrays[shape.LinearBias].Reshape(size, 1, encoder.Dimensions);
        return vectors.Apply("Relu").Transpose(1, 0, 2).Reshape(-1, (long)size * encoder.Dimensions);
    }
}
