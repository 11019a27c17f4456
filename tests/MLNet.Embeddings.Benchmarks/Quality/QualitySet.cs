using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A data set, what is to be predicted of it, and by which columns.</summary>
/// <param name="Name">Name of the folder, and of the files' beginning.</param>
/// <param name="Extension">The files' extension; tabs stand between the fields of tsv files, else commas.</param>
/// <param name="Label">Name of what is to be predicted.</param>
/// <param name="LabelIndex">Its place, from 0.</param>
/// <param name="Task">Its kind.</param>
/// <param name="Metrics">What is measured.</param>
/// <param name="Columns">What it is predicted by.</param>
internal sealed record QualitySet(
    string Name, string Extension, string Label, int LabelIndex, QualityTask Task, QualityMetric[] Metrics, QualityColumn[] Columns)
{
    private static readonly QualityColumn[] ReviewTexts = [new("Title", 2, ColumnRole.Text), new("ReviewText", 3, ColumnRole.Text)];

    private static readonly QualityColumn[] ReviewColumns =
    [
        .. ReviewTexts, new("Division", 7, ColumnRole.Category), new("Department", 8, ColumnRole.Category), new("Class", 9, ColumnRole.Category),
        new("ClothingId", 0, ColumnRole.Category), new("Age", 1, ColumnRole.Number), new("PositiveFeedbackCount", 6, ColumnRole.Number),
    ];

    /// <summary>The sets of the report; see the README of the data for where they come from.</summary>
    internal static IReadOnlyList<QualitySet> All { get; } =
    [
        new("adult", "csv", "label", 14, new BinaryQuality(), [new("AUC", 0.926, true), new("accuracy", null, true)],
        [
            new("age", 0, ColumnRole.Number), new("workclass", 1, ColumnRole.Category), new("fnlwgt", 2, ColumnRole.Number),
            new("education", 3, ColumnRole.Category),
            new("education-num", 4, ColumnRole.Number), new("marital-status", 5, ColumnRole.Category), new("occupation", 6, ColumnRole.Category),
            new("relationship", 7, ColumnRole.Category), new("ethnicity", 8, ColumnRole.Category), new("sex", 9, ColumnRole.Category),
            new("capital-gain", 10, ColumnRole.Number), new("capital-loss", 11, ColumnRole.Number), new("hours-per-week", 12, ColumnRole.Number),
            new("native-country", 13, ColumnRole.Category),
        ]),
        new("taxi-fare", "csv", "fare_amount", 6, new RegressionQuality(RegressionLoss.Huber), [new("MAE", 0.50, false), new("RMSE", 5.5, false)],
        [
            new("vendor_id", 0, ColumnRole.Category), new("rate_code", 1, ColumnRole.Category), new("passenger_count", 2, ColumnRole.Number),
            new("trip_time_in_secs", 3, ColumnRole.Number), new("trip_distance", 4, ColumnRole.Number), new("payment_type", 5, ColumnRole.Category),
        ]),
        new("clothing-reviews", "csv", "Recommended", 5, new BinaryQuality(), [new("AUC", 0.962, true), new("accuracy", null, true)], ReviewColumns),
        new("clothing-reviews", "csv", "Recommended", 5, new BinaryQuality(), [new("AUC", 0.962, true), new("accuracy", null, true)], ReviewColumns)
        {
            Beside = ("Rating", 4),
        },
        new("clothing-reviews", "csv", "Rating", 4, new RegressionQuality(RegressionLoss.Squared),
            [new("RMSE", 0.67, false), new("MAE", null, false)], ReviewColumns),
        new("clothing-reviews", "csv", "Department", 8, new MulticlassQuality(), [new("accuracy", 0.86, true), new("macro accuracy", null, true)], ReviewTexts),
        new("github-issues", "tsv", "Area", 1, new MulticlassQuality(), [new("accuracy", 0.75, true), new("macro accuracy", null, true)],
            [new("Title", 2, ColumnRole.Text), new("Description", 3, ColumnRole.Text)]),
    ];

    /// <summary>A number, and its place, that ours learns beside the label by one network of two outputs; null for none. Not an input.</summary>
    internal (string Name, int Index)? Beside { get; init; }

    /// <summary>What a row of the report is called.</summary>
    internal string Title => Beside is var (name, _) ? $"{Name}, {Label} ({name} learned beside it)" : $"{Name}, {Label}";

    internal string[] Categories => NamesOf(ColumnRole.Category);

    internal string[] Numbers => NamesOf(ColumnRole.Number);

    internal string[] Texts => NamesOf(ColumnRole.Text);

    internal bool HasTexts => Texts.Length > 0;

    internal bool HasTable => Texts.Length < Columns.Length;

    /// <summary>The rows to train on and those to judge by: of the test file, or, to choose settings by, a fifth of the training file.</summary>
    internal (IDataView Training, IDataView Test) Load(MLContext context, string folder, bool validates)
    {
        var training = Load(context, folder, "train");
        if (!validates) return (training, Load(context, folder, "test"));
        var split = context.Data.TrainTestSplit(training, testFraction: 0.2, seed: 1);
        return (split.TrainSet, split.TestSet);
    }

    private IDataView Load(MLContext context, string folder, string part)
    {
        var kinds = Columns.Select(column =>
            new TextLoader.Column(column.Name, column.Role == ColumnRole.Number ? DataKind.Single : DataKind.String, column.Index));
        var options = new TextLoader.Options
        {
            Columns =
            [
                .. kinds, new TextLoader.Column(QualityTask.Label, Task.LabelKind, LabelIndex),
                .. Beside is var (name, index) ? [new TextLoader.Column(name, DataKind.Single, index)] : Array.Empty<TextLoader.Column>(),
            ],
            Separators = [Extension == "tsv" ? '\t' : ','],
            HasHeader = true,
            AllowQuoting = true,
            MissingRealsAsNaNs = true,
        };
        return context.Data.Cache(context.Data.CreateTextLoader(options).Load(Path.Combine(folder, Name, $"{Name}-{part}.{Extension}")));
    }

    private string[] NamesOf(ColumnRole role) => [.. Columns.Where(column => column.Role == role).Select(column => column.Name)];
}
