using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Tells how far a report is.</summary>
/// <param name="options">Whom to tell, and what ends it.</param>
internal sealed class ReportMeter(ReportOptions options) : IProgress<double>
{
    private const double LeastShare = 0.05;

    private readonly long _start = Stopwatch.GetTimestamp();
    private string _doing = "";
    private double _before, _part;

    /// <summary>Begins a part of the work.</summary>
    /// <param name="doing">What is done.</param>
    /// <param name="part">Its share of all work, about.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal void Begin(string doing, double part)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        (_doing, _before, _part) = (doing, _before + _part, part);
        Report(0);
    }

    /// <summary>Takes the share of the part that is done.</summary>
    public void Report(double value)
    {
        double share = Math.Min(1, _before + value * _part);
        TimeSpan? remaining = share < LeastShare ? null : Stopwatch.GetElapsedTime(_start) * ((1 - share) / share);
        options.Progress?.Report(new ReportProgress(_doing, share, remaining));
    }
}

/// <summary>How far a report is.</summary>
/// <param name="Doing">What is being done now, such as "Measuring the importance of columns".</param>
/// <param name="Share">Part of the work that is done, 0 to 1.</param>
/// <param name="Remaining">Estimated time to the end; null until it can be told.</param>
public sealed record ReportProgress(string Doing, double Share, TimeSpan? Remaining);
