namespace MLNet.Embeddings;

/// <summary>What a fit yields and a file holds: the network's form and its arrays by name. Immutable by convention; safe to share.</summary>
internal sealed record TrainedNetwork(NetworkShape Shape, IReadOnlyDictionary<string, WeightArray> Weights)
{
    internal ReadOnlySpan<float> this[string name] => Weights[name].Values;

    /// <summary>Says which array is missing or of other extents than the form asks; null when all fit.</summary>
    internal string? Mismatch()
    {
        foreach (var (name, extents) in Shape.Weights())
        {
            if (!Weights.TryGetValue(name, out var array)) return $"The array '{name}' is missing.";
            if (!array.HasExtents(extents))
                return $"The array '{name}' is {string.Join(" × ", array.Extents)}; the network's form asks for {string.Join(" × ", extents)}.";
        }
        return null;
    }
}
