namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a process does whose memory is measured.</summary>
internal enum MemoryJob
{
    /// <summary>Trains network A by the library.</summary>
    Training,

    /// <summary>Trains network A written in TorchSharp.</summary>
    TorchTraining,

    /// <summary>Loads a saved network A and scores rows by the library.</summary>
    Scoring,

    /// <summary>Scores rows by network A written in TorchSharp.</summary>
    TorchScoring,
}
