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
    /// <value>
    /// Default null: learned from the data. Without empty terms, repetitions, and <see cref="UnknownTerm"/>, which is added by itself. They are brought to
    /// Unicode's normalization form C, as texts are.
    /// </value>
    public IReadOnlyList<string>? Vocabulary { get; init => field = ValueList.Of(value); }

    /// <summary>
    /// Number of keys that values are hashed into, for columns with more values than a vocabulary in memory should hold, or with ever new ones.
    /// </summary>
    /// <value>
    /// Default null: a vocabulary. From 1 to 16,777,216 keys. Then fitting does not read the data, every value has one of the keys from 2 and none is unknown,
    /// the column has no KeyValues, and <see cref="MaxTerms"/>, <see cref="MinCount"/> and <see cref="UnknownTerm"/> have no effect. Values that meet in one
    /// key are one to a network: take a few times as many keys as there are frequent values. The key of a term is 2 + XXH3-64(its UTF-16LE bytes, seed 0)
    /// modulo this number, on every machine. The hashing trick of Weinberger et al. 2009 (arXiv 0902.2206).
    /// </value>
    public int? HashBuckets { get; init; }

    /// <summary>Number of hash functions, all into the same <see cref="HashBuckets"/> keys; above 1 a value has that many keys.</summary>
    /// <value>
    /// Default 1. From 1 to 8; above 1 with <see cref="HashBuckets"/> only. Above 1 the output is a vector with the keys of each value in turn, to be read as a
    /// bag: two values hardly ever share all their keys, so that a network can tell them apart by the sum of their rows, as in the hash embeddings of Svenstrup
    /// et al. 2017 (arXiv 1709.03933), here without their learned weights. A missing value has as many keys 0, which a bag leaves out. The seed of the function
    /// with index i is i.
    /// </value>
    public int HashFunctions { get; init; } = 1;

    internal VocabularySettings VocabularySettings => new(UnknownTerm, MaxTerms, MinCount, VocabularySettings.InOneForm(Vocabulary));

    /// <summary>What is wrong with the settings, a sentence each; empty when nothing is.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (string fault in VocabularySettings.Faults()) yield return fault;
        foreach (string fault in HashedKeys.Faults(HashBuckets, HashFunctions)) yield return fault;
        if (HashBuckets is not null && Vocabulary is not null) yield return "HashBuckets and Vocabulary exclude each other; give one of them.";
    }
}
