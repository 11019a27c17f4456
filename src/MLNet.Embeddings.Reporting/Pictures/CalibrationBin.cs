namespace MLNet.Embeddings;

/// <summary>Rows of about the same probability.</summary>
/// <param name="Rows">How many they are; at least one.</param>
/// <param name="MeanProbability">Share of positive rows that the model expects.</param>
/// <param name="PositiveShare">Share of positive rows that there is.</param>
internal readonly record struct CalibrationBin(int Rows, double MeanProbability, double PositiveShare);
