namespace MLNet.Embeddings;

/// <summary>The settings of one update by Adam.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Beta1">Decay of the mean of gradients, below 1.</param>
/// <param name="Beta2">Decay of the mean of squared gradients, below 1.</param>
/// <param name="Epsilon">Added to the root of that mean.</param>
/// <param name="WeightDecay">The share of the weights, times the learning rate, that is taken off before the step.</param>
/// <param name="Step">Which update this is, from 1 on.</param>
/// <param name="GradientScale">What the gradients are multiplied with first.</param>
/// <param name="Threads">How many threads may work; 0 for one a core.</param>
internal readonly record struct AdamStep(
    float LearningRate, float Beta1, float Beta2, float Epsilon, float WeightDecay, int Step, float GradientScale = 1, int Threads = 0);
