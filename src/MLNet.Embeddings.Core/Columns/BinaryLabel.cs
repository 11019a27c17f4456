namespace MLNet.Embeddings;

/// <summary>A Boolean label: one of two classes, learned by binary cross-entropy of the logit.</summary>
public sealed record BinaryLabel : LabelColumn
{
    internal BinaryLabel(string name) : base(name) { }

    /// <summary>How much the rows of each class count.</summary>
    /// <value>Default null: all alike. The classes are named "True" and "False".</value>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Share of a label that is spread evenly over both classes, which keeps scores moderate.</summary>
    /// <value>Default 0. From 0 to below 1. Szegedy et al. 2016 (arXiv 1512.00567, section 7).</value>
    public double LabelSmoothing { get; init; }

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. SmoothingFaults(LabelSmoothing), .. ClassWeights?.Faults(Name) ?? []];
}
