using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests.Tool;

/// <summary>Tests the commands over one model, which train makes of the repository's reviews.</summary>
[TestClass]
public sealed class TrainedModelTests
{
    private static TemporaryFolder _folder = null!;
    private static ChildProcess _train = null!;

    [ClassInitialize]
    public static void Train(TestContext context)
    {
        _folder = new TemporaryFolder();
        _train = ToolRun.Done(
            "train", ToolRun.Reviews, "--label", "Recommended", "--text", "Title,Body", "--effort", "quick", "--out", Model, "--report", "none");
    }

    [ClassCleanup]
    public static void Clean() => _folder.Dispose();

    private static string Model => Beside("model.zip");

    [TestMethod]
    public void Train_Reviews_TellsWhatItDecidedAndReached()
    {
        foreach (string part in new[]
        {
            "1,100 rows, 7 columns; separated by commas, with a header", "text, as told", "date", "Predicting whether Recommended is 'yes' (78.5 % of rows).",
            "880 rows to train on; 220, a fifth, are held out", "Baseline: ML.NET's linear model", "Next: mlnet-embeddings predict",
        })
            Assert.Contains(part, _train.Output);
        Assert.DoesNotContain("\u001b", _train.Output, "a pipe gets no control characters");
        string auc = _train.Lines.First(line => line.StartsWith("Area under ROC", StringComparison.Ordinal)).Split(' ').First(word => word.Contains('.'));
        Assert.IsGreaterThan(0.85, double.Parse(auc, CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void Predict_File_KeepsItsColumnsAndAddsPredictions()
    {
        var run = ToolRun.Done("predict", Model, ToolRun.Reviews, "--out", Beside("scored.csv"));

        string[] before = File.ReadAllLines(ToolRun.Reviews), after = File.ReadAllLines(Beside("scored.csv"));
        Assert.AreEqual(before[0] + ",PredictedLabel,Probability", after[0]);
        Assert.HasCount(before.Length, after);
        var scored = new MLContext().Data.LoadTable(Beside("scored.csv"));
        string[] predicted = Tables.TableFile.Texts(scored, "PredictedLabel"), label = Tables.TableFile.Texts(scored, "Recommended");
        CollectionAssert.AreEquivalent(predicted.Distinct().ToArray(), new[] { "yes", "no" });
        Assert.IsGreaterThan(0.85, predicted.Zip(label).Average(row => row.First == row.Second ? 1.0 : 0));
        CollectionAssert.AreEqual(Tables.TableFile.Texts(new MLContext().Data.LoadTable(ToolRun.Reviews), "Body"), Tables.TableFile.Texts(scored, "Body"));
        Assert.Contains("1,100 rows scored", run.Output);
    }

    [TestMethod]
    public void Predict_ColumnsInAnotherOrderWithoutLabel_GivesTheSame()
    {
        string few = _folder.Write("few.csv", "Id;Written;Age;Class;Body;Title;Department\n007;2025-05-25;35,5;Knits;Love it, a lot;Love it;Tops\n008;;;;;;\n");

        ToolRun.Done("predict", Model, few, "--out", Beside("few.jsonl"));
        var standard = ToolRun.Done("predict", Model, few);

        Assert.Contains("\"Age\":35.5", File.ReadAllText(Beside("few.jsonl")), "a decimal comma");
        string[] lines = standard.Lines;
        Assert.StartsWith("Id,Written,Age,Class,Body,Title,Department,PredictedLabel,Probability", lines[0]);
        Assert.StartsWith("007,2025-05-25,\"35,5\",Knits,\"Love it, a lot\",Love it,Tops,yes,", lines[1], "fields stand as they did");
        Assert.Contains("The model does not read 'Id'.", standard.Errors, "data alone goes to standard output");
    }

    [TestMethod]
    [DataRow("-")]
    [DataRow("/dev/stdin")]
    public void Predict_Pipe_IsScored(string data)
    {
        if (OperatingSystem.IsWindows() && data != "-") Assert.Inconclusive("There is no such file here.");
        const string rows = "Title,Body,Department,Class,Age,Written\nLove it,so soft,Tops,Knits,30,2025-05-25\nAwful,it tore,Tops,Knits,30,2025-05-25\n";

        string[] lines = ToolRun.Piped(rows, "predict", Model, data).Split('\n');

        Assert.AreEqual("Title,Body,Department,Class,Age,Written,PredictedLabel,Probability", lines[0]);
        Assert.StartsWith("Love it,so soft,Tops,Knits,30,2025-05-25,yes,", lines[1]);
        Assert.StartsWith("Awful,it tore,", lines[2]);
    }

    [TestMethod]
    public void Predict_JsonLines_KeepsValuesOfTheirTypes()
    {
        const string row = "{\"Id\":16777217,\"Vip\":true,\"Note\":\"NA\",\"Title\":\"a\",\"Body\":\"b\",\"Department\":\"c\",\"Class\":\"d\",\"Age\":1," +
            "\"Written\":\"2025-05-25\"";
        string rows = _folder.Write("typed.jsonl", row + "}\n");

        ToolRun.Done("predict", Model, rows, "--out", Beside("typed-scored.jsonl"));
        ToolRun.Done("predict", Model, rows, "--out", Beside("typed.parquet"));

        Assert.StartsWith(row + ",\"PredictedLabel\":", File.ReadAllText(Beside("typed-scored.jsonl")));
        var scored = new MLContext().Data.LoadTable(Beside("typed.parquet"));
        CollectionAssert.AreEqual(new[] { true }, scored.GetColumn<bool>("Vip").ToArray());
        CollectionAssert.AreEqual(new[] { 16777217.0 }, scored.GetColumn<double>("Id").ToArray());
        Assert.IsNotNull(scored.Schema.GetColumnOrNull("Probability"));
    }

    [TestMethod]
    public void Predict_QuotesThatStandForThemselves_AreReadAsTold()
    {
        const string names = "Title\tBody\tDepartment\tClass\tAge\tWritten\n";
        string rows = _folder.Write("quotes.tsv", $"{names}\"Great\tb\tc\td\t1\t2025-05-25\n\"Good\tb\tc\td\t1\t2025-05-25\n");

        string[] lines = ToolRun.Done("predict", Model, rows, "--quotes", "no").Lines;

        Assert.HasCount(3, lines);
        Assert.StartsWith("\"\"\"Great\",b", lines[1]);
    }

    [TestMethod]
    public void Train_Interrupted_WritesTheBestModelSoFar()
    {
        // So many rows that training goes on for long after the line that it is interrupted at.
        string[] lines = File.ReadAllLines(ToolRun.Reviews);
        string many = _folder.Write("many.csv", string.Join('\n', [lines[0], .. Enumerable.Range(0, 12).SelectMany(_ => lines[1..])]));
        var (code, output, errors) = ToolRun.Interrupted("Epoch  2", "train", many, "--label", "Recommended", "--text", "Title,Body",
            "--no-baseline", "--report", "none", "--out", Beside("cancelled.zip"));

        Assert.AreEqual(130, code, output + errors);
        Assert.Contains("Stopping", errors);
        Assert.Contains("the best model so far is written", output);
        Assert.Contains("Area under ROC curve", output);
        Assert.IsNotNull(new MLContext().Model.Load(Beside("cancelled.zip"), out _));
    }

    [TestMethod]
    public void Predict_MissingColumn_NamesIt()
    {
        string few = _folder.Write("less.csv", "Title,Body,Departmnt,Class,Age,Written\na,b,c,d,1,2025-05-25\n");

        ToolRun.Refused("less.csv has no column 'Department', which the model reads. Did you mean 'Departmnt'?", "predict", Model, few);
    }

    [TestMethod]
    public void Predict_ValueOfAnotherType_NamesLineAndColumn()
    {
        string few = _folder.Write("bad.csv", "Title,Body,Department,Class,Age,Written\na,b,c,d,1,2025-05-25\na,b,c,d,old,2025-05-25\n");

        ToolRun.Refused("bad.csv, line 3, column 'Age': 'old' is not a number.", "predict", Model, few, "--out", Beside("bad-scored.csv"));
        Assert.IsFalse(File.Exists(Beside("bad-scored.csv")));
    }

    [TestMethod]
    public void Evaluate_Reviews_PrintsMeasuresOnly()
    {
        var run = ToolRun.Done("evaluate", Model, ToolRun.Reviews, "--quiet");

        Assert.HasCount(5, run.Lines);
        Assert.StartsWith("Area under ROC curve", run.Lines[1]);
    }

    [TestMethod]
    public void Evaluate_RowsOfOneClass_LeavesTheRankingOut()
    {
        const string names = "Title,Body,Department,Class,Age,Written,Recommended\n", row = "a,b,Tops,Knits,30,2025-05-25,yes\n";
        string rows = _folder.Write("yes.csv", names + row + row);

        var run = ToolRun.Done("evaluate", Model, rows);

        Assert.Contains("All of them are 'yes'", run.Output);
        Assert.Contains("Log loss", run.Output);
        Assert.DoesNotContain("Area under ROC", run.Output);
        ToolRun.Refused("'Recommended' is 'yes' in all rows of yes.csv; a report needs rows of other classes too.", "report", Model, rows);
    }

    [TestMethod]
    public void Evaluate_RowsWithoutLabel_AreCounted()
    {
        string[] lines = [.. File.ReadLines(ToolRun.Reviews).Take(40), .. new[] { "", "NA", "maybe" }.Select(label => $"a,b,Tops,Knits,30,2025-05-25,{label}")];
        string rows = _folder.Write("rows.csv", string.Join('\n', lines));

        Assert.Contains("3 others are left out", ToolRun.Done("evaluate", Model, rows).Output);
    }

    [TestMethod]
    public void Explain_Rows_ShowsColumnsAndWords()
    {
        var run = ToolRun.Done("explain", Model, ToolRun.Reviews, "--rows", "2", "--skip", "3");

        Assert.Contains("Row 4", run.Output);
        Assert.Contains("Row 5", run.Output);
        Assert.DoesNotContain("Row 6", run.Output);
        Assert.Contains("█", run.Output);
        Assert.Contains("perfect +", run.Output, "the words of 'Perfect fit'");
    }

    [TestMethod]
    public void Vectors_OfAColumn_AreShownAndWritten()
    {
        Assert.Contains("Similarity", ToolRun.Done("vectors", Model, "--column", "Department", "--nearest", "Tops").Output);
        foreach (string name in new[] { "words.vec", "words.parquet", "words.svg" })
        {
            ToolRun.Done("vectors", Model, "--column", "Body", "--out", Beside(name), "--quiet");
            Assert.IsGreaterThan(1000, new FileInfo(Beside(name)).Length, name);
        }
        ToolRun.Refused("'Department' has no vector of 'Topps'. Did you mean 'Tops'?", "vectors", Model, "--column", "Department", "--nearest", "Topps");
        ToolRun.Refused("The model has no column 'Departments'. Did you mean 'Department'?", "vectors", Model, "--column", "Departments");
    }

    [TestMethod]
    public void Report_OfTheModel_IsAPage()
    {
        string rows = _folder.Write("report-rows.csv", string.Join('\n', File.ReadLines(ToolRun.Reviews).Take(120)));

        ToolRun.Done("report", Model, rows, "--out", Beside("report.html"), "--title", "Reviews");

        Assert.Contains("<h1", File.ReadAllText(Beside("report.html")));
        Assert.Contains("Reviews", File.ReadAllText(Beside("report.html")));
    }

    private static string Beside(string name) => Path.Combine(_folder.Path, name);
}
