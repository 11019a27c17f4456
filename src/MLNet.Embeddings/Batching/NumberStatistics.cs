namespace MLNet.Embeddings;

/// <summary>Collects over rows, a table after the other, what the scale of a number column goes by.</summary>
internal abstract class NumberStatistics
{
    /// <summary>Statistics for the columns that are numbers; null for others.</summary>
    /// <param name="column">The column.</param>
    /// <param name="labels">Labels of a row.</param>
    internal static NumberStatistics? For(ColumnData column, int labels) => column switch
    {
        NumberData { Encoder.Scaling: NumberScaling.Standard } numbers => new DeviationStatistics(numbers.Size),
        NumberData { Encoder: PiecewiseLinearEncoder { Binning: NumberBinning.Label } } numbers => new KnotStatistics(numbers.Size, numbers.Encoder, labels),
        NumberData numbers => new KnotStatistics(numbers.Size, numbers.Encoder, labels: 0),
        _ => null,
    };

    /// <summary>The scale of some rows of one table; null if the column does not hold numbers.</summary>
    /// <param name="column">The column.</param>
    /// <param name="labels">The labels of the table's rows.</param>
    /// <param name="rows">The rows.</param>
    internal static NumberScale? Measure(ColumnData column, IReadOnlyList<LabelValues> labels, ReadOnlySpan<int> rows)
    {
        var statistics = For(column, labels.Count);
        statistics?.Add((NumberData)column, labels, rows);
        return statistics?.ToScale();
    }

    /// <summary>Takes some rows into account.</summary>
    /// <param name="data">The numbers of a table.</param>
    /// <param name="rowLabels">The labels of the table's rows.</param>
    /// <param name="rows">The rows.</param>
    internal abstract void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows);

    /// <summary>The scale of the rows so far.</summary>
    internal abstract NumberScale ToScale();
}
