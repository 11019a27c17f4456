using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What reports say of models of all tasks, and what they refuse.</summary>
[TestClass]
public sealed class ReportTests
{
    private static readonly MLContext Context = ReportSamples.Context;

    [TestMethod]
    public void SaveReport_Binary_HasAllSections()
    {
        var page = new ReportPage(ReportSamples.Binary);

        CollectionAssert.AreEqual(new[] { "Confusion matrix", "ROC curve", "Calibration" }, page.Pictures("predictions"));
        CollectionAssert.AreEqual(new[] { "Loss by epoch" }, page.Pictures("curve"));
        CollectionAssert.AreEqual(new[] { "Column importance" }, page.Pictures("importance"));
        CollectionAssert.AreEqual(
            new[] { "Map of the terms of Body", "Map of the terms of Title", "Map of the terms of Department" }, page.Pictures("maps"));
        Assert.HasCount(3, page.Section("worst").Descendants("li"));
        Assert.Contains("text Title, Body; category Department; number Age", page.Section("summary").Value);
        Assert.AreEqual("Age", page.Row("data", "Age")[0]);
        foreach (string id in new[] { "metrics", "predictions", "curve", "importance", "maps", "worst", "data" }) Assert.IsNull(page.WhyNone(id), id);
    }

    [TestMethod]
    public void SaveReport_NoBaseline_ComparesWithTheMostFrequentClass()
    {
        var rows = Context.Data.CreateEnumerable<Recommendation>(ReportSamples.Test, reuseRowObject: false).ToArray();
        double share = rows.Count(row => row.Recommended == "yes") / (double)rows.Length;

        string[] accuracy = new ReportPage(ReportSamples.Binary).Row("metrics", "Accuracy");

        var metrics = Context.BinaryClassification.Evaluate(ReportSamples.Model.Transform(ReportSamples.Test), "Recommended");
        Assert.AreEqual(metrics.Accuracy, Number(accuracy[1]), 5e-5);
        Assert.AreEqual(share, Number(accuracy[2]), 5e-5);
    }

    [TestMethod]
    public void SaveReport_Regression_ComparesWithTheMean()
    {
        double[] ages =
        [
            .. Context.Data.CreateEnumerable<Recommendation>(ReportSamples.Test, reuseRowObject: false).Select(row => (double)row.Age).Where(double.IsFinite),
        ];
        double mean = ages.Average();

        var page = new ReportPage(ReportSamples.Regression);

        Assert.AreEqual(ages.Average(age => Math.Abs(age - mean)), Number(page.Row("metrics", "Mean absolute error")[2]), 5e-3);
        Assert.AreEqual("0", page.Row("metrics", "R²")[2]);
        CollectionAssert.AreEqual(new[] { "Predicted against true values", "Residuals" }, page.Pictures("predictions"));
        Assert.HasCount(2, page.Section("worst").Descendants("li"));
    }

    [TestMethod]
    public void SaveReport_Multiclass_DrawsTheConfusionOfItsClasses()
    {
        var page = new ReportPage(ReportSamples.Multiclass);

        CollectionAssert.AreEqual(new[] { "Confusion matrix" }, page.Pictures("predictions"));
        Assert.Contains("Tops", string.Concat(page.Section("predictions").Descendants("text").Select(text => text.Value)));
        Assert.Contains("Department: one of 6 classes", page.Section("summary").Value);
    }

    [TestMethod]
    public void SaveReport_ModelOfMlNetWithABaseline_SaysWhatItCannotShow()
    {
        var label = Context.Transforms.Conversion.MapValue("Answer", [new KeyValuePair<string, bool>("yes", true), new("no", false)], "Recommended");
        IEstimator<ITransformer> Trained(string text) => label.Append(Context.Transforms.Text.FeaturizeText("Features", text))
            .Append(Context.BinaryClassification.Trainers.SdcaLogisticRegression("Answer", maximumNumberOfIterations: 5));
        var (model, baseline) = (Trained("Body").Fit(ReportSamples.Train), Trained("Title").Fit(ReportSamples.Train));
        var page = new ReportPage(ReportSamples.File("mlnet", path => model.SaveReport(ReportSamples.Test, path, new()
        {
            LabelColumnName = "Answer",
            Baseline = baseline,
            BaselineName = "Titles",
            WorstRows = 2,
            ImportanceRows = 20,
        })));

        Assert.HasCount(3, page.Pictures("predictions"));
        Assert.AreEqual(Context.BinaryClassification.Evaluate(baseline.Transform(ReportSamples.Test), "Answer").AreaUnderRocCurve,
            Number(page.Row("metrics", "Area under the ROC curve")[2]), 5e-5);
        Assert.Contains("Titles", page.Row("metrics", "Metric"));
        foreach (string id in new[] { "curve", "maps", "data" }) Assert.IsNotNull(page.WhyNone(id), id);
        Assert.IsNull(page.WhyNone("importance"));
        Assert.HasCount(2, page.Section("worst").Descendants("li"));
    }

