using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>The rows to train on, and those to judge by.</summary>
/// <param name="Train">The rows to train on, all of which have a label.</param>
/// <param name="Test">The others, which have one too.</param>
/// <param name="TrainRows">Number of those.</param>
/// <param name="TestRows">Number of these.</param>
/// <param name="TestFile">The file of the test rows; null where they were held out.</param>
/// <param name="LeftOut">Number of test rows without a label, or with one that the training rows do not have.</param>
/// <param name="OnlyClass">The class that all test rows are of; null where there are more, or the label is a number.</param>
internal sealed record TrainingRows(
    RowSelection Train, RowSelection Test, int TrainRows, int TestRows, string? TestFile, int LeftOut, string? OnlyClass)
{
    /// <param name="mlContext">The context.</param>
    /// <param name="plan">What is trained.</param>
    /// <param name="test">The file of the test rows and how it is read; null to hold some of the table's rows out.</param>
    /// <param name="testShare">The share to hold out.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <exception cref="UserException">There are too few rows to hold any out, or none to judge by.</exception>
    internal static TrainingRows Of(MLContext mlContext, TrainingPlan plan, (string File, TableOptions Reading)? test, double testShare, int seed)
    {
        var view = plan.Load(mlContext, plan.Table.Path);
        bool[] labelled = plan.Labels.Labelled();
        return test is { } given ? WithTest(mlContext, view, plan, labelled, given) : HoldOut(view, plan, labelled, testShare, seed);
    }

    /// <summary>What is trained on and judged by, in words.</summary>
    internal string Describe()
    {
        if (TestFile is null)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"{TrainRows:N0} rows to train on; {TestRows:N0}, a fifth, are held out to judge by (--test FILE names others).");
        }
        string left = LeftOut == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; {LeftOut:N0} of its rows are left out, as their label is missing or unknown");
        string file = Path.GetFileName(TestFile);
        return string.Create(CultureInfo.InvariantCulture, $"{TrainRows:N0} rows to train on, {TestRows:N0} of {file} to judge by{left}.");
    }

    private static TrainingRows HoldOut(IDataView view, TrainingPlan plan, bool[] labelled, double share, int seed)
    {
        bool[] test = plan.Labels.HoldOut(share, plan.Task != PredictionTask.Regression, seed);
        bool[] train = [.. labelled.Zip(test).Select(row => row.First && !row.Second)];
        var (trainRows, testRows) = (train.Count(row => row), test.Count(row => row));
        if (testRows < 2)
        {
            throw new UserException(
                $"{Path.GetFileName(plan.Table.Path)} has {labelled.Count(row => row)} rows with a label; a fifth of them is too little to judge by. Give " +
                "more rows, or others by --test.");
        }
        string? only = plan.Task == PredictionTask.Regression ? null : plan.Labels.OnlyValue(test);
        return new TrainingRows(new RowSelection(view, train), new RowSelection(view, test), trainRows, testRows, null, 0, only);
    }

    private static TrainingRows WithTest(
        MLContext mlContext, IDataView view, TrainingPlan plan, bool[] labelled, (string File, TableOptions Reading) given)
    {
        var test = LabelledRows.Open(mlContext, plan, given.File, given.Reading);
        return new TrainingRows(
            new RowSelection(view, labelled), test.View, labelled.Count(row => row), test.Rows, given.File, test.LeftOut, test.OnlyClass);
    }
}

/// <summary>The rows of a file that a model can be judged by.</summary>
/// <param name="View">The rows.</param>
/// <param name="Rows">Their number.</param>
/// <param name="LeftOut">Number of rows without a label, or with one that is not known.</param>
/// <param name="OnlyClass">The class that all rows are of; null where there are more, or the classes are not known.</param>
internal sealed record LabelledRows(RowSelection View, int Rows, int LeftOut, string? OnlyClass)
{
    /// <summary>The rows of a file, with the types of a plan's table.</summary>
    /// <exception cref="UserException">The file lacks columns, or has no row to judge by.</exception>
    internal static LabelledRows Open(MLContext mlContext, TrainingPlan plan, string path, TableOptions reading)
    {
        var types = plan.Load(mlContext, plan.Table.Path).Schema;
        var view = mlContext.Data.LoadTable(path, reading with { Schema = types });
        foreach (string name in plan.Columns.Select(column => column.Name).Append(plan.Label))
            Suggestion.Require(name, [.. view.Schema.Select(column => column.Name)], Path.GetFileName(path));
        return Of(view, plan.Label, plan.Task == PredictionTask.Regression ? null : plan.Labels.Counts.Select(count => count.Value).ToHashSet(), path);
    }

    /// <param name="view">All rows.</param>
    /// <param name="label">Name of the label.</param>
    /// <param name="known">Its classes; null where it is a number, or they are not known.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UserException">There is no row to judge by.</exception>
    internal static LabelledRows Of(IDataView view, string label, IReadOnlySet<string>? known, string path)
    {
        // Where the values are numbers, it only matters which rows have one.
        var tally = LabelTally.Of(view, label, known is null && view.Schema[label].Type is NumberDataViewType ? 1 : int.MaxValue);
        bool[] labelled = tally.Labelled(known);
        int rows = labelled.Count(row => row);
        if (rows == 0) throw new UserException($"{Path.GetFileName(path)} has no row whose '{label}' is one that the model can be judged by.");
        return new LabelledRows(new RowSelection(view, labelled), rows, tally.Rows - rows, known is null ? null : tally.OnlyValue(labelled));
    }
}
