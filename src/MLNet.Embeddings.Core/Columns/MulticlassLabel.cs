namespace MLNet.Embeddings;

/// <summary>A key label: one of many classes, learned by cross-entropy of the softmax.</summary>
public sealed record MulticlassLabel : LabelColumn
{
    internal MulticlassLabel(string name) : base(name) { }

    /// <summary>How much the rows of each class count.</summary>
    /// <value>Default null: all alike. The classes are named by the values of the label's keys, or by the keys themselves, from 1, where they have no values.</value>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>Share of a label that is spread evenly over all classes, which keeps scores moderate.</summary>
    /// <value>Default 0. From 0 to below 1; 0.1 in the source, Szegedy et al. 2016 (arXiv 1512.00567, section 7).</value>
    public double LabelSmoothing { get; init; }

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. SmoothingFaults(LabelSmoothing), .. ClassWeights?.Faults(Name) ?? []];
}
