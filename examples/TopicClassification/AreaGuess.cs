namespace TopicClassification;

/// <summary>What the model says of an issue.</summary>
public sealed class AreaGuess
{
    /// <summary>The probability of each area, in the order of the score column's slot names.</summary>
    public float[] Score { get; set; } = [];
}
