namespace Examples;

/// <summary>A model as it is compared with others.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Metrics">ML.NET's measures of its predictions of the test rows.</param>
/// <param name="FitTime">How long its fit took, from raw rows.</param>
public sealed record Candidate<TMetrics>(string Name, TMetrics Metrics, TimeSpan FitTime);
