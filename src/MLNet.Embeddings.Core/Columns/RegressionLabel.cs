namespace MLNet.Embeddings;

/// <summary>A Single label: a number, standardised inside to mean 0 and deviation 1; scores are in the label's own unit.</summary>
public sealed record RegressionLabel : LabelColumn
{
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
        if (!Enum.IsDefined(Loss)) yield return $"The loss of label '{Name}' must be Squared, Absolute or Huber; it was {Loss}.";
        if (!(HuberDelta > 0) || double.IsInfinity(HuberDelta)) yield return $"HuberDelta of label '{Name}' must be above 0; it was {HuberDelta}.";
    }
}
