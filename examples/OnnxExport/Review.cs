using Microsoft.ML.Data;

namespace OnnxExport;

/// <summary>A review of reviews.csv. The text may be empty.</summary>
public sealed class Review
{
    [LoadColumn(1)]
    public string Body { get; set; } = "";

    [LoadColumn(2)]
    public string Department { get; set; } = "";

    [LoadColumn(3)]
    public string Class { get; set; } = "";

    [LoadColumn(4)]
    public float Age { get; set; }

    /// <summary>What is to be predicted: yes or no.</summary>
    [LoadColumn(6)]
    public string Recommended { get; set; } = "";
}
