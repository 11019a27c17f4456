namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a process does whose time and memory are measured.</summary>
internal enum ProcessJob
{
    /// <summary>Trains network A by the library.</summary>
    Training,

    /// <summary>Trains network A written in TorchSharp.</summary>
    TorchTraining,

    /// <summary>Loads a saved network A and scores rows by the library.</summary>
    Scoring,

    /// <summary>Scores rows by network A written in TorchSharp.</summary>
    TorchScoring,

    /// <summary>Loads a saved pipeline of two of ML.NET's own transforms and applies it to rows.</summary>
    PlainPipeline,

    /// <summary>Fits to a file of sales, streamed or in memory.</summary>
    SalesFit,
}
