using System.Globalization;
using Microsoft.ML;
using MLNet.Embeddings.FreshProcess;

namespace MLNet.Embeddings.Tests;

/// <summary>A whole pipeline, our transforms and ML.NET's mixed, is loaded and served by a process that only references the library.</summary>
[TestClass]
public sealed class FreshProcessTests
{
    private const string Header = "Title\tBody\tDepartment\tAge\tRecommended\n";

    private static readonly string[] Reviews =
    [
        "Love it\tFits well and looks great.\tDresses\t34\ttrue",
        "Poor quality\tThe seams came apart, sent it back.\tTops\t51\tfalse",
        "\tGreat colour, great fit\tDresses\t28\ttrue",
        "Too small\t\tTops\t45\tfalse",
        "\t\t\t\ttrue",
        "Words unseen\tZebra quagga okapi\tUnheard of\t300\tfalse",
    ];

    private string _folder = "";

    [TestInitialize]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("mlnet-embeddings-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Model_InAFreshProcess_ScoresTheSameWithoutTorch()
    {
        string modelPath = Path.Combine(_folder, "model.zip"), reviewsPath = Path.Combine(_folder, "reviews.tsv");
        File.WriteAllText(reviewsPath, Header + string.Join("\n", Reviews) + "\n");
        var mlContext = new MLContext(seed: 1);
        var reviews = mlContext.Data.LoadFromTextFile<Review>(reviewsPath, hasHeader: true);
        var training = mlContext.Data.LoadFromEnumerable(Enumerable.Repeat(mlContext.Data.CreateEnumerable<Review>(reviews, reuseRowObject: false), 10).SelectMany(x => x));
        var model = CreatePipeline(mlContext).Fit(training);
        mlContext.Model.SaveAtomically(model, reviews.Schema, modelPath);

        var run = ChildProcess.Run(Repository.Program("tests/MLNet.Embeddings.FreshProcess"), modelPath, reviewsPath);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        string[] expected = [.. mlContext.Data.CreateEnumerable<Prediction>(model.Transform(reviews), reuseRowObject: false).Select(Describe)];
        CollectionAssert.AreEqual(expected, Lines(run, "engine "));
        CollectionAssert.AreEqual(expected, Lines(run, "transform "));
        double area = mlContext.BinaryClassification.Evaluate(model.Transform(reviews), "Recommended").AreaUnderRocCurve;
        CollectionAssert.AreEqual(new[] { area.ToString("R", CultureInfo.InvariantCulture) }, Lines(run, "evaluated "));
        Assert.IsEmpty(Lines(run, "module "), "The scoring process has loaded torch: " + run.Output);
    }

    [TestMethod]
    public void Fit_CategoriesAndNumbersInAFreshProcess_TrainsWithoutTorch()
    {
        string reviewsPath = Path.Combine(_folder, "reviews.tsv");
        File.WriteAllText(reviewsPath, Header + string.Join("\n", Reviews) + "\n");

        var run = ChildProcess.Run(Repository.Program("tests/MLNet.Embeddings.FreshProcess"), "train", reviewsPath);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.HasCount(Reviews.Length, Lines(run, "engine "));
        Assert.IsEmpty(Lines(run, "module "), "The training process has loaded torch: " + run.Output);
    }

    private static IEstimator<ITransformer> CreatePipeline(MLContext mlContext) =>
        mlContext.Transforms.Text.IndexTokens("TitleKeys", "Title")
            .Append(mlContext.Transforms.Text.FeaturizeText("BodyFeatures", "Body"))
            .Append(mlContext.Transforms.Text.IndexTokens("BodyKeys", "Body"))
            .Append(mlContext.Transforms.Categorical.IndexCategories("DepartmentKey", "Department"))
            .Append(mlContext.Transforms.Categorical.OneHotEncoding("DepartmentVector", "Department"))
            .Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                LabelColumnName = "Recommended",
                Columns =
                [
                    InputColumn.Sequence("TitleKeys", dimensions: 8, encoder: SequenceEncoder.Mean()),
                    InputColumn.Sequence("BodyKeys", dimensions: 8, encoder: SequenceEncoder.Gru(8)),
                    InputColumn.Category("DepartmentKey"),
                    InputColumn.Number("DepartmentVector"),
                    InputColumn.Number("BodyFeatures"),
                    InputColumn.Number("Age"),
                ],
                MaxEpochs = 5,
                Seed = 3,
            }));

    private static string[] Lines(ChildProcess run, string prefix) =>
        [.. run.Lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..])];

    private static string Describe(Prediction prediction) => string.Create(CultureInfo.InvariantCulture,
        $"{prediction.PredictedLabel} {prediction.Score:R} {prediction.Probability:R}");
}
