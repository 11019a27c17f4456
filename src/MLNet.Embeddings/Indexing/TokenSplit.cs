namespace MLNet.Embeddings;

/// <summary>Where text is cut into tokens.</summary>
/// <remarks>
/// What <see cref="TokenIndexingOptions.Standardize"/> does beforehand depends on it. The text <c>"Well-made, don't  wait!"</c> gives
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
    /// A word is a letter or digit with all letters, digits, combining marks and single inner apostrophes (' or ’) that follow it. Every other character but white
    /// space is a token of its own; when standardizing, it only separates words, and apostrophes are removed first.
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
}
