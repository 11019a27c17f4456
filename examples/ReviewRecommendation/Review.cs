using Microsoft.ML.Data;

namespace ReviewRecommendation;

/// <summary>A review of a product. Texts may be missing (null or empty), and so may the age (NaN).</summary>
/// <remarks>The numbers are the columns of the clothing reviews' files.</remarks>
public sealed class Review
{
    [LoadColumn(2)]
    public string? Title { get; set; }

    [LoadColumn(3)]
    public string? Body { get; set; }

    [LoadColumn(7)]
    public string? Division { get; set; }

    [LoadColumn(8)]
    public string? Department { get; set; }

    [LoadColumn(9)]
    public string? Class { get; set; }

    [LoadColumn(1)]
    public float Age { get; set; }

    /// <summary>What is to be predicted.</summary>
    [LoadColumn(5)]
    public bool Recommended { get; set; }
}
