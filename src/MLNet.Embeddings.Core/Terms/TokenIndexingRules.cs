namespace MLNet.Embeddings;

/// <summary>What follows from the settings of <c>IndexTokens</c>.</summary>
internal static class TokenIndexingRules
{
    /// <summary>The most keys that a token brings: itself and the n-grams that begin with it, one more where the edge of a word counts as a token.</summary>
    internal static int KeysPerToken(TokenSplit split, int ngramLength) =>
        split == TokenSplit.WordCharacter && ngramLength > 1 ? ngramLength + 1 : ngramLength;

    extension(TokenIndexingOptions options)
    {
        /// <summary>The most keys of a row.</summary>
        internal int MaxKeys => KeysPerToken(options.Split, options.NgramLength) * options.MaxLength;

        /// <summary>The most tokens of a term that is counted.</summary>
        internal int CountedLength => options.NgramHashBuckets is null ? options.NgramLength : 1;

        internal VocabularySettings VocabularySettings =>
            new(VocabularySettings.DefaultUnknownTerm, options.MaxTerms, options.MinCount ?? 1, VocabularySettings.InOneForm(options.Vocabulary))
            {
                ManyKeys = options.MinCount is null ? options.ManyKeys : null,
            };

        /// <summary>How text is cut by a version of the rules.</summary>
        internal TextCutting Cutting(int rules) => new(options.Split, options.Standardizes, options.KeepsSpacing, rules);

        /// <summary>What is wrong with the settings, a sentence each; empty when nothing is.</summary>
        internal IEnumerable<string> Faults()
        {
            foreach (string fault in EnumValues.Faults(nameof(options.Split), options.Split)) yield return fault;
            if (options.MaxLength < 1) yield return $"MaxLength must be at least 1; it was {options.MaxLength}.";
            int longest = options.Split == TokenSplit.WordCharacter ? 6 : 3;
            if (options.NgramLength < 1 || options.NgramLength > longest)
                yield return $"NgramLength must be from 1 to {longest}; it was {options.NgramLength}.";
            int keysPerToken = KeysPerToken(options.Split, options.NgramLength);
            if (options.FixedLength && (long)keysPerToken * options.MaxLength > Array.MaxLength)
            {
                yield return $"With FixedLength, every row has MaxLength times {keysPerToken} keys, as NgramLength is {options.NgramLength}; there can be " +
                    $"{Array.MaxLength}. Lower MaxLength, which was {options.MaxLength}, or NgramLength.";
            }
            foreach (string fault in options.VocabularySettings.Faults()) yield return fault;
            if (HashedKeys.Fault(nameof(TokenIndexingOptions.HashBuckets), options.HashBuckets) is { } bucketsFault) yield return bucketsFault;
            if (HashedKeys.Fault(nameof(TokenIndexingOptions.NgramHashBuckets), options.NgramHashBuckets) is { } ngramFault) yield return ngramFault;
            if (options.NgramHashBuckets is not null && options.NgramLength < 2)
                yield return $"NgramHashBuckets needs an NgramLength above 1; it was {options.NgramLength}.";
            if (options.HashBuckets is not null && options.NgramHashBuckets is not null)
                yield return "HashBuckets and NgramHashBuckets exclude each other; HashBuckets is for n-grams, too.";
            if (options.HashBuckets is not null && options.Vocabulary is not null)
                yield return "HashBuckets and Vocabulary exclude each other; give one of them.";
        }
    }
}
