using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Reads what a fit is given, and finds what there is to learn of its labels.</summary>
/// <param name="options">The columns to read.</param>
/// <param name="tasks">The labels.</param>
/// <param name="namesLabels">True if the names of score columns begin with that of their label.</param>
internal sealed class LabelledDataReader(MultiEmbeddingOptions options, IReadOnlyList<LabelTask> tasks, bool namesLabels)
{
    /// <inheritdoc cref="FitDataReader.Read" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or values that cannot be used or learned.</exception>
    internal (FitData Data, NetworkObjective Objective) Read(IDataView training, IDataView? validation, SplitMix random)
    {
        foreach (var task in tasks) Check(task, training, validation);
        var reader = new TrainingTableReader(options.Columns, [.. tasks.Select(task => new LabelSource(task.Label.Name, task.HasClasses, task.Open))], options.ExampleWeightColumnName);
        var (data, labels) = new FitDataReader(reader, options).Read(training, validation, Groups, random);
        return (data, new([.. tasks.Select((task, i) => task.Learn(training.Schema[task.Label.Name], labels[i]))], namesLabels));
    }

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

    /// <summary>What validation rows keep the shares of: the classes of the first label that has any, else nothing.</summary>
    private float[] Groups(TrainingTable table)
    {
        int index = tasks.TakeWhile(task => !task.HasClasses).Count();
        return index < tasks.Count ? table.Labels[index] : new float[table.RowCount];
    }
}
