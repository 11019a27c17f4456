namespace MLNet.Embeddings.Tests;

/// <summary>Small tables of texts, categories and numbers that a wide part is fitted to, and their labels.</summary>
internal static class WideTables
{
    internal const int Rows = 60;

    /// <summary>How the columns are read.</summary>
    internal static IReadOnlyList<InputColumn> Columns { get; } =
        [InputColumn.Bag("Terms"), InputColumn.Category("City"), InputColumn.Number("Size", NumberEncoder.PiecewiseLinear(4))];

    /// <summary>A table whose terms and numbers tell a little of the label.</summary>
    internal static TrainingTable Table(Func<Random, int, float> label)
    {
        var random = new Random(1);
        int[] signs = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(2))];
        int[][] terms = [.. signs.Select(sign => new[] { 2 + random.Next(3), 5 + sign, random.Next(1, 3) })];
        return new TrainingTable(
            [
                Tables.Sequences(terms, keyCount: 7),
                new CategoryData([.. signs.Select(_ => random.Next(4))], keyCount: 3, hasUnknown: true),
                new NumberData<float>(
                    [.. signs.Select(sign => random.Next(9) == 0 ? float.NaN : sign + random.NextSingle())], 1, NumberEncoder.PiecewiseLinear(4)),
            ],
            [[.. signs.Select(sign => label(random, sign))]], [.. signs.Select(_ => 0.5f + random.NextSingle())], SkippedRows: 0);
    }

    internal static (TrainingTable Table, NetworkObjective Objective) Of(string task) => task switch
    {
        "binary" => (Table((random, sign) => random.Next(8) == 0 ? 1 - sign : sign), Networks.Objective),
        "classes" => (Table((random, sign) => sign + random.Next(2)), Objective(new MulticlassObjective(
            LabelColumn.Multiclass("Label"), new MulticlassLabelShape("Label", 3, null), [1, 1, 1]))),
        _ => (Table((random, sign) => sign + random.NextSingle()), Objective(new RegressionObjective(
            LabelColumn.Regression("Label"), new RegressionLabelShape("Label", 1, 0.6f)))),
    };

    internal static RowFolds Folds(int count) => new([.. Enumerable.Range(0, Rows).Select(row => count == 0 ? ValidationFolds.None : row % count)], count);

    internal static WideFit Fit(TrainingTable table, NetworkObjective objective, int folds, TrainedWide? previous = null)
    {
        var fit = new WideFit(Columns, table, Folds(folds), objective, previous, CancellationToken.None);
        fit.Train();
        return fit;
    }

    /// <summary>The problem that a fit solved, over all rows, and the parameters that it found.</summary>
    internal static (WideProblem Problem, float[] Parameters) Solved(TrainingTable table, NetworkObjective objective, WideFit fit)
    {
        var wide = fit.Trained!;
        int offset = 0;
        List<WideFeatures> features = [];
        foreach (var (position, column) in wide.Shape.Columns.Index())
        {
            features.Add(WideFeatures.Of(column, position, offset, name => wide.Weights[name].Values));
            offset += column.FeatureCount;
        }
        var rows = WideRows.Of(table, Scales(wide), features, CancellationToken.None);
        var problem = new WideProblem(rows, offset, objective, new RowBatch([], table.Labels, table.Weights), [.. Enumerable.Range(0, Rows)])
        {
            Penalty = 1 / (fit.InversePenalty * Rows),
        };
        return (problem, [.. wide.Shape.Columns.Select(column => column.Weights).Append(WideShape.Bias).SelectMany(name => wide.Weights[name].Values)]);
    }

    internal static NumberScale?[] Scales(TrainedWide wide) => [.. wide.Shape.Columns.Select(column => (column as WideNumbers)?.Scale(wide))];

    private static NetworkObjective Objective(Objective label) => new([label], NamesLabels: false);
}
