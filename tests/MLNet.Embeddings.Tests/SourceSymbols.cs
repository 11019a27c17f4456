using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MLNet.Embeddings.Tests;

/// <summary>The library's sources as the compiler understands them: its types, and which of them uses which.</summary>
/// <remarks>
/// The sources of both assemblies are bound as one compilation, so that none of their members is out of reach. Generated sources are not part of it, and
/// ML.NET's internal members are not accessible in it; neither are types of the library's rooms, so nothing is lost.
/// </remarks>
internal sealed class SourceSymbols
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<SourceSymbols> Read = new(() => new SourceSymbols());

    private readonly CSharpCompilation _compilation;

    private SourceSymbols()
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithDocumentationMode(DocumentationMode.None);
        Files = [.. SourceFiles().AsParallel().AsOrdered().Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))];
        _compilation = CSharpCompilation.Create("Sources",
            [.. Files, CSharpSyntaxTree.ParseText(ImplicitUsings, options)], References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Uses = [.. Files.AsParallel().AsOrdered().SelectMany(UsesOf).Distinct()];
    }

    /// <summary>The sources, read once for all tests.</summary>
    internal static SourceSymbols Library => Read.Value;

    /// <summary>Every source file of the library.</summary>
    internal IReadOnlyList<SyntaxTree> Files { get; }

    /// <summary>Which type of the library uses which other one, be it the library's or not: by its name, its members or its constructors.</summary>
    internal IReadOnlyList<(INamedTypeSymbol User, INamedTypeSymbol Used)> Uses { get; }

    /// <summary>The types of a file that are not nested in others.</summary>
    internal IEnumerable<INamedTypeSymbol> TypesOf(SyntaxTree file)
    {
        var model = _compilation.GetSemanticModel(file);
        return Declarations(file).Select(declaration => (INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!);
    }

    /// <summary>Path of the file that declares a type, from the folder src; null for a type of others.</summary>
    internal static string? FileOf(ISymbol type) => type.DeclaringSyntaxReferences.FirstOrDefault() is { } declared ? PathOf(declared.SyntaxTree) : null;

    /// <summary>Path of a file from the folder src.</summary>
    internal static string PathOf(SyntaxTree file) => Path.GetRelativePath(Repository.Path("src"), file.FilePath).Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateDirectories(Repository.Path("src"))
            .SelectMany(project => Directory.EnumerateDirectories(project).Append(project))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs",
                Path.GetDirectoryName(folder) == Repository.Path("src") ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories));

    private static IEnumerable<MetadataReference> References() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        where !Path.GetFileName(path).StartsWith("MLNet.Embeddings", StringComparison.Ordinal)
        select MetadataReference.CreateFromFile(path);

    private static IEnumerable<SyntaxNode> Declarations(SyntaxTree file) =>
        file.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private IEnumerable<(INamedTypeSymbol, INamedTypeSymbol)> UsesOf(SyntaxTree file)
    {
        var model = _compilation.GetSemanticModel(file);
        return
            from declaration in Declarations(file)
            let user = (INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!
            from node in declaration.DescendantNodes()
            where node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax or ElementAccessExpressionSyntax
            let bound = model.GetSymbolInfo(node)
            from symbol in bound.Symbol is { } one ? [one] : bound.CandidateSymbols
            let used = Outermost(symbol)
            where used is not null && !SymbolEqualityComparer.Default.Equals(used, user)
            select (user, used);
    }

    /// <summary>The type that a symbol is or belongs to, not nested in another; null for names of other things, such as local variables.</summary>
    private static INamedTypeSymbol? Outermost(ISymbol symbol)
    {
        var type = symbol switch
        {
            INamedTypeSymbol named => named,
            IArrayTypeSymbol { ElementType: INamedTypeSymbol element } => element,
            IMethodSymbol { MethodKind: MethodKind.LocalFunction } or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ITypeParameterSymbol => null,
            _ => symbol.ContainingType,
        };
        while (type?.ContainingType is { } containing) type = containing;
        return type?.OriginalDefinition;
    }
}
