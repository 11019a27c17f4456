namespace MLNet.Embeddings;

/// <summary>Settings of a <see cref="SequenceToSequenceEstimator"/>: the two vocabularies, the network, and how it is trained and decodes.</summary>
/// <remarks>
/// Immutable. The estimator checks them when it is made and reports every fault at once. The defaults are meant to work as they are: what is null follows
/// the data.
/// </remarks>
public sealed record SequenceToSequenceOptions : TrainingOptions
{
    /// <summary>Rows that training takes in all epochs together by default, within the bounds of <see cref="MaxEpochsFor"/>.</summary>
    private const double RowsInAll = 320_000;

    /// <summary>The same where terms are words: on 26,000 pairs of English and French 14 epochs ended with the token error of 8.</summary>
    private const double RowsOfWordsInAll = 200_000;

    /// <summary>Terms from which on a vocabulary counts as one of words, and below which as one of characters or sounds.</summary>
    private const int Words = 1_000;

    /// <summary>Dropout where terms are words: on those pairs, with one seed, 0.3 cost 6 points of token error against 0.05.</summary>
    private const double WordDropout = 0.05;

    /// <summary>Settings that are all at their defaults: training by one cycle, up to a step size of 0.003.</summary>
    public SequenceToSequenceOptions() => (LearningRate, Schedule) = (0.003, LearningRateSchedule.OneCycle());

    /// <summary>How source texts are cut into tokens, and which of these get keys. Without effect on a source column of keys.</summary>
    /// <value>
    /// Default: words and punctuation as they are, without standardizing, at most 256 of a row; a longer source is cut off there. Terms outside the
    /// vocabulary are the unknown one, which is trained by <see cref="RegularizationOptions.UnknownDropout"/>.
    /// </value>
    public TokenIndexingOptions SourceTokens { get; init; } = new();

    /// <summary>How target texts are cut into tokens, and which of these get keys. Without effect on a target column of keys.</summary>
    /// <value>
    /// Default: words and punctuation as they are, without standardizing, at most 256 of a row. Rows with a longer target are not trained on. Decoded text is
    /// spaced as the targets are: see <see cref="TargetSeparator"/>. With <see cref="TokenIndexingOptions.Standardize"/> it is lower-case and without
    /// punctuation. Hashed keys cannot be decoded.
    /// </value>
    public TokenIndexingOptions TargetTokens { get; init; } = new();

    /// <summary>Length of a source term's vector.</summary>
    /// <value>Default null: 64 for fewer than 1,000 terms, such as characters, else 128. From 1 to 4,096.</value>
    public int? SourceDimensions { get; init; }

    /// <summary>Length of a target term's vector.</summary>
    /// <value>Default null: 64 for fewer than 1,000 terms, such as characters, else 128. From 1 to 4,096.</value>
    public int? TargetDimensions { get; init; }

    /// <summary>Length of the states of the encoder, in each direction, and of the decoder.</summary>
    /// <value>Default 256. From 1 to 4,096.</value>
    public int Units { get; init; } = 256;

    /// <summary>Layers of encoder and decoder. The last state of each layer of the encoder starts the same layer of the decoder.</summary>
    /// <value>Default 1. From 1 to 16.</value>
    public int Layers { get; init; } = 1;

    /// <summary>
    /// Whether the encoder reads each source in both directions. A dense layer with tanh then brings its last states to the decoder's length.
    /// </summary>
    /// <value>Default true: Bahdanau et al. 2015 (arXiv 1409.0473, section 3.2).</value>
    public bool Bidirectional { get; init; } = true;

    /// <summary>Whether the decoder looks back, at each step, at the source tokens that matter to it.</summary>
    /// <value>
    /// Default true. Effectively computes, for a state h of the decoder and the states sᵢ of the encoder, tanh(W [Σ aᵢ sᵢ; h]) with a = softmax(sᵢ · V h):
    /// the "general"
    /// global attention of Luong et al. 2015 (arXiv 1508.04025, section 3.1), without input feeding. Without it all that the decoder knows of a source is
    /// the encoder's last state.
    /// </value>
    public bool Attention { get; init; } = true;

    /// <summary>Whether the target's table is the output layer's weights as well, which saves as many weights.</summary>
    /// <value>
    /// Default null: yes for 1,000 terms or more, which then take a step in half the time. Press and Wolf 2017 (arXiv 1608.05859). What the output layer
    /// reads then has <see cref="TargetDimensions"/> values.
    /// </value>
    public bool? TieTargetEmbedding { get; init; }

    /// <summary>
    /// Share of the decoder's inputs in training, at the start, that are the target's own tokens; the others are those that the network would have given out.
    /// </summary>
    /// <value>
    /// Default 1: all are the target's own, as in Keras's examples. From 0 to 1. It goes in a straight line to <see cref="FinalTeacherForcing"/> over
    /// <see cref="TrainingOptions.MaxEpochs"/>:
    /// the scheduled sampling of Bengio et al. 2015 (arXiv 1506.03099), with the network's tokens found for all steps at once, from the target's own ones
    /// (Duckworth et al. 2019, arXiv 1906.04331). Below 1 a step takes about half as long again.
    /// </value>
    public double TeacherForcing { get; init; } = 1;

    /// <summary>That share at the end of <see cref="TrainingOptions.MaxEpochs"/>.</summary>
    /// <value>Default 1. From 0 to 1.</value>
    public double FinalTeacherForcing { get; init; } = 1;

