using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>What a fit yields and a file holds: the network's form and its arrays by name. Immutable by convention; safe to share.</summary>
internal sealed record TrainedNetwork(NetworkShape Shape, IReadOnlyDictionary<string, WeightArray> Weights)
{
    /// <summary>A network of all the arrays that its form names.</summary>
    internal static TrainedNetwork Of(NetworkShape shape, IEnumerable<(string Name, float[] Values)> arrays)
    {
        var values = arrays.ToDictionary(array => array.Name, array => array.Values);
        return new TrainedNetwork(shape, shape.Weights().ToDictionary(weight => weight.Name, weight => new WeightArray(weight.Extents, values[weight.Name])));
    }

    internal ReadOnlySpan<float> this[string name] => Weights[name].Values;

    /// <summary>Says which array is missing, of other extents than the form asks, or of values that cannot be computed with; null when all fit.</summary>
    internal string? Mismatch()
    {
        foreach (var (name, extents) in Shape.Weights())
        {
            if (!Weights.TryGetValue(name, out var array)) return $"The array '{name}' is missing.";
            if (!array.HasExtents(extents))
                return $"The array '{name}' is {string.Join(" × ", array.Extents)}; the network's form asks for {string.Join(" × ", extents)}.";
            if (array.Values.Length > 0 && !TensorPrimitives.IsFiniteAll<float>(array.Values)) return $"The array '{name}' holds infinite numbers or NaN.";
        }
        foreach (string variance in Shape.Head.Variances.Where(name => this[name].ContainsAnyInRange(float.MinValue, -float.Epsilon)))
            return $"The array '{variance}' holds numbers below 0.";
        return Shape.Columns.Select(column => column.Mismatch(this)).FirstOrDefault(fault => fault is not null);
    }
}
