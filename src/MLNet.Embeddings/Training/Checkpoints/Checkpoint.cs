namespace MLNet.Embeddings;

/// <summary>The state of a training between two steps, but for its arrays.</summary>
/// <param name="Settings">What the training must be continued with.</param>
/// <param name="Position">How far it has come.</param>
/// <param name="Epochs">How the epochs went that are over.</param>
/// <param name="OptimizerSteps">Steps of the optimizer.</param>
/// <param name="Network">State of the network beside its weights.</param>
internal sealed record Checkpoint(
    IReadOnlyDictionary<string, string> Settings, TrainingPosition Position, IReadOnlyList<EpochResult> Epochs, int OptimizerSteps, byte[] Network);