    /// <summary>Share of a step's probability that training wants spread evenly over all terms, so that the network is not too sure.</summary>
    /// <value>
    /// Default null: 0.1 for 1,000 target terms or more, as is usual in translation, else 0, so that probabilities mean what they say. From 0 to below 1.
    /// Szegedy et al. 2016 (arXiv 1512.00567, section 7). Validation is without it. With it, short outputs gain in a beam.
    /// </value>
    public double? LabelSmoothing { get; init; }

    /// <summary>What stands between the tokens of decoded text.</summary>
    /// <value>
    /// Default null: what stands there in the targets, so that a target that is decoded right is given back as it was written, with one space for each run of
    /// white space. To this end, where <see cref="TargetTokens"/> cuts text into words as they are, the terms of all other tokens carry the spaces beside them,
    /// and the text's edges count as such: "Oui, bien !" has the terms "Oui", ", ", "bien" and " ! ". Not so where the terms are given or the text is
    /// standardized; there, and between keys, is a space, between characters nothing.
    /// </value>
    public string? TargetSeparator { get; init; }

    /// <summary>How the fitted transformer searches for the best output; the transformer can be given other settings later.</summary>
    /// <value>Default a <see cref="DecodingOptions"/> with its own defaults: a beam of 5.</value>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>The smoothing that training uses: none where it is left out.</summary>
    internal double Smoothing => LabelSmoothing ?? 0;

    /// <summary>Rows that training takes in all epochs together where <see cref="TrainingOptions.MaxEpochs"/> is not set.</summary>
    private double RowsOfAllEpochs { get; init; } = RowsInAll;

    /// <summary>What is put between tokens.</summary>
    /// <param name="isText">Whether the target is a column of text.</param>
    internal string SeparatorFor(bool isText) => TargetSeparator ?? (isText && TargetTokens.Split == TokenSplit.Character ? "" : " ");

    /// <summary>Whether terms of the target carry the spaces beside them.</summary>
    internal bool KeepsSpacing =>
        TargetSeparator is null && TargetTokens is { Split: TokenSplit.Word, Vocabulary: null } && TargetTokens.Standardize != true;

    /// <summary>Share of the target's own tokens when a share of all steps is done.</summary>
    internal double TeacherForcingAt(double done) => TeacherForcing + (FinalTeacherForcing - TeacherForcing) * done;

    /// <summary>Length of the vectors of so many terms.</summary>
    /// <param name="wanted">What is set.</param>
    /// <param name="terms">Number of terms.</param>
    internal static int DimensionsFor(int? wanted, int terms) => wanted ?? (terms < Words ? 64 : 128);

    /// <summary>Whether the table of a target of so many terms is the output layer's weights.</summary>
    internal bool TiesFor(int terms) => TieTargetEmbedding ?? terms >= Words;

    /// <summary>
    /// The same for a target of so many terms: words, each of which comes up seldom, are worth smaller steps than characters, and bear little noise.
    /// </summary>
    internal SequenceToSequenceOptions For(int terms) => terms < Words
        ? this
        : this with
        {
            RowsOfAllEpochs = RowsOfWordsInAll,
            BatchSize = BatchSize ?? 32,
            LabelSmoothing = LabelSmoothing ?? 0.1,
            Regularization = Regularization with { Dropout = Regularization.Dropout ?? WordDropout },
        };

    internal override int BatchSizeFor(int rows) => BatchSize ?? (rows < 5000 ? 32 : 64);

    internal override int MaxEpochsFor(int rows) => MaxEpochs ?? (int)Math.Clamp(Math.Round(RowsOfAllEpochs / rows), 8, 200);

    private protected override double DefaultDropout => 0.3;

    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    internal void Validate() => OptionErrors.ThrowIfAny("The settings of SequenceToSequence", Faults(), "options");

    private IEnumerable<string> Faults()
    {
        foreach (string fault in TokenFaults(nameof(SourceTokens), SourceTokens)) yield return fault;
        foreach (string fault in TokenFaults(nameof(TargetTokens), TargetTokens)) yield return fault;
        if (TargetTokens?.HashBuckets is not null) yield return $"{nameof(TargetTokens)} must have no HashBuckets: hashed keys cannot be made text again.";
        if (SourceDimensions is < 1 or > 4096) yield return $"{nameof(SourceDimensions)} must be from 1 to 4096; they were {SourceDimensions}.";
        if (TargetDimensions is < 1 or > 4096) yield return $"{nameof(TargetDimensions)} must be from 1 to 4096; they were {TargetDimensions}.";
        if (Units is < 1 or > 4096) yield return $"{nameof(Units)} must be from 1 to 4096; they were {Units}.";
        if (Layers is < 1 or > 16) yield return $"{nameof(Layers)} must be from 1 to 16; they were {Layers}.";
        foreach (string fault in NumberRange.ZeroToOne.Faults(nameof(TeacherForcing), TeacherForcing)) yield return fault;
        foreach (string fault in NumberRange.ZeroToOne.Faults(nameof(FinalTeacherForcing), FinalTeacherForcing)) yield return fault;
        foreach (string fault in NumberRange.ZeroToBelowOne.Faults(nameof(LabelSmoothing), LabelSmoothing)) yield return fault;
        foreach (string fault in Decoding?.Faults() ?? [$"{nameof(Decoding)} must not be null; leave it out for its defaults."]) yield return fault;
        foreach (string fault in TrainingFaults()) yield return fault;
    }

    private static IEnumerable<string> TokenFaults(string name, TokenIndexingOptions? tokens)
    {
        if (tokens is null) return [$"{name} must not be null; leave it out for its defaults."];
        var faults = tokens.Faults().Select(fault => $"{name}: {fault}");
        if (tokens.NgramLength > 1)
            faults = faults.Append($"{name} must have an NgramLength of 1: a sequence is read token by token. It was {tokens.NgramLength}.");
        return faults;
    }
}
