using Microsoft.ML.Data;

namespace ReviewRecommendation;

/// <summary>What the model says of a review.</summary>
public sealed class Recommendation
{
    [ColumnName("PredictedLabel")]
    public bool Recommended { get; set; }

    public float Probability { get; set; }
}
