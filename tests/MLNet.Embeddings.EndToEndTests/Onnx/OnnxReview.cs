using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>A row with the columns of the page about ONNX, for models that are trained in no time.</summary>
internal sealed class OnnxReview
{
    private static readonly string[] Bodies =
    [
        "A lovely dress, it fits perfectly", "TOO BIG and too short 😀", "Très élégant, à la française", "", "Straße, naïve and don't…", "👍🏽 would buy again",
        "日本の服 is 12.5 % off", "one  two\tthree\nfour", "e\u0301le\u0301gant \uFB01t", "İstanbul ΟΔΥΣΣΕΥΣ",
    ];

    private static readonly string[] Departments = ["Dresses", "Tops", "Intimate", ""];

    public string Body { get; set; } = "";

    public string Department { get; set; } = "";

    public float Age { get; set; }

    public string Recommended { get; set; } = "";

    /// <summary>Texts of several scripts, in several forms, some empty; some categories and numbers are missing.</summary>
    internal static OnnxReview[] All { get; } = [.. Enumerable.Range(0, 60).Select(i => new OnnxReview
    {
        Body = Bodies[i % Bodies.Length],
        Department = Departments[i / 3 % Departments.Length],
        Age = i % 11 == 0 ? float.NaN : 20 + i,
        Recommended = i % 10 < 5 ? "yes" : "no",
    })];

    internal static IDataView View(MLContext context) => context.Data.LoadFromEnumerable(All);

    /// <summary>The probabilities and classes that a model gives to all of them.</summary>
    internal static (float Probability, string Class)[] Scores(ITransformer model) => [.. All.Select(review =>
    {
        var scores = model.Predict(new Dictionary<string, object?> { ["Body"] = review.Body, ["Department"] = review.Department, ["Age"] = review.Age });
        return ((float)scores["Probability"]!, (string)scores["PredictedLabel"]!);
    })];

    /// <summary>A model of raw columns, as that of the page.</summary>
    internal static MultiEmbeddingTransformer Train(MLContext context) => context.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
    {
        LabelColumnName = nameof(Recommended),
        Columns = [InputColumn.Text(nameof(Body)), InputColumn.Category(nameof(Department)), InputColumn.Number(nameof(Age))],
        HiddenUnits = [8],
        MaxEpochs = 5,
        LearningRate = 0.01,
    }).Fit(View(context));
}
