namespace MLNet.Embeddings;

/// <summary>A number; the single output is in deviations from the mean of the training rows' labels.</summary>
internal sealed record RegressionLabelShape(string Name, float Mean, float Deviation) : LabelShape(Name)
{
    internal override int Outputs => 1;

    /// <summary>An output in the label's unit.</summary>
    internal float InUnit(float output) => output * Deviation + Mean;

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults()) yield return fault;
        if (!float.IsFinite(Mean)) yield return $"The mean of label '{Name}' is {Mean}.";
        if (!(Deviation > 0) || float.IsInfinity(Deviation)) yield return $"The deviation of label '{Name}' must be above 0; the file says {Deviation}.";
    }
}
