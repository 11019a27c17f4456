namespace MLNet.Embeddings;

/// <summary>Settings of an encoder-decoder alone that have no effect beside others or the data: a sentence each. Nobody is told of a default.</summary>
internal static class SequenceSettingWarnings
{
    /// <param name="options">The settings as they were given.</param>
    /// <param name="source">The source of the data.</param>
    /// <param name="target">The target of the data.</param>
    internal static IEnumerable<string> Of(SequenceToSequenceOptions options, IndexedTokens source, IndexedTokens target) =>
    [
        .. OfTokens(nameof(options.SourceTokens), options.SourceTokens, source.Column),
        .. OfTokens(nameof(options.TargetTokens), options.TargetTokens, target.Column),
        .. OfDecoding(options.Decoding),
    ];

    private static IEnumerable<string> OfTokens(string name, TokenIndexingOptions tokens, TokenColumn column)
    {
        if (column.Indexing is null && tokens != new TokenIndexingOptions())
            yield return $"{name} has no effect, because the column '{column.Name}' holds keys. Leave it out, or give the text.";
        else if (tokens.FixedLength)
            yield return $"FixedLength of {name} has no effect: the network leaves padding out.";
    }

    private static IEnumerable<string> OfDecoding(DecodingOptions decoding)
    {
        if (decoding is { Width: 1, LengthPenalty: > 0 })
            yield return FormattableString.Invariant($"LengthPenalty = {decoding.LengthPenalty} has no effect, because BeamWidth = 1 compares no outputs.");
    }
}
