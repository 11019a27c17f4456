namespace MLNet.Embeddings;

/// <summary>Rows that are read from their view again in each epoch, a table of them at a time, the next one while the last one is trained on.</summary>
internal sealed class StreamedRows : RowSource
{
    private readonly StreamedView _view;
    private readonly float _weightScale;

    private StreamedRows(StreamedView view, IReadOnlyList<ColumnData> columns, IReadOnlyList<NumberScale?> scales, int count, float weightScale)
        : base(columns, scales, count) => (_view, _weightScale) = (view, weightScale);

    /// <summary>Reads all rows once, to measure them.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="labels">Receives the label of each.</param>
    /// <param name="skipped">Receives how many have no label.</param>
    /// <exception cref="InvalidOperationException">A value cannot be used, or no row has a label.</exception>
    internal static StreamedRows Measure(StreamedView view, out float[] labels, out int skipped)
    {
        ColumnBuffer<float> labelBuffer = new(0);
        IReadOnlyList<ColumnData> columns = [];
        NumberStatistics?[]? statistics = null;
        double weights = 0;
        skipped = 0;
        foreach (var table in view.Read(isHeldOut: false, null))
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount)];
            columns = table.Columns;
            statistics ??= [.. columns.Select(column => column is NumberData numbers ? new NumberStatistics(numbers.Size) : null)];
            foreach (var (measured, column) in statistics.Zip(columns)) measured?.Add((NumberData)column, rows);
            foreach (float weight in table.Weights) weights += weight;
            labelBuffer.AddRange(table.Labels);
            skipped += table.SkippedRows;
        }
        labels = labelBuffer.Take();
        if (labels.Length == 0) throw view.Reader.NoRows(skipped);
        var scales = statistics!.Select(measured => measured?.ToScale()).ToArray();
        return new StreamedRows(view, columns, scales, labels.Length, view.Reader.WeightScale(weights, labels.Length));
    }

    internal override int RowsPerTable => _view.RowsPerTable;

    internal override IEnumerable<TrainingTable> Kept => [];

    internal override IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random) =>
        ReadAhead.Of(_view.Read(isHeldOut: false, new Random((int)random.Next())), ahead: 1)
            .Select(table => (table.WithWeights(_weightScale), Enumerable.Range(0, table.RowCount).ToArray()));
}
