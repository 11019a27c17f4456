using System.Globalization;
using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>One column that a multi-embedding network learns to predict, and how it learns it.</summary>
/// <remarks>
/// Made by <see cref="Binary"/>, <see cref="Multiclass"/>, <see cref="Regression"/> and <see cref="Set"/>; the set of kinds is closed.
/// Immutable, so one record may be used in any number of trainers.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BinaryLabel), "binary")]
[JsonDerivedType(typeof(MulticlassLabel), "multiclass")]
[JsonDerivedType(typeof(RegressionLabel), "regression")]
[JsonDerivedType(typeof(LabelSet), "set")]
public abstract record LabelColumn
{
    private protected LabelColumn(string name) => Name = name;

    /// <summary>Name of the column in the trainer's input.</summary>
    public string Name { get; }

    /// <summary>How much the label's loss counts beside those of other labels.</summary>
    /// <value>Default 1. Above 0. It matters for networks of several labels only.</value>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// One of two classes: a Boolean column, or one of two values of text, a number type or a key. Empty text, NaN and key 0 are missing labels.
    /// </summary>
    /// <param name="name">Name of the label column.</param>
    public static BinaryLabel Binary(string name) => new(name);

    /// <summary>
    /// One of many classes: a scalar key, as <c>MapValueToKey</c> makes it, or text, Boolean or a number, each value of which is a class, in the order of the
    /// values. Key 0, empty text and NaN are missing labels.
    /// </summary>
    /// <param name="name">Name of the label column.</param>
    public static MulticlassLabel Multiclass(string name) => new(name);

    /// <summary>A number of any type. NaN is a missing label.</summary>
    /// <param name="name">Name of the label column.</param>
    public static RegressionLabel Regression(string name) => new(name);

    /// <summary>
    /// A set of labels per row: a vector of text or of keys, of any length. An empty one is a legal label, none of them; empty text and key 0 are left out.
    /// </summary>
    /// <remarks>For <c>mlContext.MultiOutput()</c>, alone or beside other labels.</remarks>
    /// <param name="name">Name of the label column.</param>
    public static LabelSet Set(string name) => new(name);

    /// <summary>What is wrong with the settings, a sentence each; empty when nothing is.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(Name)) yield return "The name of a label column must not be empty.";
        foreach (string fault in NumberRange.AboveZero.Faults($"The weight of label '{Name}'", Weight)) yield return fault;
    }

    private protected IEnumerable<string> SmoothingFaults(double smoothing) =>
        NumberRange.ZeroToBelowOne.Faults($"The label smoothing of label '{Name}'", smoothing);
}

/// <summary>A label of one of two classes, learned by binary cross-entropy of the logit.</summary>
public sealed record BinaryLabel : LabelColumn
{
    [JsonConstructor]
    internal BinaryLabel(string name) : base(name) { }

    /// <summary>The value that means the positive class, as text: that of a number or a Boolean independent of culture, such as "1.5" or "False".</summary>
    /// <value>
    /// Default null: true of a Boolean column, and what is plain: true, yes, y, t, positive, pos and 1 beside their opposites, in any letter case; 1 beside 0
    /// or -1. With other values it must be set, else <c>Fit</c> says so.
    /// </value>
    public string? PositiveLabel { get; init; }

    /// <summary>How much the rows of each class count.</summary>
    /// <value>Default null: all alike. The classes are named by their values; those of a Boolean column "True" and "False".</value>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Share of a label that is spread evenly over both classes, which keeps scores moderate.</summary>
    /// <value>Default 0. From 0 to below 1. Szegedy et al. 2016 (arXiv 1512.00567, section 7).</value>
    public double LabelSmoothing { get; init; }

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults().Concat(SmoothingFaults(LabelSmoothing)).Concat(ClassWeights?.Faults(Name) ?? [])) yield return fault;
        if (PositiveLabel is "") yield return $"PositiveLabel of label '{Name}' must not be empty; leave it null where it is plain.";
    }
}

/// <summary>A label of one of many classes, learned by cross-entropy of the softmax.</summary>
public sealed record MulticlassLabel : LabelColumn
{
    [JsonConstructor]
    internal MulticlassLabel(string name) : base(name) { }

