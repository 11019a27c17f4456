namespace MLNet.Embeddings;

/// <summary>Cuts batches of rows out of a training table, without copying the table.</summary>
internal sealed class Batcher
{
    private readonly TrainingTable _table;
    private readonly ColumnBatcher[] _columns;

    /// <summary>One index per table of the network, with the columns that are looked up there.</summary>
    private readonly (TermIndex Index, int[] Columns)[] _indices;

    /// <param name="table">The rows.</param>
    /// <param name="scales">How the columns' numbers are scaled; null for other columns.</param>
    internal Batcher(TrainingTable table, IReadOnlyList<NumberScale?> scales)
    {
        _table = table;
        _columns = new ColumnBatcher[table.Columns.Count];
        _indices = [.. table.Columns.Index().Where(column => column.Item is TermData)
            .GroupBy(column => (object?)((TermData)column.Item).SharedTable ?? column.Item)
            .Select(columns => (new TermIndex(((TermData)columns.First().Item).KeyCount), columns.Select(column => column.Index).ToArray()))];
        foreach (var (index, columns) in _indices)
        {
            foreach (int i in columns)
                _columns[i] = table.Columns[i] is CategoryData data
                    ? new CategoryBatcher(data, index)
                    : new SequenceBatcher((SequenceData)table.Columns[i], index);
        }
        for (int i = 0; i < _columns.Length; i++) _columns[i] ??= new NumberBatcher((NumberData)table.Columns[i], scales[i]!);
    }

    /// <summary>The given rows as a batch.</summary>
    internal RowBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        var columns = new ColumnBatch[_columns.Length];
        for (int i = 0; i < columns.Length; i++) columns[i] = _columns[i].Cut(rows, unknown);
        foreach (var (index, readers) in _indices)
        {
            int[] terms = index.TakeTerms();
            foreach (int i in readers) columns[i] = (TermBatch)columns[i] with { Terms = terms };
        }

        float[][] labels = new float[_table.Labels.Count][];
        for (int i = 0; i < labels.Length; i++) labels[i] = Pick(_table.Labels[i], rows);
        return new RowBatch(columns, labels, Pick(_table.Weights, rows));
    }

    private static float[] Pick(float[] values, ReadOnlySpan<int> rows)
    {
        float[] picked = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++) picked[i] = values[rows[i]];
        return picked;
    }
}

/// <summary>Cuts one column's part of a batch. Not thread-safe: it keeps scratch memory.</summary>
internal abstract class ColumnBatcher
{
    /// <summary>The column's part, its terms left out: other columns may add to them.</summary>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="unknown">Turns some known keys into the unknown one.</param>
    internal abstract ColumnBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown);
}

/// <summary>Cuts batches of a category column.</summary>
internal sealed class CategoryBatcher(CategoryData data, TermIndex index) : ColumnBatcher
{
    internal override CategoryBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        int[] termOfRow = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int key = data.KeyOf(rows[i]);
            termOfRow[i] = index.NumberOf(data.HasUnknown ? unknown.Apply(key) : key);
        }
        return new CategoryBatch([], termOfRow);
    }
}

/// <summary>Cuts batches of a sequence column.</summary>
internal sealed class SequenceBatcher(SequenceData data, TermIndex index) : ColumnBatcher
{
    internal override SequenceBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        int[] lengths = new int[rows.Length];
        int tokens = 0;
        for (int i = 0; i < rows.Length; i++) tokens += lengths[i] = data.TokensOf(rows[i]);

        int[] termOfToken = new int[tokens];
        int position = 0;
        foreach (int row in rows)
        {
            foreach (int key in data.KeysOf(row)) termOfToken[position++] = index.NumberOf(data.HasUnknown ? unknown.Apply(key) : key);
        }
        return new SequenceBatch([], lengths, termOfToken);
    }
}

/// <summary>Cuts batches of a number column.</summary>
internal sealed class NumberBatcher(NumberData data, NumberScale scale) : ColumnBatcher
{
    private readonly double[] _numbers = new double[data.Size];

    internal override NumberBatch Cut(ReadOnlySpan<int> rows, UnknownDropout unknown)
    {
        float[] values = new float[rows.Length * scale.Width];
        for (int i = 0; i < rows.Length; i++)
        {
            data.CopyRow(rows[i], _numbers);
            scale.Apply(_numbers, values.AsSpan(i * scale.Width, scale.Width));
        }
        return new NumberBatch(values, scale.Width);
    }
}

/// <summary>Turns a random share of known keys into the unknown one, so that its vector is trained and unseen values score sensibly.</summary>
/// <remarks>The word dropout of Iyyer et al. 2015 (Deep Unordered Composition, section 3.2), with the unknown key in the place of a dropped word.</remarks>
internal sealed class UnknownDropout(double share, SplitMix random)
{
    private const int Unknown = 1;

    /// <summary>Changes nothing: for validation.</summary>
    internal static UnknownDropout None { get; } = new(0, new SplitMix(0));

    internal int Apply(int key) => share > 0 && key > Unknown && random.NextDouble() < share ? Unknown : key;
}