    [TestMethod]
    public void SaveReport_SetOfLabels_MeasuresAndExplains()
    {
        var rows = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 80).Select(i => new Tagged($"word{i % 4} other", i % 4 < 2 ? ["a", "b"] : ["c"])));
        var model = Context.MultiOutput().Trainers.MultiEmbedding(ReportSamples.Options("", InputColumn.Text("Text")) with
        {
            LabelColumnName = new MultiEmbeddingOptions().LabelColumnName,
            Labels = [LabelColumn.Set("Tags")],
        }).Fit(rows);

        var page = new ReportPage(ReportSamples.File("set", path => model.SaveReport(rows, path)));

        Assert.IsTrue(Number(page.Row("metrics", "Micro F1")[1]) is >= 0 and <= 1);
        Assert.IsNotNull(page.WhyNone("predictions"));
        Assert.HasCount(1, page.Pictures("maps"));
    }

    [TestMethod]
    public void SaveReport_OneOfSeveralLabels_IsOnThatLabel()
    {
        var model = Context.MultiOutput().Trainers.MultiEmbedding(new()
        {
            Labels = [LabelColumn.Binary("Recommended"), LabelColumn.Regression("Age")],
            Columns = [InputColumn.Text("Title"), InputColumn.Category("Department")],
            Effort = TrainingEffort.Quick,
            MaxEpochs = 1,
        }).Fit(ReportSamples.Train);

        var page = new ReportPage(ReportSamples.File("labels", path =>
            model.SaveReport(ReportSamples.Test, path, new() { LabelColumnName = "Age", WorstRows = 1, ImportanceRows = 20 })));

        Assert.Contains("Age: a number", page.Section("summary").Value);
        Assert.AreEqual("0", page.Row("metrics", "R²")[2]);
        Assert.HasCount(2, page.Pictures("predictions"));
        foreach (string id in new[] { "metrics", "importance", "worst", "data" }) Assert.IsNull(page.WhyNone(id), id);
    }

    [TestMethod]
    public void SaveReport_EncoderDecoder_MeasuresSequences()
    {
        var rows = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Pair($"{i % 5} {i % 3}", $"{i % 3} {i % 5}")));
        var model = Context.Transforms.Text.SequenceToSequence("Output", "Source", "Target", new() { Units = 8, MaxEpochs = 1, Seed = 1 }).Fit(rows);

        var page = new ReportPage(ReportSamples.File("sequence", path => model.SaveReport(rows, path)));

        Assert.IsTrue(Number(page.Row("metrics", "Exact match")[1]) is >= 0 and <= 1);
        Assert.HasCount(1, page.Pictures("curve"));
        foreach (string id in new[] { "predictions", "importance", "worst", "data" }) Assert.IsNotNull(page.WhyNone(id), id);
        Assert.IsNotEmpty(page.Pictures("maps"));
    }

    [TestMethod]
    public void SaveReport_Progress_RisesToTheEnd()
    {
        var told = new Told();
        ReportSamples.File("progress", path =>
            ReportSamples.Model.SaveReport(ReportSamples.Test, path, new() { Progress = told, WorstRows = 0, ImportanceRows = 20 }));

        CollectionAssert.AreEqual(told.Shares.Order().ToArray(), told.Shares.ToArray());
        Assert.AreEqual(1, told.Shares[^1], 1e-9);
    }

    [TestMethod]
    [DataRow("report.pdf", "does not end as a page does")]
    [DataRow("report", "does not end as a page does")]
    public void SaveReport_OtherExtension_IsRefused(string name, string message) =>
        AssertRefused<ArgumentException>(message, folder => ReportSamples.Model.SaveReport(ReportSamples.Test, Path.Combine(folder, name)));

    [TestMethod]
    public void SaveReport_NoLabel_NamesTheColumnsThatThereAre() => AssertRefused<ArgumentException>(
        "no label column 'Recommended'; they have 'Title', 'Body', 'Department', 'Class', 'Age', 'Written'",
        folder => ReportSamples.Model.SaveReport(
            Context.Transforms.DropColumns("Recommended").Fit(ReportSamples.Test).Transform(ReportSamples.Test), Path.Combine(folder, "report.html")));

    [TestMethod]
    public void SaveReport_NoRows_IsRefused() => AssertRefused<ArgumentException>(
        "The test data have no rows",
        folder => ReportSamples.Model.SaveReport(Context.Data.SkipRows(ReportSamples.Test, 1000), Path.Combine(folder, "report.html")));

    [TestMethod]
    public void SaveReport_OptionsOutOfRange_NamesAll() => AssertRefused<ArgumentException>(
        "ImportanceRows is 0", folder => ReportSamples.Model.SaveReport(
            ReportSamples.Test, Path.Combine(folder, "report.html"), new() { WorstRows = -1, ImportanceRows = 0 }));

    [TestMethod]
    public void SaveReport_NoSuchFolder_IsAnIoError() => AssertRefused<DirectoryNotFoundException>(
        "", folder => ReportSamples.Model.SaveReport(ReportSamples.Test, Path.Combine(folder, "no", "report.html"), new() { WorstRows = 0 }));

    [TestMethod]
    public void SaveReport_Cancelled_LeavesTheOldFile()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("report.html", "old");
        using var cancellation = new CancellationTokenSource();
        var progress = new Told { On = told => { if (told.Share > 0.4) cancellation.Cancel(); } };

        Assert.ThrowsExactly<OperationCanceledException>(() =>
            ReportSamples.Model.SaveReport(ReportSamples.Test, path, new()
            {
                Progress = progress,
                CancellationToken = cancellation.Token,
            }));

        CollectionAssert.AreEqual(new[] { path }, folder.Files);
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    private static void AssertRefused<TError>(string message, Action<string> save) where TError : Exception
    {
        using var folder = new TemporaryFolder();
        var error = Assert.ThrowsExactly<TError>(() => save(folder.Path));
        Assert.Contains(message, error.Message);
        Assert.IsEmpty(folder.Files);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Keeps what it is told, in the order of the calls.</summary>
    private sealed class Told : IProgress<ReportProgress>
    {
        internal Action<ReportProgress> On { get; init; } = _ => { };

        internal List<double> Shares { get; } = [];

        public void Report(ReportProgress value)
        {
            Shares.Add(value.Share);
            On(value);
        }
    }

    private sealed class Recommendation
    {
        public string Recommended { get; set; } = "";
        public float Age { get; set; }
    }

    private sealed record Tagged(string Text, string[] Tags);

    private sealed record Pair(string Source, string Target);
}
