using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>Random data and a random estimator for it; the same for one seed.</summary>
/// <param name="Training">The rows to train on.</param>
/// <param name="Validation">The rows to validate on; null to hold some out.</param>
/// <param name="Settings">The settings.</param>
internal abstract record RandomCase(MemoryView Training, MemoryView? Validation, TrainingOptions Settings)
{
    /// <summary>Steps that every fit has.</summary>
    internal const int FewestSteps = 4;

    internal static RandomCase Of(int seed)
    {
        var random = new Random(seed);
        return random.Chance(0.2) ? RandomSequences.Of(random) : RandomColumns.Of(random);
    }

    internal ITransformer Fit(MLContext context) => Fit(context, Settings, Training);

    /// <summary>A fit by other settings than these, or on other rows.</summary>
    internal abstract ITransformer Fit(MLContext context, TrainingOptions settings, IDataView training);

    /// <summary>The settings with nothing dropped in training.</summary>
    internal virtual TrainingOptions WithoutDropout() =>
        Settings with { Regularization = Settings.Regularization with { Dropout = 0, UnknownDropout = 0 } };

    internal abstract TrainingHistory HistoryOf(ITransformer model);
}

/// <summary>A schedule that does something at each step besides.</summary>
/// <param name="Inner">The schedule.</param>
/// <param name="AtStep">What to do; is told the number of the step, from 0.</param>
internal sealed record StepHook(LearningRateSchedule Inner, Action<int> AtStep) : LearningRateSchedule
{
    private int _steps = -1;

    internal override string Name => Inner.Name;

    internal override bool HasEnd => Inner.HasEnd;

    internal override double Factor(double done, IReadOnlyList<double> validationLosses, double minDelta)
    {
        AtStep(Interlocked.Increment(ref _steps));
        return Inner.Factor(done, validationLosses, minDelta);
    }

    public override string ToString() => Inner.ToString();
}
