using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Reports of small models, each made once.</summary>
internal static class ReportSamples
{
    internal const string Script = "<script>window.hacked = 1; alert('no')</script>", Image = "\"'><img src=x onerror=alert(1)>";

    internal static readonly MLContext Context = new(seed: 1);

    private static readonly Lazy<TemporaryFolder> Folder = new(() => new TemporaryFolder());
    private static readonly Lazy<IDataView> AllReviews = new(() => Context.Data.Cache(Context.Data.LoadTable(Repository.Path("examples/data/reviews.csv"))));
    private static readonly Lazy<MultiEmbeddingTransformer> ReviewModel = new(() => Fit(Context.BinaryClassification.Trainers.MultiEmbedding, "Recommended"));
    private static readonly Dictionary<string, string> Files = [];

    internal static IDataView Train => Context.Data.TakeRows(AllReviews.Value, 300);

    internal static IDataView Test => Context.Data.TakeRows(Context.Data.SkipRows(AllReviews.Value, 300), 100);

    internal static MultiEmbeddingTransformer Model => ReviewModel.Value;

    internal static string Binary => File("binary", path => Model.SaveReport(Test, path, new() { WorstRows = 3, ImportanceRows = 40 }));

    internal static string Multiclass => File("multiclass", path =>
        Fit(Context.MulticlassClassification.Trainers.MultiEmbedding, "Department").SaveReport(Test, path, new() { WorstRows = 2, ImportanceRows = 40 }));

    internal static string Regression => File("regression", path =>
        Fit(Context.Regression.Trainers.MultiEmbedding, "Age").SaveReport(Test, path, new() { WorstRows = 2, ImportanceRows = 40 }));

    /// <summary>All that comes from the data tries to become part of the page.</summary>
    internal static string Hostile => File("hostile", path =>
    {
        string[] lines = [.. Enumerable.Range(0, 160).Select(i => Line(i % 2 == 0, i % 9 == 0))];
        string file = Path.Combine(Folder.Value.Path, "hostile.csv");
        System.IO.File.WriteAllLines(file, [$"Text,{Quoted(Image)},Label", .. lines]);
        var rows = Context.Data.LoadTable(file, new() { HasHeader = true });
        var model = Context.BinaryClassification.Trainers.MultiEmbedding(Options("Label", InputColumn.Text("Text"), InputColumn.Category(Image)) with
        {
            Labels = [LabelColumn.Binary("Label") with { PositiveLabel = "<b>yes</b>" }],
        }).Fit(rows);
        model.SaveReport(rows, path, new() { Title = $"Hostile {Script} {{{{main}}}}", ImportanceRows = 40 });
    });

    /// <summary>Makes a file that goes with the tests.</summary>
    internal static string File(string name, Action<string> save)
    {
        if (!Files.TryGetValue(name, out string? path))
        {
            path = Path.Combine(Folder.Value.Path, $"{name}.html");
            save(path);
            Files.Add(name, path);
        }
        return path;
    }

    internal static MultiEmbeddingOptions Options(string label, params InputColumn[] columns) =>
        new() { LabelColumnName = label, Columns = columns, Effort = TrainingEffort.Quick, MaxEpochs = 2, Seed = 1 };

    private static MultiEmbeddingTransformer Fit(Func<MultiEmbeddingOptions, IEstimator<MultiEmbeddingTransformer>> trainer, string label)
    {
        InputColumn[] columns = [InputColumn.Text("Title"), InputColumn.Text("Body"), InputColumn.Category("Department"), InputColumn.Number("Age")];
        return trainer(Options(label, [.. columns.Where(column => column.Name != label)])).Fit(Train);
    }

    private static string Line(bool good, bool flipped)
    {
        string text = $"{(good ? "good" : "bad")} {Script} said \"it\" & 'that'", category = good ? Image : "</td></table><b>bold</b>";
        return string.Join(',', Quoted(text), Quoted(category), Quoted(good != flipped ? "<b>yes</b>" : "\" onload='no'"));
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
