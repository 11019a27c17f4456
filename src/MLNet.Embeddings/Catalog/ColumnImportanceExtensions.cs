using Microsoft.Data.Analysis;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Measures how much models rely on their input columns.</summary>
public static class ColumnImportanceExtensions
{
    /// <summary>Permutation importance: how much worse a model measures when the values of one raw input column are dealt out anew among the rows.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="model">
    /// A fitted or loaded model with score columns, ML.NET's own trainers included, whose steps map rows alone. What it reads of the data are the columns that
    /// are measured: a text or a category as a whole, not the slots that steps make of them.
    /// </param>
    /// <param name="data">Rows with their label that the model was not trained on.</param>
    /// <param name="options">The label, the metric, how often; the defaults when null.</param>
    /// <returns>The columns, the most important first. Columns that tell the same share their importance: each can be made up for by the other.</returns>
    /// <remarks>
    /// ML.NET's PermutationFeatureImportance shuffles the slots of the vector in front of its trainer. All cores work; the same seed gives the same numbers.
    /// </remarks>
    /// <example><code>
    /// ColumnImportances importance = mlContext.ColumnImportance(model, testData);
    /// foreach (ColumnImportance column in importance.Columns) Console.WriteLine(column);
    /// </code></example>
    /// <exception cref="ArgumentException">Settings cannot be used; no label is known, or the task has no such metric.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The data lacks a column, or has it in another type.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ColumnImportances ColumnImportance(
        this MLContext mlContext, ITransformer model, IDataView data, ColumnImportanceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new();
        OptionErrors.ThrowIfAny("The settings of column importance", options.Faults(), nameof(options));
        return PermutationImportance.Of(mlContext, model, data, options);
    }

    /// <summary>The columns as a table: Column, Mean and Deviation, the most important first.</summary>
    /// <param name="importances">What was measured.</param>
    public static DataFrame ToDataFrame(this ColumnImportances importances)
    {
        ArgumentNullException.ThrowIfNull(importances);
        return new DataFrame(
            new StringDataFrameColumn("Column", importances.Columns.Select(column => column.Column)),
            new DoubleDataFrameColumn("Mean", importances.Columns.Select(column => column.Mean)),
            new DoubleDataFrameColumn("Deviation", importances.Columns.Select(column => column.Deviation)));
    }
}
