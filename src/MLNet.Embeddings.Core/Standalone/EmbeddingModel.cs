using System.Collections.Concurrent;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>A saved model that scores rows of names and values without ML.NET: in programs that are trimmed or compiled ahead of time.</summary>
/// <remarks>
/// <para>
/// It reads the files that <c>mlContext.Model.Save</c> and <c>SaveAtomically</c> write of models over raw columns (texts, categories, numbers, dates, lists of
/// values) or over columns of keys, with IndexTokens and IndexCategories before the trainer as well. Its scores have the bits of those that the pipeline gives.
/// </para>
/// <para>Any number of threads may use one at once. Loading and scoring use no reflection, no generated code and no native library.</para>
/// </remarks>
/// <example><code>
/// var model = EmbeddingModel.Load("model.zip");
/// var result = model.Predict(new Dictionary&lt;string, object?&gt; { ["City"] = "Oslo", ["Age"] = 40 });
/// float probability = (float)result["Probability"]!;
/// </code></example>
public sealed class EmbeddingModel : IRowPredictor
{
    private readonly StandaloneModel _model;
    private readonly RowNames _names;
    private readonly ConcurrentBag<RowScorer> _idle = [];

    private EmbeddingModel(StandaloneModel model)
    {
        _model = model;
        _names = new RowNames([.. model.Columns.Select(column => column.Name)]);
        // Made now, so that what cannot be scored is refused when it is loaded.
        _idle.Add(new RowScorer(model, _names));
        Columns = [.. model.Columns.Select(column => new RowColumn(column.Name, column.Kind, column.IsList, column.Terms))];
    }

    /// <summary>The columns of the rows that the model takes: to make a form, a schema or a test row from.</summary>
    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">Path of the file, as <c>mlContext.Model.Save(model, schema, path)</c> wrote it.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">It is no model, is damaged, or was saved by a newer version of the library.</exception>
    /// <exception cref="NotSupportedException">The model has a step that needs ML.NET; the message names it, and says what to do.</exception>
    public static EmbeddingModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return Load(stream);
    }

    /// <summary>Loads a model.</summary>
    /// <param name="stream">The file's bytes; it stays open. One that cannot seek is read into memory first.</param>
    /// <inheritdoc cref="Load(string)" path="/exception"/>
    public static EmbeddingModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(ModelZip.Read(stream, StandaloneModel.Read));
    }

    /// <summary>Scores a row.</summary>
    /// <param name="row">
    /// The values by the names of their columns, compared as they are written and, where that is plain, ignoring case. Names that the model does not read are
    /// ignored; a column that is left out, or null, is missing. <see cref="RowColumn.Kind"/> says what a value may be: numbers of any type or their texts; for
    /// categories and texts whatever has a text; dates or their texts by ISO 8601; lists of such.
    /// </param>
    /// <returns>
    /// The score columns by name, in their order: PredictedLabel is the class itself, or an array of a set's members; Score and Probability are Single or, of
    /// several classes, a dictionary from the class's name to its Single.
    /// </returns>
    /// <exception cref="ArgumentException">A value cannot be that of its column, or the row has none of the model's columns.</exception>
    public IReadOnlyDictionary<string, object?> Predict(IReadOnlyDictionary<string, object?> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!_idle.TryTake(out var scorer)) scorer = new RowScorer(_model, _names);
        try
        {
            return scorer.Predict(row);
        }
        finally
        {
            _idle.Add(scorer);
        }
    }

    /// <summary>Scores a row that is written as a JSON object, or each of an array of such.</summary>
    /// <param name="json">The object, or the array of objects.</param>
    /// <returns>An object of the score columns; for an array, an array of such in the same order. A number that is none, or infinite, is null.</returns>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="ArgumentException">It is neither an object nor an array of objects; a value cannot be that of its column, or an object has none of the
    /// model's columns.</exception>
    public string PredictJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonRows.Predict(this, json);
    }

    bool IRowPredictor.Reads(string name) => _names.PlaceOf(name) is not null;

    OrderedDictionary<string, object?> IRowPredictor.Predict(IReadOnlyDictionary<string, object?> row) =>
        (OrderedDictionary<string, object?>)Predict(row);
}
