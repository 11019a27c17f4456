namespace MLNet.Embeddings;

/// <summary>The same step size throughout.</summary>
internal sealed record ConstantSchedule : LearningRateSchedule
{
    internal override double Factor(double done, IReadOnlyList<double> validationLosses) => 1;
}
