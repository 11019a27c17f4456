namespace MLNet.Embeddings;

/// <summary>How much the rows of each class of a label count in training and validation, on top of example weights.</summary>
public sealed record ClassWeights
{
    private ClassWeights(IReadOnlyDictionary<string, double>? given) => Given = given;

    /// <summary>Weights that make all classes count alike: n / (k nᵢ) for class i with nᵢ of the n training rows, of k classes that occur. As scikit-learn's "balanced".</summary>
    public static ClassWeights Balanced { get; } = new((IReadOnlyDictionary<string, double>?)null);

    /// <summary>Given weights.</summary>
    /// <param name="weights">A weight above 0 by name of class; classes that are not named have 1.</param>
    public static ClassWeights Of(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new ClassWeights(weights.ToDictionary());
    }

    /// <summary>The weights by name of class; null if they come from the data.</summary>
    internal IReadOnlyDictionary<string, double>? Given { get; }

    internal IEnumerable<string> Faults(string label) => (Given ?? new Dictionary<string, double>())
        .Where(weight => !(weight.Value > 0) || double.IsInfinity(weight.Value))
        .Select(weight => $"The weight of class '{weight.Key}' of label '{label}' must be above 0; it was {weight.Value}.");
}
