namespace MLNet.Embeddings;

/// <summary>Up along a cosine, then down along another.</summary>
internal sealed record OneCycleSchedule(double WarmUp, double StartDivisor, double EndDivisor) : LearningRateSchedule
{
    internal override double Factor(double done, IReadOnlyList<double> validationLosses) => done < WarmUp
        ? Anneal(1 / StartDivisor, 1, done / WarmUp)
        : Anneal(1, 1 / EndDivisor, (done - WarmUp) / (1 - WarmUp));

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in WarmUpFaults(WarmUp)) yield return fault;
        if (!(StartDivisor >= 1) || double.IsInfinity(StartDivisor)) yield return $"The divisor at the start of the schedule must be at least 1; it was {StartDivisor}.";
        if (!(EndDivisor >= 1) || double.IsInfinity(EndDivisor)) yield return $"The divisor at the end of the schedule must be at least 1; it was {EndDivisor}.";
    }
}
