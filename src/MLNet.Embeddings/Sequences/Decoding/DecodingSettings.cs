namespace MLNet.Embeddings;

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
    internal double Score(double logProbability, int tokens) => LengthPenalty == 0 ? logProbability : logProbability / Math.Pow((6 + tokens) / 6.0, LengthPenalty);

    /// <summary>The best score that an unfinished output can come to: nothing more is lost, and the penalty is that of the greatest length.</summary>
    internal double Bound(double logProbability) => Score(logProbability, MaxLength);
}