    /// <summary>How much the rows of each class count.</summary>
    /// <value>
    /// Default null: all alike. The classes are named by their values or those of their keys, or by the keys themselves, from 1, where they have no values.
    /// </value>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Share of a label that is spread evenly over all classes, which keeps scores moderate.</summary>
    /// <value>Default 0. From 0 to below 1; 0.1 in the source, Szegedy et al. 2016 (arXiv 1512.00567, section 7).</value>
    public double LabelSmoothing { get; init; }

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. SmoothingFaults(LabelSmoothing), .. ClassWeights?.Faults(Name) ?? []];
}

/// <summary>A set of labels per row, each learned by binary cross-entropy of a logit of its own; the row's loss is their sum.</summary>
/// <remarks>
/// The sum is the negative logarithm of the set's probability, if labels are independent given the row; so it counts beside other labels as they do. The labels
/// of text are those of all training rows, in ordinal order; those of keys are all that there can be.
/// </remarks>
public sealed record LabelSet : LabelColumn
{
    [JsonConstructor]
    internal LabelSet(string name) : base(name) { }
}

/// <summary>A label that is a number, standardised inside to mean 0 and deviation 1; scores are in the label's own unit.</summary>
public sealed record RegressionLabel : LabelColumn
{
    [JsonConstructor]
    internal RegressionLabel(string name) : base(name) { }

    /// <summary>What an error costs.</summary>
    /// <value>Default <see cref="RegressionLoss.Squared"/>.</value>
    public RegressionLoss Loss { get; init; } = RegressionLoss.Squared;

    /// <summary>The error, in deviations of the label, from which on <see cref="RegressionLoss.Huber"/> grows no faster than the error.</summary>
    /// <value>Default 1 deviation, as Keras and torch have it. Above 0. Has no effect with another loss.</value>
    public double HuberDelta { get; init; } = 1;

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults()) yield return fault;
        foreach (string fault in EnumValues.Faults($"The loss of label '{Name}'", Loss)) yield return fault;
        foreach (string fault in NumberRange.AboveZero.Faults($"HuberDelta of label '{Name}'", HuberDelta)) yield return fault;
    }
}

/// <summary>What the error of a regression costs.</summary>
public enum RegressionLoss
{
    /// <summary>The square of the error: scores tend to the mean.</summary>
    Squared,

    /// <summary>The absolute error: scores tend to the median, and rare large labels matter little.</summary>
    Absolute,

    /// <summary>Half the square of small errors, and in proportion to large ones. Huber 1964 (Annals of Mathematical Statistics 35).</summary>
    Huber,
}

/// <summary>How much the rows of each class of a label count in training and validation, on top of example weights.</summary>
public sealed record ClassWeights
{
    [JsonConstructor]
    private ClassWeights(IReadOnlyDictionary<string, double>? given) => Given = given;

    /// <summary>
    /// Weights that make all classes count alike: n / (k nᵢ) for class i with nᵢ of the n training rows, of k classes that occur. As scikit-learn's "balanced".
    /// </summary>
    public static ClassWeights Balanced { get; } = new((IReadOnlyDictionary<string, double>?)null);

    /// <summary>Given weights.</summary>
    /// <param name="weights">A weight above 0 by name of class; classes that are not named have 1.</param>
    public static ClassWeights Of(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new ClassWeights(weights.ToDictionary());
    }

    /// <summary>The weights by name of class; null if they come from the data.</summary>
    [JsonInclude]
    internal IReadOnlyDictionary<string, double>? Given { get; }

    /// <summary>Whether others are the same weights of the same classes, or both come from the data.</summary>
    /// <param name="other">The others.</param>
    public bool Equals(ClassWeights? other) => other is not null && (Given is null || other.Given is null
        ? Given == other.Given
        : Given.Count == other.Given.Count && !Given.Except(other.Given).Any());

    /// <inheritdoc/>
    public override int GetHashCode() => Given?.Count ?? -1;

    /// <summary>The weights in words.</summary>
    public override string ToString() => Given is null
        ? "balanced"
        : string.Join(", ", Given.OrderBy(weight => weight.Key, StringComparer.Ordinal)
            .Select(weight => string.Create(CultureInfo.InvariantCulture, $"{weight.Key}: {weight.Value}")));

    internal IEnumerable<string> Faults(string label) => (Given ?? new Dictionary<string, double>())
        .SelectMany(weight => NumberRange.AboveZero.Faults($"The weight of class '{weight.Key}' of label '{label}'", weight.Value));
}
