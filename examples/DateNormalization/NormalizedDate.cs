using Microsoft.ML.Data;

namespace DateNormalization;

/// <summary>What the model makes of a written date.</summary>
public sealed class NormalizedDate
{
    public string Normalized { get; set; } = "";

    /// <summary>What it should be.</summary>
    public string Date { get; set; } = "";

    public string Way { get; set; } = "";

    [ColumnName("Normalized.LogProbability")]
    public float LogProbability { get; set; }

    /// <summary>The best dates, the best first.</summary>
    [ColumnName("Normalized.Alternatives")]
    public string[] Alternatives { get; set; } = [];

    /// <summary>For each character of the output, a share for each character that was written.</summary>
    [ColumnName("Normalized.Attention")]
    public float[] Attention { get; set; } = [];
}
