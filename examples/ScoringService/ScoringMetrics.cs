using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ScoringService;

/// <summary>
/// What the service measures of itself: <c>dotnet-counters monitor -n ScoringService --counters ScoringService</c> shows it, OpenTelemetry collects it.
/// </summary>
public sealed class ScoringMetrics
{
    private readonly Histogram<double> _durations;
    private readonly Counter<long> _failures;

    /// <param name="meters">The application's meters.</param>
    public ScoringMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("ScoringService");
        _durations = meter.CreateHistogram<double>("scoring.duration", unit: "s", description: "Time to score the rows of a request");
        _failures = meter.CreateCounter<long>("scoring.failures", unit: "{request}", description: "Requests whose rows could not be scored");
    }

    /// <summary>Scores, and measures how long it took and whether it failed.</summary>
    internal string Measure(Func<string> score)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            string scores = score();
            _durations.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
            return scores;
        }
        catch
        {
            _failures.Add(1);
            throw;
        }
    }
}
