namespace MLNet.Embeddings;

/// <summary>A measure of quality and what it came to.</summary>
/// <param name="Name">Its name, such as "Accuracy".</param>
/// <param name="Value">What it came to; NaN where it is not defined, as the AUC over rows of one class.</param>
public sealed record MetricValue(string Name, double Value);
