namespace MLNet.Embeddings.Tests;

/// <summary>What the documentation shows is true: its code compiles and runs, its links lead somewhere, its commands and files are there.</summary>
[TestClass]
public sealed class DocumentTests
{
    private static IEnumerable<string> All => Document.All;

    private static IEnumerable<string> WithCode => All.Where(path => new Document(path).Blocks.Any(block => block.IsRun));

    [TestMethod]
    [DynamicData(nameof(WithCode))]
    public void Code_CompilesAndRuns(string path)
    {
        var blocks = new Document(path).Blocks;

        new DocumentProgram(blocks.Where(block => block.IsRun)).Run();
        foreach (var program in blocks.Where(block => block.IsProgram)) new DocumentProgram([program with { Section = "" }]).Run();
    }

    /// <summary>Nothing is left out but what says why.</summary>
    [TestMethod]
    [DynamicData(nameof(All))]
    public void Code_OfCSharp_IsLookedAt(string path)
    {
        foreach (var block in new Document(path).Blocks.Where(block => block.Language == "csharp"))
            Assert.IsTrue(block.IsRun || block.IsProgram || block.IsCompiled || block.Note.StartsWith("<!-- not compiled: ", StringComparison.Ordinal), block.Note);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Code_ThatDoesNotEnd_Compiles(string path)
    {
        foreach (var block in new Document(path).Blocks.Where(block => block.IsCompiled)) new DocumentProgram([block with { Section = "" }]).Compile();
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Links_LeadSomewhere(string path)
    {
        string folder = Path.GetDirectoryName(Repository.Path(path))!;
        foreach (string link in new Document(path).Links.Where(link => !link.StartsWith("http", StringComparison.Ordinal)))
        {
            string target = Path.Combine(folder, link.Split('#')[0]);
            Assert.IsTrue(File.Exists(target) || Directory.Exists(target), $"{path}: {link}");
        }
    }

    /// <summary>A file is named by its path, or from a folder of the sources or tests on.</summary>
    [TestMethod]
    [DynamicData(nameof(All))]
    public void Files_NamedAsCode_AreThere(string path)
    {
        string[] folders = ["", "src/MLNet.Embeddings.Core/", "src/MLNet.Embeddings/", "tests/MLNet.Embeddings.Tests/"];
        foreach (string name in new Document(path).InlineCode.Where(code => code.Contains('/') && code.EndsWith(".cs", StringComparison.Ordinal) && !code.Contains(' ')))
            Assert.IsTrue(folders.Any(folder => File.Exists(Repository.Path(folder + name))), $"{path}: {name}");
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public void Commands_NameProjectsThatExist(string path)
    {
        string[] words = [.. new Document(path).Blocks.SelectMany(block => block.Code.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))];
        foreach (var (index, word) in words.Index().Where(word => word.Item == "--project"))
            Assert.IsTrue(Directory.Exists(Repository.Path(words[index + 1])), $"{path}: {words[index + 1]}");
    }

    [TestMethod]
    public void FSharp_RunsAsAScript()
    {
        var block = new Document("docs/cookbook.md").Blocks.Single(block => block.Language == "fsharp");
        using var folder = new TemporaryFolder();
        Given.WriteFiles(folder.Path);
        // The assemblies of the packages that the script asks for.
        string[] patterns = ["MLNet.Embeddings.dll", "MLNet.Embeddings.Core.dll", "MLNet.Embeddings.Tables.dll", "Microsoft.ML*.dll", "Microsoft.Data.Analysis.dll"];
        var assemblies = patterns.SelectMany(pattern => Directory.EnumerateFiles(AppContext.BaseDirectory, pattern)).Select(file => $"#r @\"{file}\"");
        var lines = block.Code.Split('\n').Where(line => !line.StartsWith("#r", StringComparison.Ordinal));
        string script = folder.Write("script.fsx", string.Join('\n', [$"#I @\"{AppContext.BaseDirectory}\"", .. assemblies, .. lines]));

        var run = ChildProcess.RunIn(folder.Path, "dotnet", "fsi", "--quiet", script);

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        Assert.StartsWith("AUC 0", run.Output);
    }
}
