using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>The wide part of a model in a graph: see <see cref="WideNetwork"/>.</summary>
internal static class OnnxWide
{
    private const int FirstKey = 2;

    /// <summary>Its outputs, rows × outputs.</summary>
    internal static OnnxValue Outputs(OnnxArrays arrays, TrainedWide wide, OnnxInputs inputs)
    {
        var outputs = arrays[WideShape.Bias];
        foreach (var column in wide.Shape.Columns)
        {
            outputs = outputs + column switch
            {
                WideTerms terms => Terms(arrays, terms, inputs.KeysOf(terms.Name)),
                WideCategory category => Category(arrays, category, inputs.KeyOf(category.Name)),
                WideNumbers numbers => Numbers(arrays, numbers, numbers.Scale(wide), inputs.NumbersOf(numbers.Name)),
                WideCross cross => Cross(arrays, cross, KeyAt(cross.First), KeyAt(cross.Second)),
                _ => throw new UnreachableException($"{column}"),
            };
        }
        return outputs;

        OnnxValue KeyAt(int position) => inputs.KeyOf(wide.Shape.Columns[position].Name);
    }

    /// <summary>The terms of rows, each once, by their frequencies: what <see cref="TermFeatures"/> weighs, times the weights.</summary>
    private static OnnxValue Terms(OnnxArrays arrays, WideTerms column, OnnxKeys keys)
    {
        var graph = arrays.Graph;
        int features = column.FeatureCount;
        // Behind the terms of a row comes its end, as a feature that weighs nothing, so that each row has one.
        var counts = keys.Keys.If(keys.Keys < graph.Scalar((long)features), graph.Scalar(0L));
        counts = graph.Scalar((long)features).If(keys.Keys.Is(0), counts);
        var kept = !(counts < graph.Scalar((long)FirstKey));
        var all = (keys.Rows * (features + 1) + counts).Where(kept);
        var sorted = graph.ApplyAll(OnnxDomains.Standard, "TopK", [all, all.Extent(0)], [true, true], ("axis", 0L), ("largest", 0L))[0];
        var starts = (!sorted.Is(sorted.Before(-1L))).Indices();
        var different = sorted.At(starts);
        var times = (starts.Slice(1, long.MaxValue).Concat(0, sorted.Extent(0)) - starts).Cast(OnnxType.Single);
        var term = different % (features + 1);
        var isEnd = term.Is(features);
        var frequencies = arrays.Get(column.InverseFrequencies, ".and end", () => OnnxTensor.Of([.. arrays.Values(column.InverseFrequencies), 0f]));
        var values = (times.Apply("Log") + graph.Scalar(1f)) * frequencies.At(term);
        var ends = isEnd.Indices();
        var squares = InRows((values * values).Reshape(-1, 1));
        var lengths = squares.Apply("Max", graph.Scalar(1e-30)).Apply("Sqrt");
        var weights = WithNothing(arrays, column, features);
        return (InRows(values.Reshape(-1, 1) * weights.At(term)) / lengths).Cast(OnnxType.Single);

        // The sums of values over the terms of each row, in double precision, as each is the difference of two sums over all rows.
        OnnxValue InRows(OnnxValue terms)
        {
            var sums = terms.Cast(OnnxType.Double).CumulativeSum().At(ends);
            return sums - graph.Constant(OnnxTensor.Of(new double[1], 1, 1)).Expand(graph.Vector(1L).Concat(0, sums.Extent(1))).Concat(0, sums.Slice(0, -1));
        }
    }

    private static OnnxValue Category(OnnxArrays arrays, WideCategory column, OnnxValue keys)
    {
        var weights = WithNothing(arrays, column, column.FeatureCount);
        return weights.At(keys.Apply("Min", arrays.Graph.Scalar((long)column.FeatureCount)));
    }

    private static OnnxValue Cross(OnnxArrays arrays, WideCross column, OnnxValue first, OnnxValue second)
    {
        var pairs = arrays.Values(column.Pairs).ToArray();
        const long Step = 1L << 32;
        long[] keys = [.. Enumerable.Range(0, column.PairCount).Select(i => (long)pairs[2 * i] * Step + (long)pairs[2 * i + 1])];
        long[] values = [.. Enumerable.Range(0, column.PairCount).Select(i => (long)i)];
        var places = arrays.Graph.Apply(OnnxDomains.Learning, "LabelEncoder", [first * Step + second],
            ("keys_int64s", keys), ("values_int64s", values), ("default_int64", (long)column.PairCount));
        return WithNothing(arrays, column, column.PairCount).At(places);
    }

    /// <summary>Numbers between their knots, as they are, and whether they are missing: see <see cref="NumberFeatures"/>.</summary>
    private static OnnxValue Numbers(OnnxArrays arrays, WideNumbers column, NumberScale scale, OnnxValue numbers)
    {
        var graph = arrays.Graph;
        int count = column.KnotCounts.Count;
        var places = OnnxNumbers.Scaled(graph, scale, numbers);
        int[] starts = [.. column.KnotCounts.Select((_, i) => column.KnotCounts.Take(i).Sum())];
        var knot = places.Apply("Floor");
        var share = (places - knot).Reshape(-1, count, 1);
        var low = knot.Cast(OnnxType.Int64) + graph.Vector([.. starts.Select(start => (long)start)]);
        var high = (low + 1).Apply("Min", graph.Vector([.. starts.Select((start, i) => start + column.KnotCounts[i] - 1L)]));
        var weights = arrays[column.Weights];
        var between = (weights.At(low) * (graph.Scalar(1f) - share) + weights.At(high) * share).Reduce("Sum", 1);
        var slopes = graph.Vector([.. column.KnotCounts.Select(knots => 2f / Math.Max(1, knots - 1))]);
        var features = places * slopes - graph.Scalar(1f);
        if (column.HasMissing) features = features.Concat(1, OnnxNumbers.IsMissing(numbers).Cast(OnnxType.Single));
        return between + features.Apply("MatMul", weights.Slice(column.KnotCounts.Sum(), long.MaxValue));
    }

    /// <summary>The weights of a column, and behind them those of a feature that weighs nothing.</summary>
    private static OnnxValue WithNothing(OnnxArrays arrays, WideColumn column, int features) => arrays.Get(column.Weights, ".and nothing", () =>
    {
        float[] weights = arrays.Values(column.Weights).ToArray();
        int outputs = weights.Length / features;
        return OnnxTensor.Of([.. weights, .. new float[outputs]], features + 1, outputs);
    });
}
