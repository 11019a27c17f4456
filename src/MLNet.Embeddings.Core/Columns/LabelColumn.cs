namespace MLNet.Embeddings;

/// <summary>One column that a multi-embedding network learns to predict, and how it learns it.</summary>
/// <remarks>
/// Made by <see cref="Binary"/>, <see cref="Multiclass"/> and <see cref="Regression"/>; the set of kinds is closed.
/// Immutable, so one record may be used in any number of trainers.
/// </remarks>
public abstract record LabelColumn
{
    private protected LabelColumn(string name) => Name = name;

    /// <summary>Name of the column in the trainer's input.</summary>
    public string Name { get; }

    /// <summary>How much the label's loss counts beside those of other labels.</summary>
    /// <value>Default 1. Above 0. It matters for networks of several labels only.</value>
    public double Weight { get; init; } = 1;

    /// <summary>One of two classes: a Boolean column.</summary>
    /// <param name="name">Name of the label column.</param>
    public static BinaryLabel Binary(string name) => new(name);

    /// <summary>One of many classes: a scalar key, as <c>MapValueToKey</c> makes it. Key 0 is a missing label.</summary>
    /// <param name="name">Name of the label column.</param>
    public static MulticlassLabel Multiclass(string name) => new(name);

    /// <summary>A number: a Single column. NaN is a missing label.</summary>
    /// <param name="name">Name of the label column.</param>
    public static RegressionLabel Regression(string name) => new(name);

    /// <summary>What is wrong with the settings, a sentence each; empty when nothing is.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(Name)) yield return "The name of a label column must not be empty.";
        if (!(Weight > 0) || double.IsInfinity(Weight)) yield return $"The weight of label '{Name}' must be above 0; it was {Weight}.";
    }

    private protected IEnumerable<string> SmoothingFaults(double smoothing)
    {
        if (!(smoothing is >= 0 and < 1)) yield return $"The label smoothing of label '{Name}' must be from 0 to below 1; it was {smoothing}.";
    }
}
