namespace MLNet.Embeddings;

/// <summary>The rows of one fit: those trained on and those validated on.</summary>
internal sealed class FitData : IDisposable
{
    private readonly RowSource _training;
    private readonly TrainingTable? _validation;
    private readonly int[] _validationRows;

    /// <param name="training">Rows to train on.</param>
    /// <param name="validation">The table of the rows to validate on; null for none.</param>
    /// <param name="validationRows">Those rows.</param>
    /// <param name="skippedRows">Rows left out since their label is missing.</param>
    private FitData(RowSource training, TrainingTable? validation, int[] validationRows, int skippedRows) =>
        (_training, _validation, _validationRows, SkippedRows) = (training, validation, validationRows, skippedRows);

    /// <summary>Holds out a share of a table's rows, chosen within each group.</summary>
    internal static FitData Split(TrainingTable table, ReadOnlySpan<float> groups, double validationFraction, SplitMix random)
    {
        var split = ValidationSplit.Stratified(groups, table.Weights, validationFraction, random);
        return new FitData(new TableRows(table, split.Training), table, split.Validation, table.SkippedRows);
    }

    /// <summary>Trains on some rows of a table and validates on others.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="training">Those to train on.</param>
    /// <param name="validation">Those to validate on.</param>
    /// <param name="scales">Scale of each number column, by position; null for other columns.</param>
    internal static FitData Of(TrainingTable table, int[] training, int[] validation, IReadOnlyList<NumberScale?> scales) =>
        new(new TableRows(table, training, scales), table, validation, table.SkippedRows);

    /// <summary>Trains on all rows of one table and validates on all rows of another.</summary>
    /// <param name="training">Rows to train on.</param>
    /// <param name="validation">Rows to validate on.</param>
    /// <param name="names">Names of the tables' columns.</param>
    /// <exception cref="InvalidOperationException">A column of the tables was not made by the same fitted steps.</exception>
    internal static FitData Given(TrainingTable training, TrainingTable validation, IEnumerable<string> names) =>
        Given(new TableRows(training, AllRows(training)), training.SkippedRows, validation, names);

    /// <summary>Trains on given rows and validates on all rows of a table; null for no validation.</summary>
    /// <inheritdoc cref="Given(TrainingTable, TrainingTable, IEnumerable{string})" path="/exception"/>
    internal static FitData Given(RowSource training, int skippedRows, TrainingTable? validation, IEnumerable<string> names)
    {
        RequireSameExtents(names, training.Columns, validation?.Columns ?? training.Columns);
        return new FitData(training, validation, validation is null ? [] : AllRows(validation), skippedRows);
    }

    /// <summary>How many rows there are, and how much memory they take, as the log says it.</summary>
    internal static string Describe(int training, int validation, long bytes)
    {
        var (divisor, unit) = bytes switch { < 1_000_000 => (1e3, "kB"), < 1_000_000_000 => (1e6, "MB"), _ => (1e9, "GB") };
        return FormattableString.Invariant($"{training} rows to train on, {validation} to validate on, {bytes / divisor:F1} {unit} in memory.");
    }

    /// <exception cref="InvalidOperationException">A column was not made by the same fitted steps.</exception>
    internal static void RequireSameExtents(IEnumerable<string> names, IReadOnlyList<ColumnData> training, IReadOnlyList<ColumnData> validation)
    {
        foreach (var (name, trained, validated) in names.Zip(training, validation))
        {
            string? other = trained.Extent == validated.Extent ? (validated as TermData)?.Terms?.FirstDifference(((TermData)trained).Terms) : "";
            if (other is null) continue;
            throw new InvalidOperationException(
                (other == ""
                    ? $"Column '{name}' has {validated.Extent} in the validation data and {trained.Extent} in the training data; they must agree. "
                    : $"The keys of column '{name}' in the validation data are those of another vocabulary than in the training data: {other}. ") +
                "Make the columns of both by the same fitted steps: fit those on the training data, then transform both with them.");
        }
    }

    /// <summary>The columns of rows to train on, not necessarily of all.</summary>
    internal IReadOnlyList<ColumnData> Columns => _training.Columns;

    /// <inheritdoc cref="RowSource.CountKeys"/>
    internal long[] CountKeys(int column) => _training.CountKeys(column);

    /// <inheritdoc cref="RowSource.Tally"/>
    internal ColumnTally Tally(int column) => _training.Tally(column);

    /// <inheritdoc cref="RowSource.Targets"/>
    internal string Targets => _training.Targets;

    internal int TrainingCount => _training.Count;

    /// <inheritdoc cref="RowSource.BatchCount"/>
    internal int BatchCount(int batchSize) => _training.BatchCount(batchSize);

    internal int ValidationCount => _validationRows.Length;

    /// <summary>The values of a label in the validation rows; NaN is missing.</summary>
    internal IEnumerable<float> ValidationLabels(int label) => _validationRows.Select(row => _validation!.Labels[label][row]);

    /// <summary>Memory of the rows that stay in it throughout the fit.</summary>
    internal long Bytes => (_validation is null ? _training.Kept : _training.Kept.Append(_validation)).Distinct().Sum(table => table.Bytes);

    /// <summary>Rows left out of training since their label is missing.</summary>
    internal int SkippedRows { get; }

    /// <summary>Scale of each number column, by position: over the training rows unless another is used; null for other columns.</summary>
    internal IReadOnlyList<NumberScale?> Scales => _training.Scales;

    /// <summary>Uses the scales of an earlier fit.</summary>
    internal void Use(IReadOnlyList<NumberScale?> scales) => _training.Use(scales);

    /// <summary>Batches of all training rows in a new random order, with some keys turned into the unknown one.</summary>
    /// <param name="batchSize">Rows per batch.</param>
    /// <param name="bucketed">True to put rows of about the same length together.</param>
    /// <param name="unknown">Turns keys into the unknown one.</param>
    /// <param name="random">Source of the order; not to be used elsewhere.</param>
    internal BatchFeed TrainingBatches(int batchSize, bool bucketed, UnknownDropout unknown, SplitMix random) =>
        BatchFeed.Of(_training, batchSize, bucketed, unknown, random);

    /// <summary>Batches of about so many training rows, the same in each epoch.</summary>
    internal IEnumerable<RowBatch> SomeTrainingBatches(int batchSize, int rows) =>
        TrainingBatches(batchSize, bucketed: false, UnknownDropout.None, new SplitMix(0)).Batches.Take(Math.Max(1, rows / batchSize));

    /// <summary>Batches of all validation rows.</summary>
    internal IEnumerable<RowBatch> ValidationBatches(int batchSize)
    {
        if (_validation is null) return [];
        var batcher = new Batcher(_validation, Scales);
        return BatchPlan.Ordered(_validation, _validationRows, batchSize).Select(rows => batcher.Cut(rows, UnknownDropout.None));
    }

    /// <summary>Batches of some of the validation table's rows, in their order.</summary>
    internal IEnumerable<RowBatch> RowsInOrder(int[] rows, int batchSize)
    {
        var batcher = new Batcher(_validation!, Scales);
        for (int start = 0; start < rows.Length; start += batchSize)
            yield return batcher.Cut(rows.AsSpan(start, Math.Min(batchSize, rows.Length - start)), UnknownDropout.None);
    }

    /// <inheritdoc cref="RowSource.Dispose"/>
    public void Dispose() => _training.Dispose();

    private static int[] AllRows(TrainingTable table) => [.. Enumerable.Range(0, table.RowCount)];
}
