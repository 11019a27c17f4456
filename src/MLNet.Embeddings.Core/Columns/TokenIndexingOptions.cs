using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>
/// Settings of <c>IndexTokens</c> and of the two sides of <c>SequenceToSequence</c>: how text is cut into tokens, which terms get a key, and how many tokens a
/// row may have.
/// </summary>
/// <remarks>Immutable. All faults are reported together when the estimator is made.</remarks>
public sealed record TokenIndexingOptions
{
    /// <summary>Whether text is lower-cased (by the invariant culture) and its punctuation removed before it is cut.</summary>
    /// <value>
    /// Default null, which goes by the place: true in <c>IndexTokens</c>; false in <c>SequenceToSequenceOptions</c>, where what is cut off a target
    /// cannot be given back. <see cref="TokenSplit"/> says what it does with each way of cutting.
    /// </value>
    public bool? Standardize { get; init; }

    /// <summary>Where text is cut.</summary>
    /// <value>Default <see cref="TokenSplit.Word"/>.</value>
    public TokenSplit Split { get; init; } = TokenSplit.Word;

    /// <summary>
    /// The most adjacent tokens that make up a term. Above 1 every n-gram, that is run of adjacent tokens up to this length, is a term beside the tokens.
    /// </summary>
    /// <value>
    /// Default 1: tokens only. From 1 to 3, to 6 with <see cref="TokenSplit.WordCharacter"/>. Words are joined by a space ("not good"), characters as they
    /// are; terms of every length are counted and kept together. The keys of a row are those of its tokens, then those of its bigrams, then those of its
    /// trigrams, each in the order of the text (word by word for characters of words). An n-gram without a key is left out, while a token without one is
    /// unknown. A mean or sum over such keys is the text classifier of fastText (arXiv 1607.01759, section 2.1), whose order of words lies in the n-grams;
    /// for a recurrent encoder leave it at 1.
    /// </value>
    public int NgramLength { get; init; } = 1;

    /// <summary>Most terms that get a key of their own; the most frequent are kept. The unknown term is not counted.</summary>
    /// <value>
    /// Default 20,000 terms. At least 1. Has no effect when <see cref="Vocabulary"/> is given. Fitting warns if more than a fifth of all tokens have no key.
    /// </value>
    public int MaxTerms { get; init; } = 20_000;

    /// <summary>How often a term has to occur to get a key of its own; rarer ones are unknown, and teach a network what to make of unknown terms.</summary>
    /// <value>
    /// Default null: 1, and of an encoder-decoder 2 where there would be 5,000 terms or more. At least 1. Has no effect when <see cref="Vocabulary"/> is given.
    /// </value>
    public int? MinCount { get; init; }

    /// <summary>
    /// Most tokens of a row; what comes after them is cut off, and gives no terms either. Fitting warns with the share of the texts that are longer; where
    /// terms are given or hashed, the trainer that reads the keys does.
    /// </summary>
    /// <value>Default 256 tokens. At least 1. The n-grams of these tokens come on top: a row has at most <see cref="NgramLength"/> times as many keys, with
    /// <see cref="TokenSplit.WordCharacter"/> one time more, as n-grams see the edges of words.</value>
    public int MaxLength { get; init; } = 256;

    /// <summary>
    /// Whether every row gets as many keys as <see cref="MaxLength"/> and <see cref="NgramLength"/> allow, padded at the end with the missing key 0, for
    /// consumers that need vectors of known size.
    /// </summary>
    /// <value>Default false: a row has as many keys as terms.</value>
    public bool FixedLength { get; init; }

    /// <summary>The terms that get keys, in the order of their keys; then fitting does not read the data.</summary>
    /// <value>
    /// Default null: learned from the data. Terms are compared with those of texts after cutting, so with <see cref="Standardize"/> they are lower-case and
    /// without punctuation; they are brought to normalization form C; n-grams are written as <see cref="NgramLength"/> says. Without empty terms, repetitions,
    /// and the unknown term "[UNK]", which is added by itself.
    /// </value>
    public IReadOnlyList<string>? Vocabulary { get; init => field = ValueList.Of(value); }

    /// <summary>
    /// Number of keys that all terms are hashed into, for texts with more terms than a vocabulary in memory should hold, or with ever new ones.
    /// </summary>
    /// <value>
    /// Default null: a vocabulary. From 1 to 16,777,216 keys. Then fitting does not read the data, every term has one of the keys from 2 and none is unknown,
    /// the column has no KeyValues, and <see cref="MaxTerms"/> and <see cref="MinCount"/> have no effect. Terms that meet in one key are one to a network. The
    /// key of a term is 2 + XXH3-64(its UTF-16LE bytes, seed 0) modulo this number, on every machine. The hashing trick of Weinberger et al. 2009 (arXiv
    /// 0902.2206).
    /// </value>
    public int? HashBuckets { get; init; }

    /// <summary>Number of keys that n-grams are hashed into, while tokens keep a vocabulary: what fastText does with its option "bucket".</summary>
    /// <value>
    /// Default null: n-grams are terms of the vocabulary. From 1 to 16,777,216 keys (fastText has 2,000,000); with <see cref="NgramLength"/> above 1 and
    /// without <see cref="HashBuckets"/> only. Then no n-gram is left out and only tokens are counted; the n-grams have the keys from 2, hashed as with <see
    /// cref="HashBuckets"/>, and the terms of the vocabulary the keys after these, so that it can grow. The KeyValues of hashed keys are empty texts.
    /// </value>
    public int? NgramHashBuckets { get; init; }

    /// <summary>Whether tokens carry the spaces beside them, as <c>TextCutting</c> says; for targets that become text again.</summary>
    internal bool KeepsSpacing { get; init; }

    /// <summary>Whether keys become text again, so that none may be hashed.</summary>
    internal bool AreDecoded { get; init; }

    /// <summary>From so many keys on, terms that occur once get none where <see cref="MinCount"/> is not set; null for never.</summary>
    internal int? ManyKeys { get; init; }

    /// <summary>Whether fitting tells what is left out of texts; not for what is read beside words that tell it.</summary>
    [JsonInclude]
    internal bool TellsLosses { get; init; } = true;

    /// <summary>Whether <c>IndexTokens</c> standardizes.</summary>
    internal bool Standardizes => Standardize ?? true;
}
