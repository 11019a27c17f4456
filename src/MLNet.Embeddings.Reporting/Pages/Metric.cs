namespace MLNet.Embeddings;

/// <summary>A measure of quality.</summary>
/// <param name="Name">Its name in the field.</param>
/// <param name="Meaning">What it says, in a few words.</param>
/// <param name="IsLoss">Whether a smaller value is a better one.</param>
/// <param name="Value">What it came to; NaN where it is not defined.</param>
internal sealed record Metric(string Name, string Meaning, bool IsLoss, double Value);
