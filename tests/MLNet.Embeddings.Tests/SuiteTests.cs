using System.Globalization;

namespace MLNet.Embeddings.Tests;

/// <summary>The command of the benchmark program that judges the library's defaults over a suite of sets.</summary>
[TestClass]
public sealed class SuiteTests
{
    private const string Program = "tests/MLNet.Embeddings.Benchmarks";

    private static readonly string[] Sets =
    [
        "table|suite/table/table|bin|Bought||City|Age|auc|LightGbm|0.4|LightGbm=0.4",
        "text|suite/text/text|multi|Topic|Text|||micro|linear|0.8|linear=0.8",
        "labels|suite/labels/labels|multilabel|Topics|Text|||microF1|linear|0.8|linear=0.8",
    ];

    private string _folder = "";

    [TestInitialize]
    public void WriteSuite()
    {
        _folder = Directory.CreateTempSubdirectory("suite").FullName;
        foreach (string set in new[] { "table", "text" }) Directory.CreateDirectory(Path.Combine(_folder, "suite", set));
        File.WriteAllLines(Path.Combine(_folder, "suite", "sets.txt"), Sets);
        foreach (var (part, count) in new[] { ("train", 60), ("test", 20) })
        {
            var rows = Enumerable.Range(0, count);
            File.WriteAllLines(Path.Combine(_folder, "suite", "table", $"table-{part}.csv"), ["Age,City,Bought", .. rows.Select(TableRow)]);
            File.WriteAllLines(Path.Combine(_folder, "suite", "text", $"text-{part}.csv"), ["Topic,Text", .. rows.Select(TextRow)]);
        }
    }

    [TestCleanup]
    public void DeleteSuite() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Suite_OfTestFiles_ComparesWithTheBaselinesOfTheList()
    {
        var run = Run("--only", "table,text", "--effort", "quick");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        string[] table = Cells(run, "table"), text = Cells(run, "text"), all = Cells(run, "all");
        Assert.AreEqual(("auc", "0.4000"), (table[1], table[3]));
        Assert.AreEqual(("micro", "0.8000", ""), (text[1], text[3], text[4]));
        double[] ratios = [(1 - Number(table[2])) / 0.6, (1 - Number(text[2])) / 0.2];
        Assert.AreEqual(Math.Max(ratios[0], 0.001 / 0.6), Number(table[5]), 0.0006, "an error below 0.001 counts as 0.001");
        Assert.AreEqual(Math.Max(ratios[1], 0.001 / 0.2), Number(text[5]), 0.0006);
        Assert.AreEqual("2", all[1]);
        Assert.AreEqual(ratios.Count(ratio => ratio <= 1), (int)Number(all[2]));
        Assert.AreEqual((Number(table[5]) + Number(text[5])) / 2, Number(all[3]), 0.0011);
        Assert.HasCount(2, File.ReadAllLines(Baselines), "LightGBM of the table and the stronger one");
    }

    [TestMethod]
    public void Suite_Inside_TakesWhatIsKnownOfTheSameRows()
    {
        string[] known = ["LightGbm|auc|0.6|2", "LightGbm-strong|auc|0.85|9", "linear|auc|0.75|1", "onehot-linear|auc|0.65|1"];
        File.WriteAllLines(Baselines, known.Select(line => $"table|inside|48|{line}"));

        var run = Run("--inside", "--only", "table");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        string[] table = Cells(run, "table");
        Assert.AreEqual(("0.7500", "0.8500", "2.0"), (table[3], table[4], table[7]));
        Assert.HasCount(known.Length, File.ReadAllLines(Baselines));
    }

    [TestMethod]
    public void Suite_OfPeersInside_ComputesAllThatSuit()
    {
        var run = Run("--inside", "--peers", "--only", "table,text");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        string[] expected =
        [
            "table|inside|48|LightGbm|auc", "table|inside|48|LightGbm-strong|auc", "table|inside|48|linear|auc", "table|inside|48|onehot-linear|auc",
            "text|inside|48|LightGbm|micro", "text|inside|48|linear|micro", "text|inside|48|tfidf-linear|micro", "text|inside|48|tfidf-char|micro",
        ];
        string[][] computed = [.. File.ReadLines(Baselines).Select(line => line.Split('|'))];
        CollectionAssert.AreEqual(expected, computed.Select(fields => string.Join('|', fields[..5])).ToArray());
        foreach (string[] linear in computed.Where(fields => fields[3].Contains("linear", StringComparison.Ordinal)))
            Assert.AreEqual(1, Number(linear[5]), string.Join('|', linear));
    }

    [TestMethod]
    [DataRow("--effort slow", "Measures MLNet.Embeddings")]
    [DataRow("--seed 1", "Measures MLNet.Embeddings")]
    [DataRow("--only table,tables", "No set is named 'tables'. There are: table, text, labels.")]
    [DataRow("--data nowhere", "--data FOLDER")]
    public void Suite_OfWhatItCannotDo_SaysSo(string options, string sentence)
    {
        var run = Run(options.Split(' '));

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Errors, sentence);
    }

    private string Baselines => Path.Combine(_folder, "baselines.txt");

    private ChildProcess Run(params string[] options) =>
        ChildProcess.Run(Repository.Program(Program), ["suite", "--data", _folder, "--baselines", Baselines, .. options]);

    private static string[] Cells(ChildProcess run, string name)
    {
        string row = Assert.ContainsSingle(line => line.StartsWith($"| {name} |", StringComparison.Ordinal), run.Lines);
        return row.Trim('|').Split('|', StringSplitOptions.TrimEntries);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The city tells the label; the age is missing at times, and a city has a comma.</summary>
    private static string TableRow(int i) => $"{(i % 7 == 0 ? "" : i)},{(i % 2 == 0 ? "\"Paris, Texas\"" : "Oslo")},{(i % 2 == 0 ? "Yes" : "No")}";

    /// <summary>The first word tells the label; texts have quotes and commas.</summary>
    private static string TextRow(int i) => i % 3 == 0 ? $"sports,\"Match, \"\"the\"\" number {i}\"" : $"news,\"Today, number {i}\"";
}
