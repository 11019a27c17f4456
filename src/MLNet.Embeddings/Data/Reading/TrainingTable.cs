namespace MLNet.Embeddings;

/// <summary>
/// The rows to learn from, read from a data view into arrays: input columns, labels and example weights, whose mean is 1 unless all of them are 0.
/// </summary>
internal sealed record TrainingTable(IReadOnlyList<ColumnData> Columns, IReadOnlyList<float[]> Labels, float[] Weights, int SkippedRows)
{
    internal int RowCount => Weights.Length;

    /// <summary>The mean of the weights as they were given.</summary>
    internal double MeanWeight { get; init; } = 1;

    /// <summary>The sum of the weights as they were given; null where all are 1.</summary>
    internal ExactSum? WeightSum { get; init; }

    /// <summary>For each label whether its values are the numbers of classes; none are where this is left out.</summary>
    internal IReadOnlyList<bool> HasClasses { get; init; } = [];

    /// <summary>The weights of rows without weights.</summary>
    internal static float[] Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1f);
        return ones;
    }

    /// <summary>The labels, and what they are.</summary>
    internal IReadOnlyList<LabelValues> LabelValues => [.. Labels.Select((values, i) => new LabelValues(values, HasClasses.ElementAtOrDefault(i)))];

    /// <summary>Memory that the rows take.</summary>
    internal long Bytes => Columns.Sum(column => column.Bytes) + sizeof(float) * (Labels.Count + 1L) * RowCount;

    /// <summary>The scale of each number column over some rows, by position; null for other columns.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pass">The pass over the columns.</param>
    internal NumberScale?[] Scales(int[] rows, RowPass pass)
    {
        var labels = LabelValues;
        return
        [
            .. Columns.Select(column =>
            {
                pass.Next();
                return NumberStatistics.Measure(column, labels, rows);
            }),
        ];
    }

    /// <summary>Adds the weights of the rows, as they were given.</summary>
    internal void AddWeights(ExactSum sum)
    {
        if (WeightSum is null) sum.Add(RowCount);
        else sum.Add(WeightSum);
    }

    /// <summary>The same rows, their weights multiplied by a number.</summary>
    internal TrainingTable WithWeights(float scale) => scale == 1 ? this : this with { Weights = Array.ConvertAll(Weights, weight => weight * scale) };

    /// <summary>The rows, and behind them those of another table of the same columns.</summary>
    internal TrainingTable With(TrainingTable later) => this with
    {
        Columns = [.. Columns.Zip(later.Columns, (one, other) => one.With(other))],
        Labels = [.. Labels.Zip(later.Labels, (one, other) => (float[])[.. one, .. other])],
        Weights = [.. Weights, .. later.Weights],
    };

    /// <summary>Tokens of a row in all sequence columns together.</summary>
    internal int TokensOf(int row)
    {
        int tokens = 0;
        foreach (var column in Columns) tokens += column.TokensOf(row);
        return tokens;
    }
}

/// <summary>One label of some rows.</summary>
/// <param name="Values">A number per row, or the number of its class, from 0; NaN is missing.</param>
/// <param name="AreClasses">Whether the values are classes.</param>
internal sealed record LabelValues(float[] Values, bool AreClasses);
