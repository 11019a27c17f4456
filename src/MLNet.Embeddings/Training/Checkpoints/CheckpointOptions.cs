namespace MLNet.Embeddings;

/// <summary>Where and how often a training writes down its state, so that one that was cut off goes on where it was.</summary>
/// <remarks>
/// <para><c>Fit</c> looks into the folder first: if a checkpoint is there, training goes on from it, bit for bit as if it had never been cut off. The data, the
/// settings and the number of threads must be those of before; what says how long to train, how to report and how often to write may differ. When the fit
/// comes to its end, the checkpoint is removed; when it is cancelled or the process ends, it stays. This is the way of keras.callbacks.BackupAndRestore.</para>
/// <para>Where several networks are trained, each has a folder of its own within; those that have ended, the wide part and the trials of a search are kept
/// there until the whole fit ends, so that none of them is done twice. What a trial comes to depends on how long it may train: of a search,
/// <see cref="TrainingOptions.MaxEpochs"/> and <see cref="TrainingOptions.Patience"/> must be those of before as well.</para>
/// <para>The checkpoint of a network takes about four times its space: weights, the two moments of Adam for each, and the best weights so far. A file is at any
/// moment either the old one or the complete new one. If it cannot be written or, in the end, removed, a warning says so. A folder is for one training at a
/// time.</para>
/// </remarks>
public sealed record CheckpointOptions
{
    /// <param name="folder">The folder; made if it is missing.</param>
    public CheckpointOptions(string folder) => Folder = folder;

    /// <summary>The folder of the checkpoint.</summary>
    public string Folder { get; }

    /// <summary>Number of epochs after each of which a checkpoint is written.</summary>
    /// <value>Default 1 epoch. At least 1; null to go by <see cref="Interval"/> alone.</value>
    public int? EveryEpochs { get; init; } = 1;

    /// <summary>Time after which a checkpoint is written, in the middle of an epoch too.</summary>
    /// <value>Default null: only at the end of epochs. Above 0; ten minutes suit long epochs.</value>
    public TimeSpan? Interval { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Folder)) yield return $"The {nameof(Folder)} of checkpoints must not be empty.";
        if (EveryEpochs < 1) yield return $"{nameof(EveryEpochs)} of checkpoints must be at least 1; it was {EveryEpochs}.";
        if (Interval <= TimeSpan.Zero) yield return $"The {nameof(Interval)} of checkpoints must be above 0; it was {Interval}.";
        if (EveryEpochs is null && Interval is null) yield return $"Either {nameof(EveryEpochs)} or {nameof(Interval)} of checkpoints must be given.";
    }
}
