namespace MLNet.Embeddings;

/// <summary>The rows of one fit: those trained on and those validated on, of one table or of two.</summary>
internal sealed class FitData
{
    private readonly Batcher _training, _validation;
    private readonly TrainingTable _validationTable;
    private readonly int[] _validationRows;

    private FitData(TrainingTable training, int[] trainingRows, TrainingTable validation, int[] validationRows)
    {
        (Table, TrainingRows) = (training, trainingRows);
        (_validationTable, _validationRows) = (validation, validationRows);
        Scales = [.. training.Columns.Select(column => column is NumberData numbers ? NumberScale.Of(numbers, trainingRows) : null)];
        _training = new Batcher(training, Scales);
        _validation = ReferenceEquals(training, validation) ? _training : new Batcher(validation, Scales);
    }

    /// <summary>Holds out a share of a table's rows, chosen within each group.</summary>
    internal static FitData Split(TrainingTable table, ReadOnlySpan<float> groups, double validationFraction, Random random)
    {
        var split = ValidationSplit.Stratified(groups, table.Weights, validationFraction, random);
        return new FitData(table, split.Training, table, split.Validation);
    }

    /// <summary>Trains on all rows of one table and validates on all rows of another.</summary>
    /// <param name="training">Rows to train on.</param>
    /// <param name="validation">Rows to validate on.</param>
    /// <param name="names">Names of the tables' columns.</param>
    /// <exception cref="InvalidOperationException">A column of the tables was not made by the same fitted steps.</exception>
    internal static FitData Given(TrainingTable training, TrainingTable validation, IEnumerable<string> names)
    {
        foreach (var (name, trained, validated) in names.Zip(training.Columns, validation.Columns))
        {
            if (trained.Extent == validated.Extent) continue;
            throw new InvalidOperationException(
                $"Column '{name}' has {validated.Extent} in the validation data and {trained.Extent} in the training data; they must agree. " +
                "Make the columns of both by the same fitted steps: fit those on the training data, then transform both with them.");
        }
        return new FitData(training, [.. Enumerable.Range(0, training.RowCount)], validation, [.. Enumerable.Range(0, validation.RowCount)]);
    }

    internal TrainingTable Table { get; }

    internal int[] TrainingRows { get; }

    internal int ValidationCount => _validationRows.Length;

    /// <summary>Scale of each number column over the training rows, by position; null for other columns.</summary>
    internal IReadOnlyList<NumberScale?> Scales { get; }

    /// <summary>Batches of all training rows in a new random order, with some keys turned into the unknown one.</summary>
    /// <param name="batchSize">Rows per batch.</param>
    /// <param name="bucketed">True to put rows of about the same length together.</param>
    /// <param name="unknownShare">Share of known keys to turn into the unknown one.</param>
    /// <param name="random">Source of order and choice.</param>
    internal IReadOnlyList<Func<RowBatch>> TrainingBatches(int batchSize, bool bucketed, double unknownShare, Random random)
    {
        var unknown = new UnknownDropout(unknownShare, random);
        return [.. BatchPlan.Shuffled(Table, TrainingRows, batchSize, bucketed, random).Select(rows => new Func<RowBatch>(() => _training.Cut(rows, unknown)))];
    }

    /// <summary>Batches of all validation rows.</summary>
    internal IEnumerable<RowBatch> ValidationBatches(int batchSize) =>
        BatchPlan.Ordered(_validationTable, _validationRows, batchSize).Select(rows => _validation.Cut(rows, UnknownDropout.None));
}
