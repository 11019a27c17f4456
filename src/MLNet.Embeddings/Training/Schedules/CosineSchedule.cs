namespace MLNet.Embeddings;

/// <summary>Up along a line, then down along a cosine.</summary>
internal sealed record CosineSchedule(double WarmUp, double End) : LearningRateSchedule
{
    internal override double Factor(double done, IReadOnlyList<double> validationLosses) =>
        done < WarmUp ? done / WarmUp : Anneal(1, End, (done - WarmUp) / (1 - WarmUp));

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in WarmUpFaults(WarmUp)) yield return fault;
        if (!(End is >= 0 and <= 1)) yield return $"The end of the schedule must be from 0 to 1; it was {End}.";
    }
}
