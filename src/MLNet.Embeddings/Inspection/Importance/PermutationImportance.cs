using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>
/// Permutation importance (Breiman 2001, doi 10.1023/A:1010933404324; for any model, Fisher et al. 2019, arXiv 1801.01489): how much a metric falls when the
/// values of one input column are dealt out anew among the rows.
/// </summary>
internal static class PermutationImportance
{
    /// <param name="mlContext">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Rows with their label.</param>
    /// <param name="options">How.</param>
    internal static ColumnImportances Of(MLContext mlContext, ITransformer model, IDataView data, ColumnImportanceOptions options)
    {
        var (label, prefix) = ScoreMeasure.LabelOf(model, options.LabelColumnName);
        var mapper = model.GetRowToRowMapper(data.Schema);
        var scores = mapper.OutputSchema.Where(column =>
            !column.IsHidden && ScoreColumn.IsScore(column) && column.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        DataViewSchema.Column[] inputs = [.. mapper.GetDependencies(scores).Where(column => column.Name != label).OrderBy(column => column.Index)];
        var measured = scores.Append(mapper.OutputSchema.Find("label", label));

        // In memory, in one order, with all that scores and label hang on.
        string[] needed = [.. mapper.GetDependencies(measured).Select(column => column.Name).Distinct()];
        var rows = mlContext.Transforms.SelectColumns(needed).Fit(data).Transform(mlContext.Data.TakeRows(data, options.MaxRows));
        var held = mlContext.Data.Cache(rows, needed);
        // Steps may ask for columns that neither scores nor label hang on.
        model = ScoringTransformer.Of(model);
        var scored = model.Transform(held);
        var measure = ScoreMeasure.Of(mlContext, scored, label, prefix, options.Metric);
        double before = measure.Of(scored);
        HeldColumn[] columns = [.. inputs.Select(input => HeldColumn.Of(held, held.Schema[input.Name]))];
        int count = CountOf(held);

        double[][] losses = [.. inputs.Select(_ => new double[options.Repeats])];
        int done = 0, total = inputs.Length * options.Repeats;
        Parts.Run(Environment.ProcessorCount, total, 1, (_, start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                var (column, repeat) = (i / options.Repeats, i % options.Repeats);
                int[] order = [.. Enumerable.Range(0, count)];
                new Random(HashOf(options.Seed, i)).Shuffle(order);
                double after = measure.Of(model.Transform(new PermutedView(held, columns[column], order)));
                losses[column][repeat] = measure.IsLoss ? after - before : before - after;
                lock (losses) options.Progress?.Report((double)++done / total);
            }
        });
        return new ColumnImportances(label, measure.Metric, before,
        [
            .. inputs.Zip(losses, (input, loss) => new ColumnImportance(input.Name, loss.Average(), Deviation(loss), loss))
                .OrderByDescending(column => column.Mean),
        ]);
    }

    private static int CountOf(IDataView view)
    {
        int count = 0;
        using var cursor = view.GetRowCursor([]);
        while (cursor.MoveNext()) count++;
        return count;
    }

    private static int HashOf(int seed, int number) => (int)new SplitMix((ulong)(uint)seed << 32 | (uint)number).Next();

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
