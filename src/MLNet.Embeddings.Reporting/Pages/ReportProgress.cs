namespace MLNet.Embeddings;

/// <summary>How far a report is.</summary>
/// <param name="Doing">What is being done now, such as "Measuring the importance of columns".</param>
/// <param name="Share">Part of the work that is done, 0 to 1.</param>
/// <param name="Remaining">Estimated time to the end; null until it can be told.</param>
public sealed record ReportProgress(string Doing, double Share, TimeSpan? Remaining);
