using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The state of a training between two steps, but for its arrays.</summary>
/// <param name="Settings">What the training must be continued with.</param>
/// <param name="Position">How far it has come.</param>
/// <param name="Epochs">How the epochs went that are over.</param>
/// <param name="OptimizerSteps">Steps of the optimizer.</param>
/// <param name="Generators">States of generators that are not given by seed and step.</param>
internal sealed record Checkpoint(
    IReadOnlyDictionary<string, string> Settings, TrainingPosition Position, IReadOnlyList<EpochResult> Epochs, int OptimizerSteps, byte[] Generators);

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">Number of the epoch at hand, from 1.</param>
/// <param name="Step">Steps of the epoch that are done.</param>
/// <param name="LossSum">Weighted sum of the losses of their rows.</param>
/// <param name="LossWeight">Sum of the weights of their rows.</param>
internal sealed record TrainingPosition(int Epoch, int Step = 0, double LossSum = 0, double LossWeight = 0);

/// <summary>What a part of a fit came to, but for arrays: the wide part, or the trials of a search.</summary>
/// <param name="Settings">What the part must be the same for.</param>
/// <param name="Numbers">Numbers by name.</param>
internal sealed record PartCheckpoint(IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, double> Numbers);

/// <summary>Serializer of checkpoints, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(PartCheckpoint))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
