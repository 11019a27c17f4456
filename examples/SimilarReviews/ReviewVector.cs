namespace SimilarReviews;

/// <summary>What the network makes of a review.</summary>
public sealed class ReviewVector
{
    public float[] Vector { get; set; } = [];
}
