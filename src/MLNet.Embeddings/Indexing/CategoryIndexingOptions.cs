namespace MLNet.Embeddings;

/// <summary>Settings of <c>IndexCategories</c>: which values get a key.</summary>
/// <remarks>Immutable. All faults are reported together when the estimator is made.</remarks>
public sealed record CategoryIndexingOptions
{
    /// <summary>Most terms that get a key of their own; the most frequent are kept. The unknown term is not counted.</summary>
    /// <value>Default 1,000,000 terms, as ML.NET's <c>MapValueToKey</c>. At least 1. Has no effect when <see cref="Vocabulary"/> is given.</value>
    public int MaxTerms { get; init; } = 1_000_000;

    /// <summary>How often a term has to occur to get a key of its own; rarer ones are unknown, and teach a network what to make of unknown values.</summary>
    /// <value>Default 1. At least 1. Has no effect when <see cref="Vocabulary"/> is given.</value>
    public int MinCount { get; init; } = 1;

    /// <summary>The term that stands for all values without a key of their own. A value of this very text is unknown, too.</summary>
    /// <value>Default "[UNK]". Not empty.</value>
    public string UnknownTerm { get; init; } = VocabularySettings.DefaultUnknownTerm;

    /// <summary>The terms that get keys, in the order of their keys; then fitting does not read the data.</summary>
    /// <value>Default null: learned from the data. Without empty terms, repetitions, and <see cref="UnknownTerm"/>, which is added by itself.</value>
    public IReadOnlyList<string>? Vocabulary { get; init; }

    internal VocabularySettings VocabularySettings => new(UnknownTerm, MaxTerms, MinCount, Vocabulary);
}
