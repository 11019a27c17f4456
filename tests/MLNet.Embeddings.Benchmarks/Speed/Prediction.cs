namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a prediction engine gives for a row.</summary>
internal sealed class Prediction
{
    public float Probability { get; set; }
}
