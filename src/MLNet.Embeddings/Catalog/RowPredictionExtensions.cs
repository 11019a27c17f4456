using System.Text.Json;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Scores single rows that are given as names and values, without classes of input and output.</summary>
/// <remarks>
/// A row has values under the names of the columns that scores depend on, never the label; other names are ignored. Names are compared as they are written
/// and, where that is plain, ignoring case. A column that is left out is missing, as one is that is null or <see cref="DBNull"/>.
/// <list type="table">
/// <listheader><term>the model reads</term><description>a value may be</description></listheader>
/// <item><term>a number</term><description>a number of any type, a Boolean, or a text of one, in the invariant culture</description></item>
/// <item><term>a category or a text</term><description>a text, or whatever has one: 8, 8.0 and "8" are the same category, and so are true and
/// "True"</description></item>
/// <item><term>a date</term><description>DateTime, DateTimeOffset, DateOnly, or a text by ISO 8601 (2024-12-31T23:59) or in the format of the training
/// data; TimeSpan or TimeOnly for times of the day</description></item>
/// <item><term>a vector</term><description>an array or list of such</description></item>
/// <item><term>a key</term><description>its number, from 1; 0 where it is missing</description></item>
/// <item><term>a length of time</term><description>the same as times of the day; it cannot be missing</description></item>
/// <item><term>a Boolean or an integer, of steps of ML.NET</term><description>the same, the numbers 0 and 1 for a Boolean, or a text of such; it cannot be
/// missing</description></item>
/// </list>
/// The result has the score columns in their order, under their names: those of ML.NET's trainers as well, and those that later steps make of them, as in
/// <c>model.Score(frame)</c>.
/// <list type="table">
/// <listheader><term>column</term><description>value</description></listheader>
/// <item><term>PredictedLabel</term><description>the class itself, a Boolean, text or number, null for none; an array of the members of a
/// set</description></item>
/// <item><term>Score, Probability</term><description>Single; of several classes a dictionary, from the name of the class to its Single</description></item>
/// <item><term>other vectors</term><description>an array</description></item>
/// </list>
/// The first call binds the model to its columns; all later ones, on any number of threads, use that.
/// </remarks>
public static class RowPredictionExtensions
{
    /// <summary>Scores a row.</summary>
    /// <param name="model">The fitted or loaded model: a trainer's transformer or a whole pipeline that ends in one, ML.NET's own trainers included.</param>
    /// <param name="row">The values by the names of their columns.</param>
    /// <returns>The score columns, in their order.</returns>
    /// <example><code>
    /// var result = model.Predict(new Dictionary&lt;string, object?&gt; { ["City"] = "Oslo", ["Age"] = 40 });
    /// float probability = (float)result["Probability"]!;
    /// </code></example>
    /// <exception cref="ArgumentException">A value cannot be that of its column, or the row has none of the model's columns; or the model makes no score
    /// columns.</exception>
    public static IReadOnlyDictionary<string, object?> Predict(this ITransformer model, IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(row);
        return RowPredictor.Of(model).Predict(row);
    }

    /// <summary>Scores a row that is written as a JSON object, or each of an array of such.</summary>
    /// <param name="model">The fitted or loaded model: a trainer's transformer or a whole pipeline that ends in one, ML.NET's own trainers included.</param>
    /// <param name="json">The object, or the array of objects.</param>
    /// <returns>An object of the score columns; for an array, an array of such in the same order. A number that is none, or infinite, is null.</returns>
    /// <example><code>
    /// app.MapPost("/predict", async (HttpRequest request) =>
    ///     Results.Text(model.PredictJson(await new StreamReader(request.Body).ReadToEndAsync()), "application/json"));
    /// </code></example>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="ArgumentException">It is neither an object nor an array of objects; a value cannot be that of its column, or an object has none of the
    /// model's columns; or the model makes no score columns.</exception>
    public static string PredictJson(this ITransformer model, string json)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(json);
        return JsonRows.Predict(RowPredictor.Of(model), json);
    }

    /// <summary>The columns of the rows that the model takes, in no certain order: to make a form, a schema or a test row from.</summary>
    /// <param name="model">The fitted or loaded model: a trainer's transformer or a whole pipeline that ends in one, ML.NET's own trainers included.</param>
    /// <returns>The columns that scores depend on, without the label.</returns>
    /// <example><code>
    /// foreach (RowColumn column in model.RowColumns()) Console.WriteLine($"{column.Name}: {column.Kind}");
    /// </code></example>
    /// <exception cref="ArgumentException">The model makes no score columns.</exception>
    public static IReadOnlyList<RowColumn> RowColumns(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return RowPredictor.Of(model).Columns;
    }
}
