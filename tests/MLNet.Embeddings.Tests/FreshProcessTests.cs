using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
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

    private static readonly string Program = Repository.Program("tests/MLNet.Embeddings.FreshProcess");

    private readonly MLContext _mlContext = new(seed: 1);
    private string _folder = "";

    [TestInitialize]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("mlnet-embeddings-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Model_InAFreshProcess_ScoresTheSameWithoutTorch()
    {
        var (model, reviews) = FitAndSave();

        var run = ChildProcess.Run(Program, ModelPath, ReviewsPath);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        string[] expected = [.. Predict(model, reviews).Select(Describe)];
        CollectionAssert.AreEqual(expected, Lines(run, "engine "));
        CollectionAssert.AreEqual(expected, Lines(run, "transform "));
        double area = _mlContext.BinaryClassification.Evaluate(model.Transform(reviews), "Recommended").AreaUnderRocCurve;
        CollectionAssert.AreEqual(new[] { area.ToString("R", CultureInfo.InvariantCulture) }, Lines(run, "evaluated "));
        Assert.IsEmpty(Lines(run, "module "), "The scoring process has loaded torch: " + run.Output);
    }

    [TestMethod]
    public void Model_OfRawColumns_ScoresTheSameInAFreshProcess()
    {
        var (model, reviews) = FitAndSave(_mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = "Recommended",
            Columns = [InputColumn.Text("Title"), InputColumn.Text("Body"), InputColumn.Category("Department"), InputColumn.Number("Age")],
            Members = 2,
            MaxEpochs = 2,
            NumberOfThreads = 2,
            Seed = 3,
        }));

        var run = ChildProcess.Run(Program, ModelPath, ReviewsPath);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        string[] expected = [.. Predict(model, reviews).Select(Describe)];
        CollectionAssert.AreEqual(expected, Lines(run, "engine "));
        CollectionAssert.AreEqual(expected, Lines(run, "transform "));
        Assert.IsEmpty(Lines(run, "module "), "The scoring process has loaded torch: " + run.Output);
    }

    [TestMethod]
    public void Model_OfFeaturesBeforeATrainerOfMLNet_ScoresTheSameInAFreshProcess()
    {
        var (network, reviews) = FitAndSave();
        var label = _mlContext.Transforms.Conversion.ConvertType("Recommended", outputKind: DataKind.Boolean).Fit(reviews);
        var features = new TransformerChain<ITransformer>(label, network.Features("Row"));
        var linear = _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("Recommended", "Row").Fit(features.Transform(reviews));
        var model = new TransformerChain<ITransformer>(features, linear);
        _mlContext.Model.SaveAtomically(model, reviews.Schema, ModelPath);

        var run = ChildProcess.Run(Program, ModelPath, ReviewsPath);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        string[] expected = [.. Predict(model, reviews).Select(Describe)];
        CollectionAssert.AreEqual(expected, Lines(run, "engine "));
        CollectionAssert.AreEqual(expected, Lines(run, "transform "));
        Assert.IsEmpty(Lines(run, "module "), "The scoring process has loaded torch: " + run.Output);
    }

    [TestMethod]
    public void Model_InProcessesOfNarrowerVectors_ScoresTheSame()
    {
        var (model, reviews) = FitAndSave();
        var expected = Predict(model, reviews);

        foreach (var (instructions, mostBits) in ((string, int)[])[("EnableAVX512", 256), ("EnableAVX2", 128), ("EnableHWIntrinsic", 0)])
        {
            var run = ChildProcess.RunWithout(instructions, Program, ModelPath, ReviewsPath);

            Assert.AreEqual(0, run.ExitCode, run.Errors);
            Assert.IsLessThanOrEqualTo(mostBits, int.Parse(Lines(run, "vectors ").Single(), CultureInfo.InvariantCulture));
            AssertClose(expected, Lines(run, "engine "), instructions);
            AssertClose(expected, Lines(run, "transform "), instructions);
        }
    }

    [TestMethod]
    public void Fit_TextsCategoriesAndNumbersInAFreshProcess_TrainsWithoutTorch()
    {
        WriteReviews();

        var run = ChildProcess.Run(Program, "train", ReviewsPath);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.HasCount(Reviews.Length, Lines(run, "engine "));
        Assert.IsEmpty(Lines(run, "module "), "The training process has loaded torch: " + run.Output);
    }

    private string ModelPath => Path.Combine(_folder, "model.zip");

    private string ReviewsPath => Path.Combine(_folder, "reviews.tsv");

    private IDataView WriteReviews()
    {
        File.WriteAllText(ReviewsPath, Header + string.Join("\n", Reviews) + "\n");
        return _mlContext.Data.LoadFromTextFile<Review>(ReviewsPath, hasHeader: true);
    }

    private (ITransformer Model, IDataView Reviews) FitAndSave(IEstimator<ITransformer>? pipeline = null)
    {
        var reviews = WriteReviews();
        var rows = _mlContext.Data.CreateEnumerable<Review>(reviews, reuseRowObject: false);
        pipeline ??= CreatePipeline(_mlContext);
        var model = pipeline.Fit(_mlContext.Data.LoadFromEnumerable(Enumerable.Repeat(rows, 10).SelectMany(x => x)));
        _mlContext.Model.SaveAtomically(model, reviews.Schema, ModelPath);
        return (model, reviews);
    }

    private Prediction[] Predict(ITransformer model, IDataView reviews) =>
        [.. _mlContext.Data.CreateEnumerable<Prediction>(model.Transform(reviews), reuseRowObject: false)];

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
                HiddenUnits = [64],
                MaxEpochs = 5,
                Seed = 3,
            }));

    private static string[] Lines(ChildProcess run, string prefix) =>
        [.. run.Lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..])];

    private static string Describe(Prediction prediction) => string.Create(CultureInfo.InvariantCulture,
        $"{prediction.PredictedLabel} {prediction.Score:R} {prediction.Probability:R}");

    private static void AssertClose(Prediction[] expected, string[] lines, string what)
    {
        Assert.HasCount(expected.Length, lines);
        foreach (var (prediction, line) in expected.Zip(lines))
        {
            float[] numbers = [.. line.Split(' ')[1..].Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
            Assert.AreEqual(prediction.Score, numbers[0], 1e-5 * Math.Max(1, Math.Abs(prediction.Score)), what);
            Assert.AreEqual(prediction.Probability, numbers[1], 1e-5, what);
        }
    }
}
