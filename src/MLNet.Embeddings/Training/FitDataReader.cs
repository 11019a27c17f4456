using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Reads the rows of a fit: those to train on, and those to validate on.</summary>
/// <param name="reader">Reads rows into tables.</param>
/// <param name="options">How to divide them, and whether to keep them in memory.</param>
/// <param name="progress">Takes how far the passes are.</param>
/// <param name="log">Takes messages.</param>
internal sealed class FitDataReader(TrainingTableReader reader, TrainingOptions options, FitProgress.Part progress, FitLog log)
{
    private const double MainPortion = 0.85;

    /// <summary>Reads the rows to train on and those to validate on.</summary>
    /// <param name="training">The rows to train on, and to hold rows out of where no others are given.</param>
    /// <param name="validation">The rows to validate on; null for none.</param>
    /// <param name="groups">The groups of a table's rows, whose shares the rows held out keep.</param>
    /// <param name="seed">Decides which rows are held out.</param>
    /// <returns>The rows, and what each label is like in all rows that were read for training.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or values that cannot be used.</exception>
    internal (FitData Data, IReadOnlyList<LabelStatistics> Labels) Read(
        IDataView training, IDataView? validation, Func<TrainingTable, float[]> groups, int seed)
    {
        var random = RandomStreams.Of(seed, RandomPurpose.Validation);
        if (options.ShuffleBufferRows is { } rows) return Stream(rows, training, validation, random);

        var table = ReadAll(training);
        var data = validation is null
            ? FitData.Split(table, groups(table), options.ValidationFraction, random)
            : FitData.Given(table, ReadGiven(validation), Names);
        return (data, Measure(table));
    }

    /// <summary>All rows in one table.</summary>
    internal TrainingTable ReadAll(IDataView training) => reader.Read(training, progress.Pass(null, MainPortion, options.CancellationToken));

    /// <summary>All rows that are given to validate on.</summary>
    internal TrainingTable ReadGiven(IDataView validation) =>
        ValidationData.Rows(reader, validation, log, progress.Pass(null, 0, options.CancellationToken, validation.GetRowCount() ?? 0));

    /// <summary>What each label of a table is like.</summary>
    internal IReadOnlyList<LabelStatistics> Measure(TrainingTable table) => [.. reader.Labels.Select((label, i) => label.Measure(table.Labels[i]))];

    private IEnumerable<string> Names => reader.Columns.Select(column => column.Name);

    private (FitData Data, IReadOnlyList<LabelStatistics> Labels) Stream(int bufferRows, IDataView training, IDataView? validation, SplitMix random)
    {
        double heldOut = validation is null ? options.ValidationFraction : 0;
        var view = new StreamedView(reader, training, bufferRows, heldOut, random.Next(), options.CancellationToken);
        var rows = StreamedRows.Measure(view, progress.Pass(null, MainPortion, options.CancellationToken), log, out var measures);
        var validated = validation is null ? view.ReadHeldOut(progress.Pass(null, 0, options.CancellationToken)) : ReadGiven(validation);
        return (FitData.Given(rows, checked((int)measures.Skipped), validated, Names), measures.Labels);
    }
}

