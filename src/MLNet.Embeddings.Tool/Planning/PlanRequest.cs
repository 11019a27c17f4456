namespace MLNet.Embeddings.Tool;

/// <summary>What somebody says of a table to learn from.</summary>
/// <param name="Label">Name of the label.</param>
/// <param name="Task">What is to be predicted; null for what the label's values ask for.</param>
/// <param name="Positive">The positive one of two values; null for the one that is plainly so, or the rarer one.</param>
/// <param name="KindsIn">The columns that are named by kind.</param>
internal sealed record PlanRequest(string Label, PredictionTask? Task, string? Positive, Func<TableDescription, ColumnKinds> KindsIn);

/// <summary>What is predicted.</summary>
internal enum PredictionTask
{
    /// <summary>One of two values.</summary>
    Binary,

    /// <summary>One of several values.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}
