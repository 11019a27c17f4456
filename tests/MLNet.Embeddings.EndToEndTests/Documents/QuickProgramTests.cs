namespace MLNet.Embeddings.Tests;

/// <summary>The programs of a single file in examples/quick: short, and what they print is what they are for.</summary>
[TestClass]
public sealed class QuickProgramTests
{
    private static readonly string Folder = Repository.Path("examples/quick");

    private static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order();

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Program_IsShort(string name) => Assert.IsLessThanOrEqualTo(40, File.ReadAllLines(Path.Combine(Folder, name)).Length);

    [TestMethod]
    [DataRow("table.cs", @"^R² 0[.,]9")]
    [DataRow("text.cs", @"^AUC 0[.,]9(.|\n)*Recommended = (.|\n)*Body")]
    [DataRow("frame.cs", @"A lovely dress: Dresses, a dress with \d+ ?%")]
    [DataRow("sequence.cs", @"^(9\d|100) ?% of the numbers(.|\n)*742")]
    [DataRow("vectors.cs", @"Oslo +(Reykjavik|Helsinki|Tromsø)")]
    public void Program_PrintsWhatItIsFor(string name, string expected)
    {
        // What `dotnet run FILE` gives a program.
        AppDomain.CurrentDomain.SetData("EntryPointFileDirectoryPath", Folder);

        Assert.MatchesRegex(expected, new DocumentProgram([new("", "csharp", File.ReadAllText(Path.Combine(Folder, name)), "")]).Run());
    }

    [TestMethod]
    public void Program_RunsAsAFile()
    {
        var run = ChildProcess.Run("run", Path.Combine(Folder, "frame.cs"), "-c", "Release", "-p:BuildProjectReferences=false");

        Assert.AreEqual(0, run.ExitCode, run.Output + run.Errors);
        Assert.Contains("A lovely dress: Dresses", run.Output);
    }
}
