using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests.Tool;

/// <summary>Tests what train makes of tables of several formats, and of what is hard in them.</summary>
[TestClass]
public sealed class TableTrainingTests
{
    private static readonly string[] Quick = ["--effort", "quick", "--report", "none"];

    [TestMethod]
    public void Train_JsonLinesOfClasses_PredictsThem()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 240).Select(i => $$"""
            {"Size [cm]":{{i % 3 * 10 + i % 2}},"Probability":{{i % 7}},"Kind":{{(i % 40 == 39 ? "\"NA\"" : i % 40 == 38 ? "null" : $"\"{"abc"[i % 3]}\"")}}}
            """);
        string data = folder.Write("kinds.jsonl", string.Join('\n', rows)), model = Path.Combine(folder.Path, "model.zip"),
            once = Path.Combine(folder.Path, "once.csv"), twice = Path.Combine(folder.Path, "twice.csv");

        var train = ToolRun.Done(["train", data, "--label", "Kind", "--out", model, .. Quick]);
        ToolRun.Done("predict", model, data, "--out", once);
        var again = ToolRun.Done("predict", model, once, "--out", twice);

        Assert.Contains("Predicting which of 3 classes Kind is", train.Output);
        Assert.Contains("12 rows have no Kind ('NA' counts as none)", train.Output);
        Assert.Contains("Size [cm]", train.Output);
        Assert.Contains("Baseline: ML.NET's boosted trees", train.Output, "beside columns that are named as predictions");
        Assert.AreEqual("Size [cm],Probability,Kind,PredictedLabel,Score.a,Score.b,Score.c", File.ReadLines(once).First());
        Assert.AreEqual("Size [cm],Probability,Kind,PredictedLabel,Score.a,Score.b,Score.c", File.ReadLines(twice).First());
        Assert.Contains("'Score.a'", again.Output);
    }

    [TestMethod]
    public void Train_ParquetWithTest_JudgesByItsRows()
    {
        using var folder = new TemporaryFolder();
        // A label that is true or false, with gaps.
        var rows = Enumerable.Range(0, 200).Select(i => $"{i % 20},{(i % 10 == 9 ? "" : i % 20 < 10 ? "True" : "False")}");
        var mlContext = new MLContext();
        string data = Path.Combine(folder.Path, "flags.parquet"), model = Path.Combine(folder.Path, "model.zip");
        mlContext.Data.SaveTable(mlContext.Data.LoadTable(folder.Write("flags.csv", $"Number,Flag\n{string.Join('\n', rows)}")), data);
        string test = folder.Write("test.txt", "Flag:Number\nTrue:3\nTrue:4\nTrue:5\n");

        var train = ToolRun.Done(["train", data, "--label", "Flag", "--category", "Number", "--test", test, "--separator", ":", "--out", model, .. Quick]);

        Assert.Contains("20 rows have no Flag; they are left out.", train.Output);
        Assert.Contains("180 rows to train on, 3 of test.txt to judge by.", train.Output);
        Assert.Contains("All rows to judge by are 'True'", train.Output);
        Assert.DoesNotContain("Area under ROC", train.Output);
        Assert.Contains("Log loss", train.Output);
    }

    [TestMethod]
    public void Train_NumbersOfYearsAndDates_GivesTheBaselineThem()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{1990 + i % 30},{(i % 9 == 8 ? "" : $"{1 + i % 28}.{1 + i % 12}.{2000 + i % 8}")},some words,{(i % 30 + i % 8) * 1e-5:F6}"));
        string data = folder.Write("years.csv", $"Year,Day,Text,Rise\n{string.Join('\n', rows)}"), model = Path.Combine(folder.Path, "model.zip");

        string[] kinds = ["--text", "Text", "--number", "Year", "--date", "Day"];
        var train = ToolRun.Done(["train", data, "--label", "Rise", "--task", "regression", .. kinds, "--out", model, .. Quick]);

        string[][] words = [.. train.Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        string[] variance = words.Last(line => line is ["R²", ..]), error = words.Last(line => line is ["Mean", "absolute", ..]);
        Assert.IsGreaterThan(0.8, double.Parse(variance[2], CultureInfo.InvariantCulture), "years alone explain most");
        Assert.Contains("E-0", error[^1], "small numbers are not 0");
    }

    [TestMethod]
    public void Train_ClassOfTwoRows_HoldsOneOut()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 50).Select(i => $"{i % 5},{(i is 7 or 31 ? "rare" : "often")}");
        string data = folder.Write("rare.csv", $"A,B\n{string.Join('\n', rows)}"), model = Path.Combine(folder.Path, "model.zip");

        var train = ToolRun.Done(["train", data, "--label", "B", "--no-baseline", "--out", model, .. Quick]);

        // A fifth of 48, and one of 2.
        Assert.Contains("39 rows to train on; 11, a fifth, are held out", train.Output);
        Assert.Contains("Area under ROC curve", train.Output);
    }
}
