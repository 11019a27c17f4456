namespace MLNet.Embeddings;

/// <summary>How a network learns, beside its form.</summary>
/// <param name="Dropout">Share of the values of sequence vectors and hidden layers to drop in training.</param>
/// <param name="Threads">How many threads may work.</param>
internal readonly record struct LearningSettings(double Dropout, int Threads);
