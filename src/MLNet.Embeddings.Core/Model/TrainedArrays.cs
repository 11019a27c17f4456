using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The arrays of a fitted network by name. Immutable by convention; safe to share.</summary>
internal abstract record TrainedArrays(IReadOnlyDictionary<string, WeightArray> Weights)
{
    internal ReadOnlySpan<float> this[string name] => Weights[name].Values;

    /// <summary>Says which array is missing, of other extents than the form asks, or of values that cannot be computed with; null when all fit.</summary>
    internal abstract string? Mismatch();

    /// <summary>Says which array is missing, of other extents than these, or of values that are not finite; null when all fit.</summary>
    private protected string? Mismatch(IEnumerable<(string Name, int[] Extents)> expected)
    {
        foreach (var (name, extents) in expected)
        {
            if (!Weights.TryGetValue(name, out var array)) return $"The array '{name}' is missing.";
            if (!array.HasExtents(extents))
                return $"The array '{name}' is {string.Join(" × ", array.Extents)}; the network's form asks for {string.Join(" × ", extents)}.";
            if (array.Values.Length > 0 && !TensorPrimitives.IsFiniteAll<float>(array.Values)) return $"The array '{name}' holds infinite numbers or NaN.";
        }
        return null;
    }

    /// <summary>The arrays that a form names, of their values by name.</summary>
    private protected static Dictionary<string, WeightArray> Shaped(IEnumerable<(string Name, int[] Extents)> expected, IEnumerable<(string Name, float[] Values)> arrays)
    {
        var values = arrays.ToDictionary(array => array.Name, array => array.Values);
        return expected.ToDictionary(weight => weight.Name, weight => new WeightArray(weight.Extents, values[weight.Name]));
    }
}
