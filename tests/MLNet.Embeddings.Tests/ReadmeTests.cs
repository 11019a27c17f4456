using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>What the README shows is true: its code compiles and runs, its commands name what there is.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private const string Usings = "global using System; global using System.Linq; global using System.Collections.Generic;";

    private static readonly string Readme = File.ReadAllText(Repository.Path("README.md"));

    [TestMethod]
    public void QuickStart_CompilesAndRuns()
    {
        string code = CodeBlock().Match(Readme).Groups["code"].Value;
        string folder = Directory.CreateTempSubdirectory("mlnet-embeddings-").FullName, old = Directory.GetCurrentDirectory();
        var (console, output) = (Console.Out, new StringWriter());

        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(output);
            Compile(code).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(old);
            Directory.Delete(folder, recursive: true);
        }

        Assert.MatchesRegex(@"^(9\d|100) ?% would recommend it", output.ToString());
    }

    [TestMethod]
    public void QuickStart_IsShort() => Assert.HasCount(25, CodeBlock().Match(Readme).Groups["code"].Value.TrimEnd().Split('\n'));

    [TestMethod]
    public void Commands_NameProjectsThatExist()
    {
        foreach (Match project in ProjectName().Matches(Readme))
            Assert.IsTrue(Directory.Exists(Repository.Path(project.Groups["folder"].Value)), project.Value);
    }

    [TestMethod]
    public void Links_LeadSomewhere()
    {
        string[] targets = [.. Link().Matches(Readme).Select(link => Repository.Path(link.Groups["target"].Value))];

        Assert.IsGreaterThan(10, targets.Length);
        foreach (string target in targets) Assert.IsTrue(File.Exists(target) || Directory.Exists(target), target);
    }

    private static Assembly Compile(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
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

    [GeneratedRegex(@"--project\s+(?<folder>[\w./]+)")]
    private static partial Regex ProjectName();
}
