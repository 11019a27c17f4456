using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>What the README shows is true: its code compiles and runs, its commands name what there is.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private const string Usings = "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic;";

    /// <summary>Where the statements of the first block end.</summary>
    private const string Types = "\nclass Review\n";

    private static readonly string Readme = File.ReadAllText(Repository.Path("README.md"));

    /// <summary>The first block, and the others in their order at the end of its statements, as if they had been typed there.</summary>
    private static string Code
    {
        get
        {
            string[] blocks = [.. CodeBlock().Matches(Readme).Select(block => block.Groups["code"].Value)];
            return blocks[0].Replace(Types, $"\n{string.Concat(blocks[1..])}{Types}", StringComparison.Ordinal);
        }
    }

    [TestMethod]
    public void Code_CompilesAndRuns()
    {
        string folder = Directory.CreateTempSubdirectory("mlnet-embeddings-").FullName, old = Directory.GetCurrentDirectory();
        var (console, output) = (Console.Out, new StringWriter());

        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            Compile(Code).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(old);
            Directory.Delete(folder, recursive: true);
        }

        Assert.MatchesRegex(@"^AUC 1[.,]000\r?\nAUC 1[.,]000\r?\n(9\d|100) ?% would recommend it", output.ToString());
    }

    [TestMethod]
    public void QuickStart_IsShort() => Assert.IsLessThanOrEqualTo(40, CodeBlock().Match(Readme).Groups["code"].Value.TrimEnd().Split('\n').Length);

    [TestMethod]
    public void Commands_NameProjectsThatExist()
    {
        foreach (Match project in ProjectName().Matches(Readme))
            Assert.IsTrue(Directory.Exists(Repository.Path(project.Groups["folder"].Value)), project.Value);
    }

    [TestMethod]
    [DataRow("README.md")]
    [DataRow("docs/architecture.md")]
    [DataRow("docs/CHANGELOG.md")]
    [DataRow("docs/CONTRIBUTING.md")]
    [DataRow("docs/quality.md")]
    [DataRow("docs/vectors.md")]
    public void Links_LeadSomewhere(string document)
    {
        string path = Repository.Path(document);
        string[] targets = [.. Link().Matches(File.ReadAllText(path)).Select(link => Path.Combine(Path.GetDirectoryName(path)!, link.Groups["target"].Value))];

        Assert.IsTrue(targets.Length > 0 || document == "docs/CHANGELOG.md");
        foreach (string target in targets) Assert.IsTrue(File.Exists(target) || Directory.Exists(target), target);
    }

    /// <summary>A file is named by its path, or from a folder of the sources or tests on.</summary>
    [TestMethod]
    [DataRow("README.md")]
    [DataRow("docs/architecture.md")]
    [DataRow("docs/CONTRIBUTING.md")]
    [DataRow("docs/quality.md")]
    public void Files_NamedAsCode_AreThere(string document)
    {
        string[] folders = ["", "src/MLNet.Embeddings.Core/", "src/MLNet.Embeddings/", "tests/MLNet.Embeddings.Tests/"];
        string[] names = [.. FileName().Matches(File.ReadAllText(Repository.Path(document))).Select(file => file.Groups["file"].Value)];

        Assert.IsNotEmpty(names);
        foreach (string name in names) Assert.IsTrue(folders.Any(folder => File.Exists(Repository.Path(folder + name))), name);
    }

    private static Assembly Compile(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("QuickStart", [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(code)], references);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.IsTrue(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(image.ToArray());
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>(?!https?:)[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<file>[\w./]+/[\w.]+\.cs)`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"--project\s+(?<folder>[\w./]+)")]
    private static partial Regex ProjectName();
}
