using Microsoft.Data.Analysis;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Says what the scores of rows come from.</summary>
public static class ExplanationExtensions
{
    /// <summary>What each column and each word of every row added to its score.</summary>
    /// <param name="model">A <see cref="MultiEmbeddingTransformer"/>, or a fitted or loaded pipeline with one: the last is meant.</param>
    /// <param name="data">The rows, a view or a data frame. The label may be missing.</param>
    /// <param name="labelColumnName">The label; may be null where the model has one only.</param>
    /// <param name="className">The class of a multiclass or set label; null for the one that is the most probable in each row.</param>
    /// <returns>An explanation for each row, in their order, computed when it is asked for. See <see cref="RowExplanation"/> for what it means.</returns>
    /// <remarks>
    /// A row takes as long as some hundred scores: <c>model.Explain(data).Take(100)</c> computes no more than it gives out. Words have attention weights where
    /// a text's encoder attends.
    /// </remarks>
    /// <example><code>
    /// foreach (var row in model.Explain(testData).Take(3))
    /// {
    ///     Console.WriteLine(row);
    ///     foreach (var word in row.Columns[0].Words.OrderByDescending(word => Math.Abs(word.Contribution)).Take(5)) Console.WriteLine($"  {word}");
    /// }
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// No step of the model is a multi-embedding network, or there is no such label or class; or, with several labels, none is named.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The data lacks a column that the score depends on, or has it in another type.</exception>
    public static IEnumerable<RowExplanation> Explain(
        this ITransformer model, IDataView data, string? labelColumnName = null, string? className = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        var step = model.FindStep<MultiEmbeddingTransformer>();
        var explaining = new ExplanationStep(ExplanationQuestion.Of(step, labelColumnName, className));
        ITransformer[] steps = [.. model.Steps().TakeWhile(one => one != step), explaining];
        var explained = new TransformerChain<ITransformer>(steps).ForScoring().Transform(data);
        return Read(explained, explained.Schema[ExplanationBinding.ColumnName]);
    }

    /// <summary>
    /// Explanations as a table, a row for each: Class, Score and Baseline, and what each column added, under its name; "(column)" stands behind it where it is
    /// that of one of the first three.
    /// </summary>
    /// <param name="explanations">Explanations by one model.</param>
    public static DataFrame ToDataFrame(this IEnumerable<RowExplanation> explanations)
    {
        ArgumentNullException.ThrowIfNull(explanations);
        RowExplanation[] rows = [.. explanations];
        DataFrame frame = new(
            new StringDataFrameColumn("Class", rows.Select(row => row.Class)), new DoubleDataFrameColumn("Score", rows.Select(row => row.Score)),
            new DoubleDataFrameColumn("Baseline", rows.Select(row => row.Baseline)));
        for (int i = 0; rows.Length > 0 && i < rows[0].Columns.Count; i++)
        {
            string name = rows[0].Columns[i].Column;
            string column = frame.Columns.IndexOf(name) < 0 ? name : $"{name} (column)";
            frame.Columns.Add(new DoubleDataFrameColumn(column, rows.Select(row => row.Columns[i].Contribution)));
        }
        return frame;
    }

    private static IEnumerable<RowExplanation> Read(IDataView view, DataViewSchema.Column column)
    {
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<RowExplanation>(column);
        RowExplanation explanation = null!;
        while (cursor.MoveNext())
        {
            getter(ref explanation);
            yield return explanation;
        }
    }
}
