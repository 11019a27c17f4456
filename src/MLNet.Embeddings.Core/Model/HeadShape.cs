using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>What stands between the columns' vectors and the outputs.</summary>
/// <param name="HiddenUnits">Units of the hidden layers.</param>
/// <param name="Combination">How the columns' vectors become one.</param>
/// <param name="Activation">What hidden layers do with each value.</param>
/// <param name="Normalization">How they normalise before that.</param>
/// <param name="EnsembleSize">
/// Number of members that share the dense weights but for scales r of the inputs, s of the outputs, and biases of their own in hidden layers, and an output
/// layer of their own: TabM (arXiv 2410.24210).
/// </param>
internal sealed record HeadShape(
    IReadOnlyList<int> HiddenUnits,
    ColumnCombination Combination = ColumnCombination.Concatenate,
    ActivationFunction Activation = ActivationFunction.Relu,
    Normalization Normalization = Normalization.None,
    int EnsembleSize = 1)
{
    private const int MostMembers = 1_024;

    /// <summary>Whether it is nothing but dense layers with relu on the concatenated vectors.</summary>
    internal bool IsPlain =>
        (Combination, Activation, Normalization, EnsembleSize) == (ColumnCombination.Concatenate, ActivationFunction.Relu, Normalization.None, 1);

    /// <summary>Number of dense layers, the output layer included.</summary>
    internal int LayerCount => HiddenUnits.Count + 1;

    internal static string LayerWeights(int index) => $"head.{index}.weight";

    internal static string LayerBias(int index) => $"head.{index}.bias";

    /// <summary>Scales of the inputs of a hidden layer, for each member of an ensemble.</summary>
    internal static string InputScales(int index) => $"head.{index}.r";

    /// <summary>Scales of the outputs of a hidden layer, for each member of an ensemble.</summary>
    internal static string OutputScales(int index) => $"head.{index}.s";

    // torch's own names of the arrays of its normalisation layers.
    internal static string NormScale(int index) => $"head.{index}.norm.weight";

    internal static string NormShift(int index) => $"head.{index}.norm.bias";

    internal static string NormMean(int index) => $"head.{index}.norm.running_mean";

    internal static string NormVariance(int index) => $"head.{index}.norm.running_var";

    /// <summary>Every array of the layers: name and extents.</summary>
    /// <param name="combined">Length of the combined vector.</param>
    /// <param name="outputs">Outputs of the network.</param>
    internal IEnumerable<(string Name, int[] Extents)> Weights(int combined, int outputs)
    {
        int inputs = combined, members = EnsembleSize;
        for (int i = 0; i < HiddenUnits.Count; i++)
        {
            int units = HiddenUnits[i];
            yield return (LayerWeights(i), [units, inputs]);
            yield return (LayerBias(i), members > 1 ? [members, units] : [units]);
            if (members > 1)
            {
                yield return (InputScales(i), [members, inputs]);
                yield return (OutputScales(i), [members, units]);
            }
            foreach (string name in NormArrays(i)) yield return (name, [units]);
            inputs = units;
        }
        int last = HiddenUnits.Count;
        yield return (LayerWeights(last), members > 1 ? [members, outputs, inputs] : [outputs, inputs]);
        yield return (LayerBias(last), members > 1 ? [members, outputs] : [outputs]);
    }

    /// <summary>Names of the variances that batch normalisation divides by.</summary>
    internal IEnumerable<string> Variances => Normalization == Normalization.Batch ? HiddenUnits.Select((_, i) => NormVariance(i)) : [];

    /// <summary>What cannot be in a network's form, a sentence each; a file that was made by hand may hold anything.</summary>
    internal IEnumerable<string> Faults()
    {
        if (HiddenUnits.Any(units => units < 1)) yield return $"A hidden layer has {HiddenUnits.Min()} units.";
        foreach (string fault in EnumValues.Faults("The combination", Combination, "the file says")) yield return fault;
        foreach (string fault in EnumValues.Faults("The activation", Activation, "the file says")) yield return fault;
        foreach (string fault in EnumValues.Faults("The normalisation", Normalization, "the file says")) yield return fault;
        if (EnsembleSize is < 1 or > MostMembers) yield return $"The ensemble must have from 1 to {MostMembers} members; the file says {EnsembleSize}.";
    }

    private IEnumerable<string> NormArrays(int index) => Normalization switch
    {
        Normalization.Layer => [NormScale(index), NormShift(index)],
        Normalization.Batch => [NormScale(index), NormShift(index), NormMean(index), NormVariance(index)],
        _ => [],
    };
}

/// <summary>How the vectors of a network's columns become one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnCombination>))]
public enum ColumnCombination
{
    /// <summary>One after the other.</summary>
    Concatenate,

    /// <summary>Element-wise sum. Columns whose vectors are shorter than the longest are projected to its length by a dense layer each.</summary>
    Add,

    /// <summary>Element-wise product. Columns whose vectors are shorter than the longest are projected to its length by a dense layer each.</summary>
    Multiply,
}

/// <summary>What hidden layers do with each value.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActivationFunction>))]
public enum ActivationFunction
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x / (1 + e⁻ˣ), also called swish. Elfwing et al. 2017 (arXiv 1702.03118).</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    Sigmoid,
}

/// <summary>How hidden layers bring their values to mean 0 and deviation 1, before the activation; a trained scale and shift follow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Normalization>))]
public enum Normalization
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>Over the values of a row. Ba et al. 2016 (arXiv 1607.06450).</summary>
    Layer,

    /// <summary>Over the rows of a batch in training, over those of training in scoring. Ioffe and Szegedy 2015 (arXiv 1502.03167).</summary>
    Batch,
}
