namespace MLNet.Embeddings;

/// <summary>How text is cut into tokens.</summary>
/// <param name="Split">Where.</param>
/// <param name="Standardize">Whether it is lower-cased and its punctuation removed beforehand.</param>
/// <param name="KeepsSpacing">
/// Whether tokens that are no words carry the white space beside them: <see cref="TokenSpacing"/> makes the text of such tokens again. For
/// <see cref="TokenSplit.Word"/> without standardizing.
/// </param>
/// <param name="Rules">By which <see cref="TextRules"/>.</param>
internal sealed record TextCutting(TokenSplit Split, bool Standardize, bool KeepsSpacing = false, int Rules = TextRules.Current);

/// <summary>Versions of the rules by which texts become terms. Files say theirs, as terms must stay what they were.</summary>
internal static class TextRules
{
    /// <summary>Those of files that name none: words are letters, digits and marks; texts are taken as they are written.</summary>
    internal const int First = 1;

    /// <summary>Those of new fits: texts are brought to one form, and words found as <see cref="TokenSplit"/> says.</summary>
    internal const int Current = 2;

    /// <summary>What is wrong with the rules of a file, a sentence; none where they are known, or of a newer version.</summary>
    internal static IEnumerable<string> Faults(int rules) => rules < First ? [$"Its texts are read by rules {rules}; there are none before {First}."] : [];
}
