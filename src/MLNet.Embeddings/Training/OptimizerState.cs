namespace MLNet.Embeddings;

/// <summary>A network's weights and what its optimizer has gathered over the steps of training: all that is needed to go on bit for bit.</summary>
/// <param name="Step">Number of steps taken.</param>
/// <param name="Arrays">Weights, moments and moving averages, by name.</param>
internal sealed record OptimizerState(int Step, IReadOnlyDictionary<string, WeightArray> Arrays)
{
    /// <summary>Copies the arrays into others of the same names and lengths; changes none unless all fit.</summary>
    /// <exception cref="ArgumentException">The names or lengths are others.</exception>
    internal void CopyTo(IReadOnlyCollection<(string Name, float[] Values)> arrays)
    {
        foreach (var (name, values) in arrays)
        {
            if (!Arrays.TryGetValue(name, out var array)) throw Unfit($"lacks the array '{name}'");
            if (array.Values.Length != values.Length) throw Unfit($"has {array.Values.Length} values in the array '{name}' where {values.Length} are needed");
        }
        if (Arrays.Keys.Except(arrays.Select(array => array.Name)).FirstOrDefault() is { } extra) throw Unfit($"has the array '{extra}', for which there is no use");

        foreach (var (name, values) in arrays) Arrays[name].Values.CopyTo(values, 0);
    }

    private static ArgumentException Unfit(string what) =>
        new($"The state of the optimizer {what}; continue with the columns, data and options that it was saved with.");
}
