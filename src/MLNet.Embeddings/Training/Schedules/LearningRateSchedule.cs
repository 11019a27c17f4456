namespace MLNet.Embeddings;

/// <summary>How the step size changes during a fit.</summary>
/// <remarks>Made by <see cref="Constant"/>, <see cref="ReduceOnPlateau"/>, <see cref="OneCycle"/> and <see cref="Cosine"/>; the set of kinds is closed. Immutable.</remarks>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule() { }

    /// <summary>The same step size throughout.</summary>
    public static LearningRateSchedule Constant() => new ConstantSchedule();

    /// <summary>Makes steps smaller when the validation loss stops falling. Without validation rows the step size stays.</summary>
    /// <param name="factor">What to multiply the step size with, above 0 and below 1; default 0.5.</param>
    /// <param name="patience">
    /// Epochs without a better loss after which that is done, at least 1; default 2, so that smaller steps are tried before the trainer's own patience of 5 ends. Keras
    /// has 0.1 and 10.
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

    /// <summary>What to multiply the step size with.</summary>
    /// <param name="done">Share of all steps that is done, from 0 to 1.</param>
    /// <param name="validationLosses">The validation losses of the epochs so far; empty without validation rows.</param>
    internal abstract double Factor(double done, IReadOnlyList<double> validationLosses);

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults() => [];

    /// <summary>From one value to another along half a cosine.</summary>
    private protected static double Anneal(double start, double end, double share) => end + (start - end) * (1 + Math.Cos(Math.PI * share)) / 2;

    private protected static IEnumerable<string> WarmUpFaults(double warmUp)
    {
        if (!(warmUp is >= 0 and < 1)) yield return $"The warm-up of the schedule must be from 0 to below 1; it was {warmUp}.";
    }
}
