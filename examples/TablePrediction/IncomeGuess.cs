namespace TablePrediction;

/// <summary>What the model says of a customer.</summary>
public sealed class IncomeGuess
{
    /// <summary>How likely the income is high.</summary>
    public float Probability { get; set; }
}
