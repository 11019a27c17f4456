namespace MLNet.Embeddings;

/// <summary>What a fit yields and a file holds: the network's form and its arrays by name.</summary>
internal sealed record TrainedNetwork(NetworkShape Shape, IReadOnlyDictionary<string, WeightArray> Weights) : TrainedArrays(Weights)
{
    /// <summary>A network of all the arrays that its form names.</summary>
    internal static TrainedNetwork Of(NetworkShape shape, IEnumerable<(string Name, float[] Values)> arrays) => new(shape, Shaped(shape.Weights(), arrays));

    internal override string? Mismatch()
    {
        if (Mismatch(Shape.Weights()) is { } mismatch) return mismatch;
        foreach (string variance in Shape.Head.Variances.Where(name => this[name].ContainsAnyInRange(float.MinValue, -float.Epsilon)))
            return $"The array '{variance}' holds numbers below 0.";
        return Shape.Columns.Select(column => column.Mismatch(this)).FirstOrDefault(fault => fault is not null);
    }
}
