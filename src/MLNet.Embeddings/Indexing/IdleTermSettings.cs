namespace MLNet.Embeddings;

/// <summary>Settings of indexing steps that have no effect beside others: a sentence each. Nobody is told of a default.</summary>
internal static class IdleTermSettings
{
    /// <summary>Those of <c>IndexTokens</c>.</summary>
    internal static IEnumerable<string> Of(TokenIndexingOptions options)
    {
        var plain = new TokenIndexingOptions();
        return Of(options.HashBuckets, options.Vocabulary,
            (nameof(options.MaxTerms), options.MaxTerms, options.MaxTerms != plain.MaxTerms),
            (nameof(options.MinCount), options.MinCount, options.MinCount is not null));
    }

    /// <summary>Those of <c>IndexCategories</c>.</summary>
    internal static IEnumerable<string> Of(CategoryIndexingOptions options)
    {
        var plain = new CategoryIndexingOptions();
        return Of(options.HashBuckets, options.Vocabulary,
            (nameof(options.MaxTerms), options.MaxTerms, options.MaxTerms != plain.MaxTerms),
            (nameof(options.MinCount), options.MinCount, options.MinCount != plain.MinCount),
            (nameof(options.UnknownTerm), options.UnknownTerm, options.HashBuckets is not null && options.UnknownTerm != plain.UnknownTerm));
    }

    private static IEnumerable<string> Of(int? buckets, IReadOnlyList<string>? vocabulary, params (string Name, object? Value, bool IsSet)[] settings)
    {
        string? reason = buckets is not null ? "HashBuckets is set, by which no term is unknown" : vocabulary is not null ? "Vocabulary is given" : null;
        return reason is null
            ? []
            : settings.Where(setting => setting.IsSet)
                .Select(setting => $"{setting.Name} = {setting.Value} has no effect, because {reason}. Leave one of them out.");
    }
}
