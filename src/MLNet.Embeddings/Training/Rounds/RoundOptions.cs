namespace MLNet.Embeddings;

/// <summary>How a network is trained by many workers, each on rows of its own: in rounds, after each of which what they have learned is put together.</summary>
/// <remarks>
/// <para>
/// In a round every worker takes one step or several from the same weights, on batches that are together as large as the batch of a fit in one process
/// (<see cref="TrainingOptions.BatchSize"/>). It is sent those rows of tables that its next batches look up, if they have changed since, and sends back what it
/// has learned of them.
/// </para>
/// <para>The same shards, seed, settings and number of workers give the same model, unless a worker was lost or too slow, which the log tells.</para>
/// </remarks>
public sealed record RoundOptions
{
    /// <summary>The batch of a worker has at least so many rows: fewer take as long.</summary>
    private const int LeastBatchRows = 16;

    /// <summary>Number of workers.</summary>
    /// <value>Default null: one for each core of the cluster, but no more than there are shards. From 1 to 1,024.</value>
    public int? Workers { get; init; }

    /// <summary>Steps that each worker takes in a round.</summary>
    /// <value>
    /// Default 1: the gradients of all workers are averaged, and one optimizer takes the step. This is data-parallel training, which comes to what one process
    /// with the batches of all workers together comes to, but for rounding. With more, each worker takes steps of its own, and their changes are averaged: of
    /// dense weights by the rows of each worker, of a table's row over as many workers as looked it up at a time. This is local SGD (Stich 2019, arXiv
    /// 1805.09767) with steps of Adam: fewer bytes for each step, and models that are worse, the more so the more workers there are and the fewer rows. From 1
    /// to 10,000.
    /// </value>
    public int StepsPerRound { get; init; } = 1;

    /// <summary>What the averaged change of a round is multiplied by. Has no effect with one step a round.</summary>
    /// <value>
    /// Default 1: the weights are the averages of the workers' weights. Above 0. DiLoCo (Douillard et al. 2023, arXiv 2311.08105) has 0.7, with
    /// <see cref="OuterMomentum"/> 0.9, for rounds of 500 steps.
    /// </value>
    public double OuterLearningRate { get; init; } = 1;

    /// <summary>Momentum of the averaged changes, as Nesterov's. Has no effect with one step a round.</summary>
    /// <value>Default 0: none. From 0 to below 1.</value>
    public double OuterMomentum { get; init; }

    /// <summary>Whether weights and changes are sent as numbers of 16 bits: half the bytes, and about three digits.</summary>
    /// <value>Default false.</value>
    public bool HalfPrecision { get; init; }

    /// <summary>
    /// How much longer than the middle one of the workers another may take for a round; what it would send later is dropped, it goes on with a
    /// later round, and a warning of the fit tells how often.
    /// </summary>
    /// <value>Default 10 times, but at least 10 seconds. Above 1; infinity to wait for all.</value>
    public double SlowestFactor { get; init; } = 10;

    /// <summary>Whether gradients are averaged, and not changes.</summary>
    internal bool AveragesGradients => StepsPerRound == 1;

    /// <summary>Rows of a step of one worker.</summary>
    /// <param name="batchRows">Those of a step of all together.</param>
    /// <param name="workers">Number of workers.</param>
    internal static int BatchRowsOf(int batchRows, int workers) => Math.Max(Math.Min(batchRows, LeastBatchRows), (batchRows + workers - 1) / workers);

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Workers is < 1 or > 1_024) yield return $"{nameof(Workers)} must be from 1 to 1024; it was {Workers}.";
        if (StepsPerRound is < 1 or > 10_000) yield return $"{nameof(StepsPerRound)} must be from 1 to 10000; it was {StepsPerRound}.";
        foreach (string fault in NumberRange.AboveZero.Faults(nameof(OuterLearningRate), OuterLearningRate)) yield return fault;
        foreach (string fault in NumberRange.ZeroToBelowOne.Faults(nameof(OuterMomentum), OuterMomentum)) yield return fault;
        if (!(SlowestFactor > 1)) yield return FormattableString.Invariant($"{nameof(SlowestFactor)} must be above 1; it was {SlowestFactor}.");
    }
}
