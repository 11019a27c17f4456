using Microsoft.Data.Analysis;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Scores data frames with fitted models.</summary>
public static class TransformerScoringExtensions
{
    /// <summary>Scores every row of a data frame and returns the frame with the prediction columns added.</summary>
    /// <param name="model">The fitted model: a trainer's transformer or a whole pipeline that ends in one, ML.NET's own trainers included.</param>
    /// <param name="frame">The data, with the columns that the model was trained on; the label may be left out. It stays as it is.</param>
    /// <returns>
    /// A new frame: a copy of the rows, in their order, with the columns that ML.NET annotates as scores (such as PredictedLabel, Score and Probability).
    /// A column of the same name is replaced. A predicted label that is a key is given as the value it stands for.
    /// </returns>
    /// <remarks>
    /// A data frame hands a null of an integer or Boolean column on as 0 or false; only Single and Double columns keep it as NaN, which is a missing value.
    /// Where such a column has nulls, convert it first: in training as well as here.
    /// <code>
    /// var ages = (Int32DataFrameColumn)frame["Age"];
    /// frame["Age"] = new SingleDataFrameColumn("Age", ages.Select(age => (float?)age));
    /// DataFrame scored = model.Score(frame);
    /// </code>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The frame lacks a column that the model reads, or has it with another type.</exception>
    /// <exception cref="ArgumentException">The model makes no score columns.</exception>
    public static DataFrame Score(this ITransformer model, DataFrame frame)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(frame);

        IDataView scored = model.Transform(frame);
        string[] names = [.. scored.Schema.Where(column => column.Annotations.Schema.GetColumnOrNull(ScoreColumn.SetIdAnnotation) is not null)
            .Select(column => column.Name).Distinct()];
        if (names.Length == 0)
        {
            throw new ArgumentException(
                "The model makes no score columns; Score needs a model that ends in a trainer. Use Transform for other models.", nameof(model));
        }

        var result = frame.Clone();
        foreach (var column in ReadColumns(scored, names))
        {
            int index = result.Columns.IndexOf(column.Name);
            if (index < 0) result.Columns.Add(column);
            else result.Columns[index] = column;
        }
        return result;
    }

    /// <summary>A frame cannot hold keys: they become the values they stand for or, where these are not known, their numbers.</summary>
    private static IEnumerable<DataFrameColumn> ReadColumns(IDataView view, string[] names)
    {
        var keys = names.Select(name => view.Schema[name]).Where(column => column.Type.ItemType() is KeyDataViewType).ToArray();
        foreach (var key in keys.Where(HasValues))
            view = new MLContext().Transforms.Conversion.MapKeyToValue(key.Name).Fit(view).Transform(view);

        foreach (var set in keys.Where(key => !HasValues(key) && key.Type is VectorDataViewType))
            view = new MLContext().Transforms.Conversion.ConvertType(set.Name, outputKind: DataKind.UInt32).Fit(view).Transform(view);

        string[] numbers = [.. keys.Where(key => !HasValues(key) && key.Type is KeyDataViewType).Select(key => key.Name)];
        var columns = view.ToDataFrame(-1, [.. names.Except(numbers)]).Columns;
        return [.. columns, .. numbers.Select(name => new UInt32DataFrameColumn(name, view.GetColumn<uint>(name).Select(Present)))];
    }

    /// <summary>Whether the values behind the keys are known, of whatever type they are.</summary>
    private static bool HasValues(DataViewSchema.Column key) => key.Annotations.Schema.GetColumnOrNull("KeyValues") is not null;

    private static uint? Present(uint key) => key == 0 ? null : key;
}
