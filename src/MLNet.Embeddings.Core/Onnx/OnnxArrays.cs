namespace MLNet.Embeddings;

/// <summary>The trained arrays of a network or a wide part within a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="arrays">The arrays.</param>
/// <param name="prefix">What their names begin with, so that those of several networks differ.</param>
internal sealed class OnnxArrays(OnnxGraph graph, TrainedArrays arrays, string prefix)
{
    private readonly Dictionary<string, OnnxValue> _values = [];

    internal OnnxGraph Graph => graph;

    /// <summary>An array as it is.</summary>
    internal OnnxValue this[string name] => Get(name, "", () => OnnxTensor.Of(arrays.Weights[name].Values, [.. arrays.Weights[name].Extents]));

    /// <summary>The numbers of an array.</summary>
    internal ReadOnlySpan<float> Values(string name) => arrays[name];

    /// <summary>An array that is made of others: once.</summary>
    internal OnnxValue Get(string name, string part, Func<OnnxTensor> make)
    {
        string key = $"{prefix}{name}{part}";
        if (!_values.TryGetValue(key, out var value)) _values[key] = value = graph.Constant(make(), key);
        return value;
    }

    /// <summary>A matrix with its last two axes exchanged, as MatMul takes weights.</summary>
    internal OnnxValue Transposed(string name) => Get(name, ".transposed", () =>
    {
        int[] extents = arrays.Weights[name].Extents;
        float[] values = arrays.Weights[name].Values;
        int rows = extents[^2], columns = extents[^1], size = rows * columns;
        float[] result = new float[values.Length];
        for (int i = 0; i < values.Length; i++) result[i / size * size + i % size % columns * rows + i % size / columns] = values[i];
        return OnnxTensor.Of(result, [.. extents[..^2], columns, rows]);
    });
}
