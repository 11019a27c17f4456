namespace MLNet.Embeddings;

/// <summary>Settings that keep a network from learning its training rows by heart.</summary>
public sealed record RegularizationOptions
{
    /// <summary>Share of the values of sequence vectors and hidden layers that is zeroed at random in each training step.</summary>
    /// <value>
    /// Default null: 0.1, as in Ludwig's and TabM's tuned settings; of an encoder-decoder 0.3, or 0.05 for 1,000 target terms or more. From 0 to below 1.
    /// Srivastava et al. 2014 (JMLR 15).
    /// </value>
    public double? Dropout { get; init; }

    /// <summary>Share of known keys that is taken for unknown in each training step, which trains the unknown key's vector.</summary>
    /// <value>Default 0.01. From 0 to below 1. Only for columns made by <c>IndexTokens</c> and <c>IndexCategories</c>.</value>
    public double UnknownDropout { get; init; } = DefaultUnknownDropout;

    internal const double DefaultUnknownDropout = 0.01;

    /// <summary>Decoupled weight decay of the dense weights; tables and biases do not decay.</summary>
    /// <value>Default 0.0001, the median of TabM's tuned settings. At least 0. Loshchilov and Hutter (AdamW, arXiv 1711.05101).</value>
    public double WeightDecay { get; init; } = 0.0001;

    /// <summary>Largest norm of all gradients of a step together; longer ones are scaled down to it.</summary>
    /// <value>Default 1.0, as in TabM. Above 0; infinity for no limit. Pascanu et al. 2013 (arXiv 1211.5063).</value>
    public double MaxGradientNorm { get; init; } = 1.0;

    /// <summary>
    /// Decay per step of a moving average of all weights; validated and kept is the average, which varies less than the weights of any one step.
    /// </summary>
    /// <value>
    /// Default 0: no averaging. From 0 to below 1; 0.99 averages over about the last 100 steps. It takes the memory of the weights once more.
    /// Polyak and Juditsky 1992 (SIAM J. Control Optim. 30).
    /// </value>
    public double AveragingDecay { get; init; }

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal IEnumerable<string> Faults() =>
    [
        .. NumberRange.ZeroToBelowOne.Faults(nameof(Dropout), Dropout),
        .. NumberRange.ZeroToBelowOne.Faults(nameof(UnknownDropout), UnknownDropout),
        .. NumberRange.FromZero.Faults(nameof(WeightDecay), WeightDecay),
        .. NumberRange.ZeroToBelowOne.Faults(nameof(AveragingDecay), AveragingDecay),
        .. NumberRange.AboveZeroOrInfinite.Faults(nameof(MaxGradientNorm), MaxGradientNorm),
    ];
}
