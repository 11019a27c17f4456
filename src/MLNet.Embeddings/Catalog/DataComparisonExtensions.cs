using Microsoft.Data.Analysis;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Tells data from what a model was trained on.</summary>
public static class DataComparisonExtensions
{
    /// <summary>How far the columns of data are from those that a model was trained on.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="model">A <see cref="MultiEmbeddingTransformer"/>, or a fitted or loaded pipeline with one: the last is meant.</param>
    /// <param name="data">The data, a view or a data frame. The label may be missing.</param>
    /// <returns>
    /// A row for each raw column, the one that has changed most first, with these columns: Column; StabilityIndex, the population stability index (see
    /// remarks); Missing and MissingInTraining, shares of the rows; Unknown and UnknownInTraining, shares of values, of texts of their words, that have no
    /// term of their own, NaN for numbers; OutOfRange, share of the rows whose number, or number of words, is below the least or above the largest of training.
    /// </returns>
    /// <remarks>
    /// <para>
    /// The index is Σ (q − p) ln(q / p) over the shares p of training and q of the data: of ten bins of numbers, of the twenty most frequent values, of
    /// missing, unknown and all other ones (Siddiqi, Credit Risk Scorecards, 2006). Below 0.1 is held to be no change to speak of, above 0.25 a large one. Of
    /// texts it is the larger one of their words' and of their lengths'. Shares below 0.0001 count as that.
    /// </para>
    /// <para>Values and words of training rows that occur once count as unknown there, for new rows of the same kind have about as many of their own.</para>
    /// <para>What it compares with is in <see cref="TrainingHistory.Data"/>, which is saved with the model.</para>
    /// </remarks>
    /// <example><code>
    /// DataFrame changes = mlContext.CompareData(model, thisWeek);
    /// </code></example>
    /// <exception cref="ArgumentException">There is no row. No step of the model is a multi-embedding network, or it was saved by a version that kept nothing
    /// of the data.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The data lacks a column, or has it in another type.</exception>
    public static DataFrame CompareData(this MLContext mlContext, ITransformer model, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        var step = model.FindStep<MultiEmbeddingTransformer>();
        var before = step.History.Data;
        if (before.Count == 0)
            throw new ArgumentException("The model was saved by a version that kept nothing of its training data. Fit it again to compare.", nameof(model));
        ITransformer[] steps = [.. model.Steps().TakeWhile(one => one != step), new ReadColumnsStep(step)];
        var read = new TransformerChain<ITransformer>(steps).ForScoring().Transform(data);
        ColumnDrift[] drifts = Count(read, step, before);
        if (drifts[0].IsEmpty) throw new ArgumentException("The data has no rows to compare.", nameof(data));
        return Frame([.. drifts.OrderByDescending(drift => drift.StabilityIndex)]);
    }

    private static ColumnDrift[] Count(IDataView read, MultiEmbeddingTransformer step, IReadOnlyList<ColumnStatistics> before)
    {
        Dictionary<string, string> readingOf = [];
        foreach (var column in step.Model.Shape.Columns) readingOf.TryAdd(SourceColumn.Of(column.Name, step.Steps).Name, column.Name);
        DataViewSchema.Column[] columns = [.. before.Select(column => read.Schema[readingOf[column.Column]])];
        using var cursor = read.GetRowCursor(columns);
        ColumnDrift[] drifts = [.. columns.Zip(before, (column, statistics) => ColumnDrift.Of(cursor, column, statistics))];
        while (cursor.MoveNext())
        {
            foreach (var drift in drifts) drift.Add();
        }
        return drifts;
    }

    private static DataFrame Frame(ColumnDrift[] drifts) => new(
        new StringDataFrameColumn("Column", drifts.Select(drift => drift.Before.Column)),
        Numbers("StabilityIndex", drift => drift.StabilityIndex, drifts),
        Numbers("Missing", drift => drift.Missing, drifts), Numbers("MissingInTraining", drift => drift.Before.Missing, drifts),
        Numbers("Unknown", drift => drift.Unknown, drifts), Numbers("UnknownInTraining", drift => drift.Before.Unknown ?? double.NaN, drifts),
        Numbers("OutOfRange", drift => drift.OutOfRange, drifts));

    private static DoubleDataFrameColumn Numbers(string name, Func<ColumnDrift, double> number, ColumnDrift[] drifts) => new(name, drifts.Select(number));
}
