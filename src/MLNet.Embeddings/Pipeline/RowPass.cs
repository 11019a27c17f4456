namespace MLNet.Embeddings;

/// <summary>One pass over rows, which may be ended, and tells about ten times a second how far it is.</summary>
/// <param name="cancellation">Ends the pass.</param>
/// <param name="report">Takes the number of rows so far; null if nobody asks.</param>
internal sealed class RowPass(CancellationToken cancellation, Action<long>? report = null)
{
    private const long MillisecondsBetween = 100;

    private long _told;

    /// <summary>Rows so far.</summary>
    internal long Rows { get; private set; }

    /// <summary>A pass that nobody is told of.</summary>
    public static implicit operator RowPass(CancellationToken cancellation) => new(cancellation);

    /// <summary>Counts a row.</summary>
    /// <exception cref="OperationCanceledException">The pass was ended.</exception>
    internal void Next() => Reach(Rows + 1);

    /// <summary>Says how many rows there were so far.</summary>
    /// <exception cref="OperationCanceledException">The pass was ended.</exception>
    internal void Reach(long rows)
    {
        cancellation.ThrowIfCancellationRequested();
        Rows = rows;
        if (report is null || Environment.TickCount64 - _told < MillisecondsBetween) return;
        _told = Environment.TickCount64;
        report(Rows);
    }
}
