namespace MLNet.Embeddings;

/// <summary>Where text is cut into tokens.</summary>
/// <remarks>
/// What <c>TokenIndexingOptions.Standardize</c> does beforehand depends on it. The text <c>"Well-made, don't  wait!"</c> gives
/// <list type="table">
/// <listheader><term>split</term><description>tokens when standardizing; else</description></listheader>
/// <item><term><see cref="Word"/></term><description><c>well made dont wait</c>; else <c>Well - made , don't wait !</c></description></item>
/// <item><term><see cref="Whitespace"/></term><description><c>wellmade dont wait</c>; else <c>Well-made, don't wait!</c></description></item>
/// <item><term><see cref="Character"/></term><description><c>w e l l m a d e</c> and so on, spaces too; else <c>W e l l - m</c> and so on</description></item>
/// </list>
/// </remarks>
public enum TokenSplit
{
    /// <summary>
    /// A word is a letter or digit with all letters, digits, combining marks and single inner apostrophes (' or ’) that follow it. Every other character but
    /// white space is a token of its own; when standardizing, it only separates words, and apostrophes are removed first.
    /// </summary>
    Word,

    /// <summary>
    /// White space alone separates tokens. Standardizing removes the 32 ASCII punctuation characters wherever they stand, as Keras's
    /// <c>TextVectorization(standardize="lower_and_strip_punctuation", split="whitespace")</c> does, and lower-cases all letters (Keras: those of ASCII).
    /// </summary>
    Whitespace,

    /// <summary>
    /// Every character is a token, white space included; one written as two UTF-16 units (a surrogate pair) stays whole. Standardizing removes the 32 ASCII
    /// punctuation characters.
    /// </summary>
    Character,

    /// <summary>
    /// Every character but white space is a token; n-grams never cross the edge of a word, that is of a run without white space, and see the edge as a space:
    /// the bigrams of <c>"to be"</c> are <c>" t", "to", "o ", " b", "be"</c> and <c>"e "</c>. Standardizing lower-cases and keeps punctuation. For texts whose
    /// letters tell, such as names, languages and misspelt words; for sums and means, not for recurrent encoders.
    /// </summary>
    WordCharacter,
}
