namespace MLNet.Embeddings;

/// <summary>What a model file says of a network beside its arrays.</summary>
internal sealed record SavedNetwork(NetworkShape Network, TrainingHistory History);
