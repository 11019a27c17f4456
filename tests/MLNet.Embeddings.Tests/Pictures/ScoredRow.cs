namespace MLNet.Embeddings.Tests;

/// <summary>A row that some model has scored.</summary>
internal sealed class ScoredRow
{
    public bool Label { get; set; }

    public float Score { get; set; }

    public float Probability { get; set; }

    public bool PredictedLabel => Score > 0;

    public float Amount { get; set; }
}
