using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>A model that was loaded from a file, and what it tells of itself.</summary>
internal sealed class ModelFile
{
    private readonly DataViewSchema? _schema;

    private ModelFile(string path, ITransformer model, DataViewSchema? schema) => (Path, Model, _schema) = (path, model, schema);

    internal string Path { get; }

    internal ITransformer Model { get; }

    /// <summary>The columns that the scores depend on.</summary>
    internal IReadOnlyList<string> Needed => [.. Model.RowColumns().Select(column => column.Name)];

    /// <summary>Loads a model.</summary>
    /// <exception cref="UserException">There is no such file, or it holds no model.</exception>
    internal static ModelFile Load(MLContext mlContext, string path)
    {
        if (!File.Exists(path)) throw new UserException($"There is no model '{path}'. Train one: mlnet-embeddings train data.csv --label NAME --out {path}");
        try
        {
            var model = mlContext.Model.Load(path, out var schema);
            return new ModelFile(path, model, schema);
        }
        catch (Exception error) when (error.GetBaseException() is FormatException or InvalidDataException or InvalidOperationException or ArgumentException)
        {
            throw new UserException($"'{path}' holds no model that can be loaded: {error.GetBaseException().Message}");
        }
    }

    /// <summary>Name of the label that the model learned.</summary>
    /// <exception cref="UserException">The model does not say, or the label has the name of a prediction.</exception>
    internal string Label(string? given)
    {
        string label = given ?? OwnLabel();
        ReservedNames.RequireOther(label);
        return label;
    }

    private string OwnLabel()
    {
        var settings = Steps<MultiEmbeddingTransformer>().LastOrDefault()?.Settings;
        string?[] labels = settings is null ? [] : settings.Labels.Count > 0 ? [.. settings.Labels.Select(label => label.Name)] : [settings.LabelColumnName];
        return labels.Length == 1 ? labels[0]!
            : throw new UserException($"'{Path}' does not say what its one label is; name it by --label.");
    }

    /// <summary>What the model predicts, by the columns that it makes.</summary>
    /// <exception cref="UserException">It makes no scores, or those of another task.</exception>
    internal static PredictionTask TaskOf(DataViewSchema scored) => Kind(scored) switch
    {
        "BinaryClassification" => PredictionTask.Binary,
        "MulticlassClassification" => PredictionTask.Multiclass,
        "Regression" => PredictionTask.Regression,
        var kind => throw new UserException($"The model predicts {kind ?? "nothing"}; this command is for classes and numbers."),
    };

    /// <summary>How a file is read with the types that the model was trained with.</summary>
    /// <param name="reading">How it is read else.</param>
    /// <param name="label">The label, if it is read too.</param>
    internal TableOptions Reading(TableOptions reading, string? label = null) => reading with { Schema = SchemaOf(Wanted(label)) };

    /// <summary>Opens rows with the types that the model was trained with.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="path">The file.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="label">The label, if it is read too.</param>
    /// <exception cref="UserException">Columns are missing.</exception>
    internal IDataView Open(MLContext mlContext, string path, TableOptions reading, string? label = null)
    {
        string[] wanted = Wanted(label);
        var view = mlContext.Data.LoadTable(path, Reading(reading, label));
        string[] missing = [.. wanted.Where(name => view.Schema.GetColumnOrNull(name) is null)];
        if (missing.Length == 0) return view;
        string[] given = [.. view.Schema.Select(column => column.Name)];
        string near = missing.Length == 1 ? Suggestion.For(missing[0], given) : "";
        throw new UserException($"{System.IO.Path.GetFileName(path)} has no column{(missing.Length == 1 ? "" : "s")} " +
            $"{string.Join(", ", missing.Select(name => $"'{name}'"))}, which the model {(missing.Contains(label) ? "is judged by" : "reads")}.{near}");
    }

    /// <summary>Opens the rows of a file that the model can be judged by.</summary>
    /// <exception cref="UserException">Columns are missing, or there is no such row.</exception>
    internal LabelledRows OpenLabelled(MLContext mlContext, string path, TableOptions reading, string label)
    {
        var view = Open(mlContext, path, reading, label);
        return LabelledRows.Of(view, label, ClassesOf(Model.Transform(view).Schema), path);
    }

    /// <summary>The classes that a model knows; null where it predicts a number, or does not say.</summary>
    private static HashSet<string>? ClassesOf(DataViewSchema scored)
    {
        if (scored.GetColumnOrNull("PredictedLabel") is not { } predicted) return null;
        string name = predicted.Type is KeyDataViewType ? "KeyValues" : "ClassValues";
        if (predicted.Annotations.Schema.GetColumnOrNull(name)?.Type is not VectorDataViewType type) return null;
        if (type.ItemType is TextDataViewType) return Texts<ReadOnlyMemory<char>>();
        if (type.ItemType.RawType == typeof(float)) return Texts<float>();
        return type.ItemType.RawType == typeof(double) ? Texts<double>() : null;

        HashSet<string> Texts<T>()
        {
            var values = default(VBuffer<T>);
            predicted.Annotations.GetValue(name, ref values);
            return [.. values.DenseValues().Select(value => FormattableString.Invariant($"{value}"))];
        }
    }

    /// <summary>The columns that hold what a model predicts, without those that say the same in another way.</summary>
    internal static IReadOnlyList<string> ScoresOf(DataViewSchema scored)
    {
        string[] scores =
        [
            .. from column in scored
               where !column.IsHidden && column.Annotations.Schema.GetColumnOrNull("ScoreColumnSetId") is not null
               select column.Name,
        ];
        // The logit of two classes says what the probability does.
        return [.. scores.Where(name => !(name.EndsWith("Score", StringComparison.Ordinal) && scores.Contains($"{name[..^5]}Probability")))];
    }

    private IEnumerable<TStep> Steps<TStep>() where TStep : class, ITransformer
    {
        try
        {
            return [Model.FindStep<TStep>()];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private string[] Wanted(string? label) => label is null ? [.. Needed] : [.. Needed, label];

    private DataViewSchema? SchemaOf(string[] names)
    {
        if (_schema is null) return null;
        var builder = new DataViewSchema.Builder();
        foreach (var column in _schema.Where(column => names.Contains(column.Name))) builder.AddColumn(column.Name, column.Type);
        return builder.ToSchema();
    }

    private static string? Kind(DataViewSchema scored)
    {
        if (scored.GetColumnOrNull("Score") is not { } score || score.Annotations.Schema.GetColumnOrNull("ScoreColumnKind") is null) return null;
        var kind = default(ReadOnlyMemory<char>);
        score.Annotations.GetValue("ScoreColumnKind", ref kind);
        return kind.ToString();
    }
}
