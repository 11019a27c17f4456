namespace MLNet.Embeddings.Tool;

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
