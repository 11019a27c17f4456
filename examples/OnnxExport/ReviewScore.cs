namespace OnnxExport;

/// <summary>What the model in .NET adds to a review.</summary>
public sealed class ReviewScore
{
    public bool PredictedLabel { get; set; }

    public float Probability { get; set; }
}
