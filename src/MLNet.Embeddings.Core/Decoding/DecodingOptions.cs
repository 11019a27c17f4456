namespace MLNet.Embeddings;

/// <summary>How a fitted encoder-decoder searches for the best output.</summary>
/// <remarks>Immutable. A fitted transformer can be given other ones.</remarks>
public sealed record DecodingOptions
{
    /// <summary>How many unfinished outputs are kept at each step.</summary>
    /// <value>
    /// Default null: the larger of 5 and twice the <see cref="Alternatives"/>. From 1, which is greedy search, to 256, at least
    /// <see cref="Alternatives"/>. Wider is slower in proportion; 4 and 5 are usual in translation (Wu et al. 2016, arXiv 1609.08144, section 7). A fitted
    /// transformer says which it has.
    /// </value>
    public int? BeamWidth { get; init; }

    /// <summary>
    /// How much longer outputs are favoured: their log-probability is divided by ((5 + length) / 6) to this power, where the end counts in the length.
    /// </summary>
    /// <value>
    /// Default 0: the most probable output is the best. At least 0; 0.6 to 1 are usual. Wu et al. 2016 (arXiv 1609.08144), equation 14, without coverage.
    /// Without effect on greedy search.
    /// </value>
    public double LengthPenalty { get; init; }

    /// <summary>Most tokens of an output; one that has not ended by then is cut off there.</summary>
    /// <value>Default null: as many as the longest target of the training rows has. From 1 to 100,000.</value>
    public int? MaxLength { get; init; }

    /// <summary>How many of the best outputs are given out, in columns of their own.</summary>
    /// <value>Default 1: no such columns. From 1 to 256.</value>
    public int Alternatives { get; init; } = 1;

    /// <summary>Outputs kept at each step.</summary>
    internal int Width => BeamWidth ?? Math.Min(256, Math.Max(5, 2 * Alternatives));

    /// <summary>The same with the width decided.</summary>
    internal DecodingOptions Decided => this with { BeamWidth = Width };

    /// <summary>What is wrong with the settings, a sentence each; empty when nothing is.</summary>
    internal IEnumerable<string> Faults()
    {
        if (BeamWidth is < 1 or > 256) yield return $"{nameof(BeamWidth)} must be from 1 to 256; it was {BeamWidth}.";
        foreach (string fault in NumberRange.FromZero.Faults(nameof(LengthPenalty), LengthPenalty)) yield return fault;
        if (MaxLength is < 1 or > EncoderDecoderShape.MostTokens)
            yield return $"{nameof(MaxLength)} of decoding must be from 1 to {EncoderDecoderShape.MostTokens}; it was {MaxLength}.";
        if (Alternatives is < 1 or > 256) yield return $"{nameof(Alternatives)} must be from 1 to 256; it was {Alternatives}.";
        if (BeamWidth < Alternatives) yield return $"{nameof(BeamWidth)} must be at least {nameof(Alternatives)}; they were {BeamWidth} and {Alternatives}.";
    }
}

/// <summary>How outputs are searched for, with all that was left open decided.</summary>
/// <param name="Width">Unfinished outputs kept at each step.</param>
/// <param name="Count">Outputs given out.</param>
/// <param name="MaxLength">Most tokens of an output.</param>
/// <param name="LengthPenalty">Power of the penalty of short outputs.</param>
internal sealed record DecodingSettings(int Width, int Count, int MaxLength, double LengthPenalty)
{
    internal static DecodingSettings Of(DecodingOptions options, EncoderDecoderShape shape) =>
        new(options.Width, options.Alternatives, options.MaxLength ?? shape.LongestTarget, options.LengthPenalty);

    /// <summary>What outputs are ranked by: Wu et al. 2016 (arXiv 1609.08144), equation 14, where the end counts in the length.</summary>
    /// <param name="logProbability">Of the output with its end.</param>
    /// <param name="tokens">Its tokens without the end.</param>
    internal double Score(double logProbability, int tokens) =>
        LengthPenalty == 0 ? logProbability : logProbability / Math.Pow((6 + tokens) / 6.0, LengthPenalty);

    /// <summary>The best score that an unfinished output can come to: nothing more is lost, and the penalty is that of the greatest length.</summary>
    internal double Bound(double logProbability) => Score(logProbability, MaxLength);
}
