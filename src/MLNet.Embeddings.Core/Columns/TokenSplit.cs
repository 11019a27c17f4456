namespace MLNet.Embeddings;

/// <summary>Where text is cut into tokens.</summary>
/// <remarks>
/// <para>
/// Beforehand every text is brought to Unicode's normalization form C, so that é is one letter however it is written, and characters are dropped that are
/// invisible and mean nothing: byte order marks, soft hyphens, word joiners, marks of direction. They never cut a word. A text of white space alone is empty.
/// </para>
/// <para>What <c>TokenIndexingOptions.Standardize</c> does then depends on the split. The text <c>"Well-made, don’t  wait!"</c> gives</para>
/// <list type="table">
/// <listheader><term>split</term><description>tokens when standardizing; else</description></listheader>
/// <item><term><see cref="Word"/></term><description><c>well made don't wait</c>; else <c>Well - made , don’t wait !</c></description></item>
/// <item><term><see cref="Whitespace"/></term><description><c>wellmade don’t wait</c>; else <c>Well-made, don’t wait!</c></description></item>
/// <item><term><see cref="Character"/></term><description><c>w e l l m a d e</c> and so on, spaces too; else <c>W e l l - m</c> and so on</description></item>
/// </list>
/// <para>
/// Standardizing always lower-cases by the invariant culture, İ as i, and drops the joiners that Persian, Sinhala and other scripts write inside words (ZWNJ,
/// ZWJ), and variation selectors outside of emoji; a zero width space separates words. Text as it is keeps joiners inside words, since it could not be written
/// again without.
/// </para>
/// <para>A model cuts text by the rules of the version that it was trained with, stored in its file; so does a fit that goes on from it.</para>
/// </remarks>
public enum TokenSplit
{
    /// <summary>
    /// A word is a run of letters, digits and their marks. An apostrophe (' ’ ʼ ＇, all of which are ' when standardizing) between two of them stays (don't),
    /// and so do a full stop between digits or letters on their own (4.5, U.S.A; System.Net is two words), and signs # and + right behind a letter (C#, C++),
    /// but for a single one between two words (a+b). Each letter of Han, Hiragana and Katakana, and each of Thai, Lao, Khmer and Burmese with its marks, is a
    /// token of its own, as these are written without spaces between words; so is each emoji with what is joined to it (skin tones, families, flags,
    /// keycaps). Every other character but white space is a token; when standardizing, it only separates words. After UAX 29, and for Han the tokenizer of
    /// BERT (arXiv 1810.04805).
    /// </summary>
    Word,

    /// <summary>
    /// White space alone separates tokens. Standardizing removes the 32 ASCII punctuation characters wherever they stand, as Keras's
    /// <c>TextVectorization(standardize="lower_and_strip_punctuation", split="whitespace")</c> does, and lower-cases all letters (Keras: those of ASCII).
    /// </summary>
    Whitespace,

    /// <summary>
    /// Every character is a token, white space included: what readers take for one, as a letter with its marks or an emoji with what is joined to it (a
    /// grapheme cluster of UAX 29). Standardizing removes the 32 ASCII punctuation characters.
    /// </summary>
    Character,

    /// <summary>
    /// Every character but white space is a token; n-grams never cross the edge of a word, that is of a run without white space, and see the edge as a space:
    /// the bigrams of <c>"to be"</c> are <c>" t", "to", "o ", " b", "be"</c> and <c>"e "</c>. Standardizing lower-cases, gives apostrophes one form and keeps
    /// punctuation. For texts whose letters tell, such as names, languages and misspelt words; for sums and means, not for recurrent encoders.
    /// </summary>
    WordCharacter,
}
