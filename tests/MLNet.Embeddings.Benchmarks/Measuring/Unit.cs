namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a figure counts, and whether more of it is better.</summary>
internal sealed record Unit(string Name, bool MoreIsBetter)
{
    internal static readonly Unit RowsPerSecond = new("rows/s", MoreIsBetter: true);
    internal static readonly Unit BillionsPerSecond = new("GFLOP/s", MoreIsBetter: true);
    internal static readonly Unit MicrosecondsPerRow = new("µs/row", MoreIsBetter: false);
    internal static readonly Unit MillisecondsPerStep = new("ms/step", MoreIsBetter: false);
    internal static readonly Unit Milliseconds = new("ms", MoreIsBetter: false);
    internal static readonly Unit Seconds = new("s", MoreIsBetter: false);
    internal static readonly Unit Megabytes = new("MB", MoreIsBetter: false);
    internal static readonly Unit Kilobytes = new("kB", MoreIsBetter: false);
    internal static readonly Unit BytesPerRow = new("bytes/row", MoreIsBetter: false);
}
