using Microsoft.ML.Data;

namespace Pronunciation;

/// <summary>How the model speaks a word.</summary>
public sealed class SpokenWord
{
    public string Spoken { get; set; } = "";

    [ColumnName("Spoken.LogProbability")]
    public float LogProbability { get; set; }

    /// <summary>The best pronunciations, the best first.</summary>
    [ColumnName("Spoken.Alternatives")]
    public string[] Alternatives { get; set; } = [];
}
