namespace MLNet.Embeddings.Tests;

/// <summary>What a binary network says of a row.</summary>
internal sealed class Prediction
{
    public bool PredictedLabel { get; set; }
    public float Score { get; set; }
    public float Probability { get; set; }
}
