using System.Globalization;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a process that does a job measures of itself.</summary>
/// <param name="FirstResult">From the job's beginning to its first result: a prediction, or the end of a training.</param>
/// <param name="PeakBytes">The largest working set.</param>
internal readonly record struct JobFigures(TimeSpan FirstResult, long PeakBytes)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    internal static JobFigures Parse(string text)
    {
        string[] parts = text.Split(' ');
        return new(TimeSpan.FromTicks(Number(parts[0])), Number(parts[1]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{FirstResult.Ticks} {PeakBytes}");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
