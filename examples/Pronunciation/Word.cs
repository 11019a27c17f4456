using Microsoft.ML.Data;

namespace Pronunciation;

/// <summary>A word, and how it is spoken.</summary>
/// <remarks>The numbers are the columns of the dictionary's files.</remarks>
public sealed class Word
{
    [LoadColumn(0)]
    public string Spelling { get; set; } = "";

    /// <summary>Phonemes with a space between them, such as "W ER1 D": what is to be decoded.</summary>
    [LoadColumn(1)]
    public string Phonemes { get; set; } = "";
}
