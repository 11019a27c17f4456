using Microsoft.Data.Analysis;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Scores data with fitted models.</summary>
public static class TransformerScoringExtensions
{
    /// <summary>Scores every row of a data frame and returns the frame with the prediction columns added.</summary>
    /// <param name="model">The fitted model: a trainer's transformer or a whole pipeline that ends in one, ML.NET's own trainers included.</param>
    /// <param name="frame">The data, with the columns that the scores depend on; the label may be left out. It stays as it is.</param>
    /// <returns>
    /// A new frame: a copy of the rows, in their order, with the columns that ML.NET annotates as scores (such as PredictedLabel, Score and Probability).
    /// A column of the same name is replaced. A predicted label that is a key is given as the value it stands for. Behind a vector of scores whose slots have
    /// names, as those of classes have, stands a column for each: Score.Dresses, Score.Tops.
    /// </returns>
    /// <remarks>
    /// A data frame hands a null of an integer or Boolean column on as 0 or false; only Single and Double columns keep it as NaN, which is a missing value.
    /// Where such a column has nulls, convert it first: in training as well as here.
    /// <code>
    /// var ages = (Int32DataFrameColumn)frame["Age"];
    /// frame["Age"] = new SingleDataFrameColumn("Age", ages.Select(age => (float?)age));
    /// DataFrame scored = model.Score(frame);
    /// </code>
    /// It hands the characters of a Char column on as their numbers: make a column of text of them.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The frame lacks a column that a score depends on, or has it with another type.</exception>
    /// <exception cref="ArgumentException">The model makes no score columns.</exception>
    /// <exception cref="InvalidOperationException">A value cannot be scored, such as a key above those of training, or a vector of another length.</exception>
    /// <exception cref="NotSupportedException">A predicted label stands for values that a data frame has no columns for.</exception>
    public static DataFrame Score(this ITransformer model, DataFrame frame)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(frame);

        IDataView scored = model.ForScoring().Transform(frame);
        var scores = ScoreColumn.LatestOf(scored.Schema);
        if (scores.Length == 0)
        {
            throw new ArgumentException(
                "The model makes no score columns; Score needs a model that ends in a trainer. Use Transform for other models.", nameof(model));
        }

        var result = frame.Clone();
        foreach (var column in Read(scored, scores))
        {
            int index = result.Columns.IndexOf(column.Name);
            if (index < 0) result.Columns.Add(column);
            else result.Columns[index] = column;
        }
        return result;
    }

    /// <summary>The same model, for data without the label: it needs the columns alone that its scores depend on.</summary>
    /// <param name="model">The fitted or loaded model: a trainer's transformer or a whole pipeline that ends in one, ML.NET's own trainers included.</param>
    /// <returns>A transformer for views, and for prediction engines whose class of input has no label.</returns>
    /// <remarks>
    /// The steps of a pipeline that make keys of a label, convert it or compute something of it, refuse data without it, although they are needed for fitting
    /// and evaluating only. Here such columns are left out of the result, as is all that is made of them. Where the data has them, nothing changes. To save
    /// saves the model itself: ask for this again when it is loaded.
    /// </remarks>
    /// <example><code>
    /// ITransformer model = mlContext.Model.Load("model.zip", out _).ForScoring();
    /// IDataView scored = model.Transform(unlabelled);
    /// var engine = mlContext.Model.CreatePredictionEngine&lt;Input, Prediction&gt;(model);
    /// </code></example>
    public static ITransformer ForScoring(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ScoringTransformer.Of(model);
    }

    private static IEnumerable<DataFrameColumn> Read(IDataView view, DataViewSchema.Column[] columns)
    {
        using var cursor = view.GetRowCursor(columns);
        var readers = Array.ConvertAll(columns, column => FrameColumn.Of(cursor, column));
        while (cursor.MoveNext())
        {
            foreach (var reader in readers) reader.Read();
        }
        return readers.SelectMany(reader => reader.Finish());
    }
}
