namespace MLNet.Embeddings;

/// <summary>How a network is trained, whatever its form: what an engine has to know of the options.</summary>
internal sealed record EngineSettings
{
    /// <summary>Seed of the random streams.</summary>
    internal int Seed { get; init; }

    /// <summary>How many threads may work.</summary>
    internal int Threads { get; init; } = 1;

    /// <summary>Share of the values of sequence vectors and hidden layers to drop.</summary>
    internal double Dropout { get; init; }

    /// <summary>Decoupled weight decay of matrices: <see cref="ArrayRole.Matrix"/>.</summary>
    internal double WeightDecay { get; init; }

    /// <summary>Largest norm of all gradients together; longer ones are scaled to it.</summary>
    internal double MaxGradientNorm { get; init; } = double.PositiveInfinity;

    /// <summary>What a step keeps of the moving average of the weights; 0 for no average.</summary>
    internal double AveragingDecay { get; init; }

    /// <summary>Whether a step moves every row of the tables, and not only those that its batch looked up.</summary>
    internal bool DenseTableUpdates { get; init; }
}
