namespace MLNet.Embeddings;

/// <summary>Smaller steps after each run of epochs that brought nothing better.</summary>
internal sealed record PlateauSchedule(double ByFactor, int Patience) : LearningRateSchedule
{
    internal override double Factor(double done, IReadOnlyList<double> validationLosses)
    {
        double best = double.PositiveInfinity, factor = 1;
        int waited = 0;
        foreach (double loss in validationLosses)
        {
            waited = loss < best ? 0 : waited + 1;
            best = Math.Min(best, loss);
            if (waited < Patience) continue;
            factor *= ByFactor;
            waited = 0;
        }
        return factor;
    }

    internal override IEnumerable<string> Faults()
    {
        if (!(ByFactor is > 0 and < 1)) yield return $"The factor of the schedule must be above 0 and below 1; it was {ByFactor}.";
        if (Patience < 1) yield return $"The patience of the schedule must be at least 1; it was {Patience}.";
    }
}
