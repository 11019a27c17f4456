namespace MLNet.Embeddings;

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">Number of the epoch at hand, from 1.</param>
/// <param name="Random">State of the generator of the rows' order when the epoch began.</param>
/// <param name="Step">Steps of the epoch that are done.</param>
/// <param name="LossSum">Weighted sum of the losses of their rows.</param>
/// <param name="LossWeight">Sum of the weights of their rows.</param>
internal sealed record TrainingPosition(int Epoch, ulong Random, int Step = 0, double LossSum = 0, double LossWeight = 0);
