using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How the step size changes during a fit.</summary>
/// <remarks>
/// Made by <see cref="Constant"/>, <see cref="ReduceOnPlateau"/>, <see cref="OneCycle"/> and <see cref="Cosine"/>; the set of kinds is closed. Immutable.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType)]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
[JsonDerivedType(typeof(OneCycleSchedule), "oneCycle")]
[JsonDerivedType(typeof(PlateauSchedule), "plateau")]
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule() { }

    /// <summary>The same step size throughout.</summary>
    public static LearningRateSchedule Constant() => new ConstantSchedule();

    /// <summary>Makes steps smaller when the validation loss stops falling. Without validation rows the step size stays.</summary>
    /// <param name="factor">What to multiply the step size with, above 0 and below 1; default 0.5.</param>
    /// <param name="patience">
    /// Epochs without a better loss (by <see cref="TrainingOptions.MinDelta"/>) after which that is done, at least 1; default 2, so that smaller steps are
    /// tried before the trainer's own patience of 5 ends. Keras has 0.1 and 10.
    /// </param>
    /// <remarks>As <c>keras.callbacks.ReduceLROnPlateau</c>.</remarks>
    public static LearningRateSchedule ReduceOnPlateau(double factor = 0.5, int patience = 2) => new PlateauSchedule(factor, patience);

    /// <summary>Rises from a small step size to the trainer's and falls to nearly 0 over all epochs, both along a cosine.</summary>
    /// <param name="warmUp">Share of all steps in which it rises, from 0 to below 1; default 0.25.</param>
    /// <param name="startDivisor">What the trainer's step size is divided by at the start, at least 1; default 25.</param>
    /// <param name="endDivisor">What it is divided by at the end, at least 1; default 100,000.</param>
    /// <remarks>
    /// Smith 2018 (arXiv 1803.09820) with the form and defaults of fastai's <c>fit_one_cycle</c>; the momentum is not cycled. "All epochs" are
    /// <see cref="TrainingOptions.MaxEpochs"/>: set it to the number that is to be trained.
    /// </remarks>
    public static LearningRateSchedule OneCycle(double warmUp = 0.25, double startDivisor = 25, double endDivisor = 100_000) =>
        new OneCycleSchedule(warmUp, startDivisor, endDivisor);

    /// <summary>Rises linearly from 0 to the trainer's step size and falls along a cosine to a share of it over all epochs.</summary>
    /// <param name="warmUp">Share of all steps in which it rises, from 0 to below 1; default 0.05.</param>
    /// <param name="end">Share of the trainer's step size at the end, from 0 to 1; default 0.</param>
    /// <remarks>
    /// Loshchilov and Hutter 2017 (arXiv 1608.03983), without restarts. "All epochs" are <see cref="TrainingOptions.MaxEpochs"/>: set it to the number that is
    /// to be trained.
    /// </remarks>
    public static LearningRateSchedule Cosine(double warmUp = 0.05, double end = 0) => new CosineSchedule(warmUp, end);

    /// <summary>The name of the method that makes it.</summary>
    internal abstract string Name { get; }

    /// <summary>What to multiply the step size with.</summary>
    /// <param name="done">Share of all steps that is done, from 0 to 1.</param>
    /// <param name="validationLosses">The validation losses of the epochs so far; empty without validation rows.</param>
    /// <param name="minDelta">How much smaller a loss must be to count as better.</param>
    internal abstract double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta);

    /// <summary>Whether it goes by the share of all steps that is done, and is to be run to its end.</summary>
    internal virtual bool HasEnd => false;

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults() => [];

    /// <summary>From one value to another along half a cosine.</summary>
    private protected static double Anneal(double start, double end, double share) => end + (start - end) * (1 + Math.Cos(Math.PI * share)) / 2;

    private protected static IEnumerable<string> WarmUpFaults(double warmUp) =>
        NumberRange.ZeroToBelowOne.Faults("The warm-up of the schedule", warmUp);
}

/// <summary>The same step size throughout.</summary>
internal sealed record ConstantSchedule : LearningRateSchedule
{
    internal override string Name => nameof(Constant);

    internal override double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta) => 1;
}

/// <summary>Up along a line, then down along a cosine.</summary>
internal sealed record CosineSchedule(double WarmUp, double End) : LearningRateSchedule
{
    internal override string Name => nameof(Cosine);

    internal override bool HasEnd => true;

    internal override double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta) =>
        done < WarmUp ? done / WarmUp : Anneal(1, End, (done - WarmUp) / (1 - WarmUp));

    internal override IEnumerable<string> Faults() => [.. WarmUpFaults(WarmUp), .. NumberRange.ZeroToOne.Faults("The end of the schedule", End)];
}

/// <summary>Up along a cosine, then down along another.</summary>
internal sealed record OneCycleSchedule(double WarmUp, double StartDivisor, double EndDivisor) : LearningRateSchedule
{
    internal override string Name => nameof(OneCycle);

    internal override bool HasEnd => true;

    internal override double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta) => done < WarmUp
        ? Anneal(1 / StartDivisor, 1, done / WarmUp)
        : Anneal(1, 1 / EndDivisor, (done - WarmUp) / (1 - WarmUp));

    internal override IEnumerable<string> Faults() =>
    [
        .. WarmUpFaults(WarmUp),
        .. NumberRange.FromOne.Faults("The divisor at the start of the schedule", StartDivisor),
        .. NumberRange.FromOne.Faults("The divisor at the end of the schedule", EndDivisor),
    ];
}

/// <summary>Smaller steps after each run of epochs that brought nothing better.</summary>
internal sealed record PlateauSchedule(double ByFactor, int Patience) : LearningRateSchedule
{
    internal override string Name => nameof(ReduceOnPlateau);

    internal override double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta)
    {
        double best = double.PositiveInfinity, factor = 1;
        int waited = 0;
        foreach (double loss in validationLosses)
        {
            if (loss < best - minDelta) (best, waited) = (loss, 0);
            else waited++;
            if (waited < Patience) continue;
            factor *= ByFactor;
            waited = 0;
        }
        return factor;
    }

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in NumberRange.BetweenZeroAndOne.Faults("The factor of the schedule", ByFactor)) yield return fault;
        if (Patience < 1) yield return $"The patience of the schedule must be at least 1; it was {Patience}.";
    }
}
