namespace MLNet.Embeddings.FreshProcess;

/// <summary>What the model says of a review.</summary>
public sealed class Prediction
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }
}
