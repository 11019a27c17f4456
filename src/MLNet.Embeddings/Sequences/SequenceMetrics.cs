namespace MLNet.Embeddings;

/// <summary>How well decoded sequences agree with their targets. Measured by <c>mlContext.EvaluateSequences</c>.</summary>
/// <remarks>
/// Rows with an empty target are left out of all of them and counted in <see cref="SkippedRows"/>. All go by tokens: what a token is, a character or a word,
/// the model decides.
/// </remarks>
public sealed record SequenceMetrics
{
    /// <summary>Number of rows measured.</summary>
    public required long RowCount { get; init; }

    /// <summary>Number of tokens of their targets.</summary>
    public required long TokenCount { get; init; }

    /// <summary>Number of rows left out because their target is empty.</summary>
    public required long SkippedRows { get; init; }

    /// <summary>Share of rows whose output is the target, token by token.</summary>
    /// <value>From 0 to 1; higher is better.</value>
    public required double ExactMatch { get; init; }

    /// <summary>
    /// Insertions, deletions and replacements of tokens that lead from the outputs to the targets, as few as possible, over the targets' tokens.
    /// </summary>
    /// <value>
    /// At least 0; lower is better. The character, phoneme or word error rate, by what tokens are. Levenshtein 1966 (Soviet Physics Doklady 10), over all rows
    /// together.
    /// </value>
    public required double TokenErrorRate { get; init; }

    /// <summary>Share of the targets' tokens at whose position the output has the same one.</summary>
    /// <value>From 0 to 1; higher is better. A token too many or too few at the front makes all after it wrong; <see cref="TokenErrorRate"/> is milder.</value>
    public required double TokenAccuracy { get; init; }

    /// <summary>
    /// How many tokens the model wavers between at each step of the targets: e to the power of minus the mean logarithm of a step's probability.
    /// </summary>
    /// <value>
    /// At least 1; lower is better. Each target has one step more than tokens: its end. NaN where the probabilities of the targets are not known. Rows for
    /// which they are not (the source
    /// is empty) are left out of it.
    /// </value>
    public required double Perplexity { get; init; }

    /// <summary>How many runs of one to four tokens of the outputs are in their targets, with a penalty for outputs that are too short.</summary>
    /// <value>
    /// From 0 to 1; higher is better. BLEU of Papineni et al. 2002 (ACL), equations 1 to 3: over all rows together, with one reference, N = 4, even weights
    /// and no
    /// smoothing, so that it is 0 where no run of four is right. Made for texts of words, not for short sequences.
    /// </value>
    public required double Bleu { get; init; }
}
