using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MLNet.Embeddings.Tests;

/// <summary>
/// Blocks of code as one program. What stands in front of the first heading is for all, the blocks of a section are one scope, and types go to the end. Names
/// that no block declares are those of <see cref="Given"/>.
/// </summary>
internal sealed class DocumentProgram
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Http;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        global using static MLNet.Embeddings.Tests.Given;
        """;

    /// <summary>Those of pages that show calls, not whole programs, and so name no namespace.</summary>
    private static readonly string[] UsualUsings =
    [
        "using Microsoft.ML;", "using Microsoft.ML.Data;", "using MLNet.Embeddings;", "using Microsoft.Data.Analysis;", "using Microsoft.Extensions.AI;",
        "using Microsoft.Extensions.VectorData;",
    ];

    private static readonly CSharpParseOptions Latest = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private readonly List<string> _usings = [], _statements = [], _types = [];

    internal DocumentProgram(IEnumerable<CodeBlock> blocks)
    {
        foreach (var section in blocks.GroupBy(block => block.Section))
        {
            if (section.Key.Length > 0) _statements.Add("{");
            foreach (var block in section) Add(block.Code);
            if (section.Key.Length > 0) _statements.Add("}");
        }
    }

    /// <summary>The whole program.</summary>
    internal string Source => string.Join('\n', [.. _usings.Count > 0 ? _usings.Distinct() : UsualUsings, .. _statements, .. _types.Distinct()]);

    /// <summary>Compiles it; fails with the compiler's errors.</summary>
    internal Assembly Compile()
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication);
        SyntaxTree[] sources = [CSharpSyntaxTree.ParseText(ImplicitUsings, Latest), CSharpSyntaxTree.ParseText(Source, Latest)];
        var compilation = CSharpCompilation.Create($"Document{Guid.NewGuid():N}", sources, references, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.IsTrue(result.Success,
            string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) + "\n" + Source);
        return Assembly.Load(image.ToArray());
    }

    /// <summary>Compiles and runs it in a folder of its own with the files of <see cref="Given"/>.</summary>
    /// <returns>What it printed.</returns>
    internal string Run()
    {
        var main = Compile().EntryPoint!;
        using var folder = new TemporaryFolder();
        string old = Directory.GetCurrentDirectory();
        var (console, output) = (Console.Out, new StringWriter());
        try
        {
            Given.WriteFiles(folder.Path);
            Directory.SetCurrentDirectory(folder.Path);
            Console.SetOut(output);
            main.Invoke(null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        catch (TargetInvocationException error)
        {
            Assert.Fail($"{error.InnerException}\n{Source}");
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(old);
        }
        return output.ToString();
    }

    private void Add(string code)
    {
        // Lines such as #:package and #r are for those who build the program.
        string plain = string.Join('\n', code.Split('\n').Where(line => !line.StartsWith('#')));
        var unit = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(plain, Latest).GetRoot();
        _usings.AddRange(unit.Usings.Select(one => one.ToFullString()));
        _statements.AddRange(unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.ToFullString()));
        _types.AddRange(unit.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()));
    }
}