/// <summary>Reads what a fit is given, and finds what there is to learn of its labels.</summary>
/// <param name="options">The columns to read.</param>
/// <param name="tasks">The labels.</param>
/// <param name="namesLabels">True if the names of score columns begin with that of their label.</param>
/// <param name="previous">The labels of an earlier model to train on from; empty for none.</param>
/// <param name="progress">Takes how far the passes are.</param>
/// <param name="log">Takes what is to be said of the labels.</param>
internal sealed class LabelledDataReader(
    MultiEmbeddingOptions options, IReadOnlyList<LabelTask> tasks, bool namesLabels, IReadOnlyList<LabelShape> previous, FitProgress.Part progress,
    FitLog log)
{
    private const double LabelPortion = 0.05;

    /// <inheritdoc cref="FitDataReader.Read" path="/param"/>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or values that cannot be used or learned.</exception>
    internal (FitData Data, NetworkObjective Objective) Read(IDataView training, IDataView? validation, int seed)
    {
        var (readers, reader) = Begin(training, validation);
        var (data, labels) = reader.Read(training, validation, Groups, seed);
        WarnOfUnknown(readers);
        NetworkObjective objective = new([.. readers.Select((label, i) => label.Learn(labels[i]))], namesLabels);
        WarnOfClasses(objective, readers, labels, data.ValidationLabels);
        return (data, objective);
    }

    /// <summary>Reads the rows of a fit of several networks, in one table, and deals them out.</summary>
    /// <param name="training">The rows to train on, and to hold rows out of where no others are given.</param>
    /// <param name="validation">The rows to validate on; null for none.</param>
    /// <param name="members">Number of networks.</param>
    /// <param name="seed">Decides which rows are held out.</param>
    /// <returns>All rows, those given for validation behind the others.</returns>
    /// <inheritdoc cref="Read(IDataView, IDataView?, int)" path="/exception"/>
    internal (TrainingTable Table, RowFolds Folds, NetworkObjective Objective) ReadFolds(IDataView training, IDataView? validation, int members, int seed)
    {
        var (readers, reader) = Begin(training, validation);
        var table = reader.ReadAll(training);
        var validated = validation is null ? null : reader.ReadGiven(validation);
        WarnOfUnknown(readers);
        var labels = reader.Measure(table);
        NetworkObjective objective = new([.. readers.Select((label, i) => label.Learn(labels[i]))], namesLabels);
        if (validated is not null)
        {
            FitData.RequireSameExtents(options.Columns.Select(column => column.Name), table.Columns, validated.Columns);
            int[] last = [.. Enumerable.Repeat(ValidationFolds.None, table.RowCount), .. new int[validated.RowCount]];
            WarnOfClasses(objective, readers, labels, label => validated.Labels[label]);
            return (table.With(validated), new RowFolds(last, 1, trainsOnAll: false), objective);
        }
        var random = RandomStreams.Of(seed, RandomPurpose.Folds);
        if (options.ValidationFraction == 0) return (table, new RowFolds([.. Enumerable.Repeat(ValidationFolds.None, table.RowCount)], 0), objective);
        if (members > 1) return Held(new RowFolds(ValidationFolds.Deal(Groups(table), table.Weights, members, random), members));
        var split = ValidationSplit.Stratified(Groups(table), table.Weights, options.ValidationFraction, random);
        int[] foldOf = new int[table.RowCount];
        Array.Fill(foldOf, ValidationFolds.None);
        foreach (int row in split.Validation) foldOf[row] = 0;
        return Held(new RowFolds(foldOf, 1));

        (TrainingTable, RowFolds, NetworkObjective) Held(RowFolds folds)
        {
            int[] held = folds.HeldOutRows();
            WarnOfClasses(objective, readers, labels, label => held.Select(row => table.Labels[label][row]));
            return (table, folds, objective);
        }
    }

    /// <summary>Makes what reads the labels, which learns their classes, and with them all columns.</summary>
    private (LabelReader[] Labels, FitDataReader Reader) Begin(IDataView training, IDataView? validation)
    {
        LabelReader[] readers = [.. tasks.Select((task, i) => task.Begin(Find(task, training), previous.ElementAtOrDefault(i)))];
        if (validation is not null)
        {
            foreach (var (task, label) in tasks.Zip(readers)) ValidationData.Check(() => label.CheckSame(Find(task, validation)));
        }
        LabelValuesPass.Run(readers, training, progress.Pass(null, LabelPortion, options.CancellationToken));
        var reader = new TrainingTableReader(options.Columns, [.. readers.Select(label => label.Source)], options.ExampleWeightColumnName);
        return (readers, new FitDataReader(reader, options, progress, log));
    }

    private void WarnOfUnknown(LabelReader[] readers)
    {
        foreach (string unknown in readers.Select(label => label.Unknown).OfType<string>()) log.Warn(unknown, MessageSensitivity.UserData);
    }

    private void WarnOfClasses(
        NetworkObjective objective, LabelReader[] readers, IReadOnlyList<LabelStatistics> trained, Func<int, IEnumerable<float>> validated)
    {
        foreach (var (i, label) in objective.Labels.Index())
        {
            var held = readers[i].Source.Measure([.. validated(i)]);
            if (FitWarnings.OfClasses(label.Shape, trained[i], held) is { } warning) log.Warn(warning, MessageSensitivity.UserData);
        }
    }

    private static DataViewSchema.Column Find(LabelTask task, IDataView view)
    {
        var column = view.Schema.Find("label", task.Label.Name);
        task.CheckType(InputType.Of(column));
        return column;
    }

    /// <summary>What validation rows keep the shares of: the classes of the first label that has any, else nothing.</summary>
    private float[] Groups(TrainingTable table)
    {
        int index = tasks.TakeWhile(task => !task.HasClasses).Count();
        return index < tasks.Count ? table.Labels[index] : new float[table.RowCount];
    }
}
