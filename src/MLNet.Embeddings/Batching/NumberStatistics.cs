namespace MLNet.Embeddings;

/// <summary>Collects over rows, a table after the other, what the scale of a number column goes by.</summary>
internal abstract class NumberStatistics
{
    /// <summary>Statistics for the columns that are numbers; null for others.</summary>
    internal static NumberStatistics? For(ColumnData column) => column switch
    {
        NumberData { Encoder.Scaling: NumberScaling.Standard } numbers => new DeviationStatistics(numbers.Size),
        NumberData numbers => new KnotStatistics(numbers.Size, numbers.Encoder),
        _ => null,
    };

    /// <summary>The scale of some rows of one table; null if the column does not hold numbers.</summary>
    internal static NumberScale? Measure(ColumnData column, ReadOnlySpan<int> rows)
    {
        var statistics = For(column);
        statistics?.Add((NumberData)column, rows);
        return statistics?.ToScale();
    }

    /// <summary>Takes some rows into account.</summary>
    internal abstract void Add(NumberData data, ReadOnlySpan<int> rows);

    /// <summary>The scale of the rows so far.</summary>
    internal abstract NumberScale ToScale();
}
