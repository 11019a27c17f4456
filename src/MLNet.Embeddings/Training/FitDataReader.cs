using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Reads what a fit is given, and finds what there is to learn of it.</summary>
/// <param name="options">The columns to read.</param>
/// <param name="tasks">The labels.</param>
/// <param name="namesLabels">True if the names of score columns begin with that of their label.</param>
internal sealed class FitDataReader(MultiEmbeddingOptions options, IReadOnlyList<LabelTask> tasks, bool namesLabels)
{
    private readonly TrainingTableReader _reader = new(options.Columns, [.. tasks.Select(task => new LabelSource(task.Label.Name, task.HasClasses, task.Open))], options.ExampleWeightColumnName);

    /// <summary>Reads the rows to train on and those to validate on.</summary>
    /// <param name="training">The rows to train on, and to hold rows out of where no others are given.</param>
    /// <param name="validation">The rows to validate on; null for none.</param>
    /// <param name="random">Source of the choice of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or values that cannot be used or learned.</exception>
    internal (FitData Data, NetworkObjective Objective) Read(IDataView training, IDataView? validation, SplitMix random)
    {
        foreach (var task in tasks) Check(task, training, validation);
        if (options.ShuffleBufferRows is { } rows) return Stream(rows, training, validation, random);

        var table = _reader.Read(training, options.CancellationToken);
        var objective = Learn(training.Schema, table.Labels);
        var data = validation is null
            ? FitData.Split(table, Groups(table), options.ValidationFraction, random)
            : FitData.Given(table, _reader.Read(validation, options.CancellationToken), Names);
        return (data, objective);
    }

    private (FitData Data, NetworkObjective Objective) Stream(int bufferRows, IDataView training, IDataView? validation, SplitMix random)
    {
        double heldOut = validation is null ? options.ValidationFraction : 0;
        var view = new StreamedView(_reader, training, bufferRows, heldOut, random.Next(), options.CancellationToken);
        var rows = StreamedRows.Measure(view, out float[][] labels, out int skipped);
        var objective = Learn(training.Schema, labels);
        var validated = validation is null ? view.ReadHeldOut() : _reader.Read(validation, options.CancellationToken);
        return (FitData.Given(rows, skipped, validated, Names), objective);
    }

    private IEnumerable<string> Names => options.Columns.Select(column => column.Name);

    private static void Check(LabelTask task, IDataView training, IDataView? validation)
    {
        var trained = Find(training);
        if (validation is not null) task.CheckSame(trained, Find(validation));

        DataViewSchema.Column Find(IDataView view)
        {
            var column = view.Schema.Find("label", task.Label.Name);
            task.CheckType(InputType.Of(column));
            return column;
        }
    }

    private NetworkObjective Learn(DataViewSchema schema, IReadOnlyList<float[]> labels) =>
        new([.. tasks.Select((task, i) => task.Learn(schema[task.Label.Name], labels[i]))], namesLabels);

    /// <summary>What validation rows keep the shares of: the classes of the first label that has any, else nothing.</summary>
    private float[] Groups(TrainingTable table)
    {
        int index = tasks.TakeWhile(task => !task.HasClasses).Count();
        return index < tasks.Count ? table.Labels[index] : new float[table.RowCount];
    }
}
