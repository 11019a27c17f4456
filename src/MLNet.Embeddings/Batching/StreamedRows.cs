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
    /// <param name="labels">Receives, for each label, that of each row.</param>
    /// <param name="skipped">Receives how many have no label.</param>
    /// <exception cref="InvalidOperationException">A value cannot be used, or no row has a label.</exception>
    internal static StreamedRows Measure(StreamedView view, out float[][] labels, out int skipped)
    {
        ColumnBuffer<float>[] buffers = [.. view.Reader.Labels.Select(_ => new ColumnBuffer<float>(0))];
        IReadOnlyList<ColumnData> columns = [];
        NumberStatistics?[]? statistics = null;
        double weights = 0;
        skipped = 0;
        foreach (var table in view.Read(isHeldOut: false, null))
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount)];
            columns = table.Columns;
            statistics ??= [.. columns.Select(column => NumberStatistics.For(column, buffers.Length))];
            foreach (var (measured, column) in statistics.Zip(columns)) measured?.Add((NumberData)column, table.LabelValues, rows);
            foreach (float weight in table.Weights) weights += weight;
            for (int i = 0; i < buffers.Length; i++) buffers[i].AddRange(table.Labels[i]);
            skipped += table.SkippedRows;
        }
        int count = buffers[0].Count;
        labels = new float[buffers.Length][];
        for (int i = 0; i < labels.Length; i++) labels[i] = buffers[i].Take();
        if (count == 0) throw view.Reader.NoRows(skipped);
        var scales = statistics!.Select(measured => measured?.ToScale()).ToArray();
        return new StreamedRows(view, columns, scales, count, view.Reader.WeightScale(weights, count));
    }

    internal override int RowsPerTable => _view.RowsPerTable;

    internal override IEnumerable<TrainingTable> Kept => [];

    internal override IEnumerable<(TrainingTable Table, int[] Rows)> Tables(SplitMix random) =>
        ReadAhead.Of(_view.Read(isHeldOut: false, new Random((int)random.Next())), ahead: 1)
            .Select(table => (table.WithWeights(_weightScale), Enumerable.Range(0, table.RowCount).ToArray()));
}
