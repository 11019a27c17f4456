using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The packages, as their users get them.</summary>
[TestClass]
public sealed class PackageTests
{
    /// <summary>A version of its own, so that what a cache may hold is not taken for these.</summary>
    private static readonly string Version = $"0.0.0-test{Guid.NewGuid():N}";

    private static readonly string[] Libraries =
    [
        "MLNet.Embeddings", "MLNet.Embeddings.Core", "MLNet.Embeddings.Extensions.AI", "MLNet.Embeddings.Orleans", "MLNet.Embeddings.Reporting",
        "MLNet.Embeddings.Tables",
    ];

    private static TemporaryFolder _folder = null!;

    [ClassInitialize]
    public static void Pack(TestContext _)
    {
        RemoveFromCache();
        _folder = new TemporaryFolder();
        string configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        foreach (string project in Libraries.Append("MLNet.Embeddings.Tool"))
        {
            string folder = Repository.Path($"src/{project}");
            var pack = ChildProcess.Run("pack", folder, "--no-build", "-c", configuration, "-o", _folder.Path, $"-p:Version={Version}");
            Assert.AreEqual(0, pack.ExitCode, pack.Output);
        }
    }

    [ClassCleanup]
    public static void Remove()
    {
        RemoveFromCache();
        _folder.Dispose();
    }

    [TestMethod]
    public void Packages_HaveWhatTheirPagesShow()
    {
        foreach (string library in Libraries.Append("MLNet.Embeddings.Tool"))
        {
            using var package = ZipFile.OpenRead(Path.Combine(_folder.Path, $"{library}.{Version}.nupkg"));
            using var nuspec = package.GetEntry($"{library}.nuspec")!.Open();
            var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
            string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
            using var readme = new StreamReader(package.GetEntry(Of("readme"))!.Open());
            string text = readme.ReadToEnd();

            Assert.IsNotNull(package.GetEntry(Of("icon")));
            Assert.StartsWith("https://", Of("projectUrl"));
            Assert.StartsWith("https://", Of("releaseNotes"));
            Assert.IsGreaterThan(40, Of("description").Length);
            Assert.Contains("](https://", text);
            Assert.DoesNotContain("](docs/", text);
        }
    }

    [TestMethod]
    public void Documentation_IsOfPublicMembersOnly()
    {
        foreach (string library in Libraries)
        {
            using var package = ZipFile.OpenRead(Path.Combine(_folder.Path, $"{library}.{Version}.nupkg"));
            using var stream = package.GetEntry($"lib/net10.0/{library}.xml")!.Open();
            string[] documented = [.. XDocument.Load(stream).Descendants("member").Select(member => member.Attribute("name")!.Value)];

            var reference = MetadataReference.CreateFromFile(System.Reflection.Assembly.Load(library).Location);
            var compilation = CSharpCompilation.Create("Members", references: [reference, MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
            var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
            string[] visible = [.. Members(assembly.GlobalNamespace).Select(member => member.GetDocumentationCommentId()!)];

            CollectionAssert.IsSubsetOf(documented.Where(name => !name.Contains('<')).ToArray(), visible, library);
            // What Orleans's generator adds is for Orleans.
            string[] types = [.. visible.Where(name => name.StartsWith("T:", StringComparison.Ordinal)).Where(name => !name.Contains("OrleansCodeGen."))];
            CollectionAssert.IsSubsetOf(types.Where(name => !name.Contains('<')).ToArray(), documented, library);
        }
    }

    private static IEnumerable<ISymbol> Members(INamespaceOrTypeSymbol parent) => parent.GetMembers()
        .Where(member => member is INamespaceSymbol
            || member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
        .SelectMany(member => member is INamespaceOrTypeSymbol inner ? Members(inner).Prepend(member) : [member]);

    /// <summary>
    /// A project that knows nothing of this repository restores the packages, is published, trains, and predicts in a second process. To compile the whole of
    /// .NET ahead of time takes minutes, so that is done for those who ask for it.
    /// </summary>
    [TestMethod]
    [DataRow("trimmed and a single file", "-p:PublishTrimmed=true", "-p:TrimMode=partial", "-p:PublishSingleFile=true")]
    [DataRow("ReadyToRun as well", "-p:PublishTrimmed=true", "-p:TrimMode=partial", "-p:PublishSingleFile=true", "-p:PublishReadyToRun=true")]
    public void Application_Published_TrainsLoadsAndPredicts(string how, params string[] settings)
    {
        if (settings.Contains("-p:PublishReadyToRun=true") && Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_LARGE") != "1")
            Assert.Inconclusive($"To publish {how} takes minutes: set MLNET_EMBEDDINGS_LARGE=1 for that.");
        using var application = new TemporaryFolder();
        application.Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="packages" value="{_folder.Path}" /></packageSources>
              <config><add key="dependencyVersion" value="Lowest" /></config>
            </configuration>
            """);
        application.Write("Application.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MLNet.Embeddings" Version="{Version}" />
                <PackageReference Include="MLNet.Embeddings.Tables" Version="{Version}" />
                <PackageReference Include="MLNet.Embeddings.Extensions.AI" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        application.Write("Program.cs", """"
            using Microsoft.ML;
            using MLNet.Embeddings;

            if (args is [var file])
            {
                var mlContext = new MLContext(seed: 1);
                IDataView reviews = mlContext.Data.LoadTable(file);
                var model = mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
                {
                    LabelColumnName = "Recommended",
                    Effort = TrainingEffort.Quick,
                    MaxEpochs = 3,
                }).Fit(reviews);
                mlContext.Model.SaveAtomically(model, reviews.Schema, "model.zip");
            }
            Console.WriteLine(new MLContext().Model.Load("model.zip", out _).PredictJson("""{ "Title": "Love it", "Age": 33 }"""));
            """");

        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string runtime = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        var packages = ChildProcess.RunIn(application.Path, "dotnet", "restore");
        Assert.AreEqual(0, packages.ExitCode, packages.Output);
        var restore = ChildProcess.RunIn(application.Path, "dotnet", ["restore", "-r", runtime, .. settings]);
        if (restore.ExitCode != 0) Assert.Inconclusive($"The runtime, linker or compiler of {runtime} cannot be restored here: {restore.Output}");
        var publish = ChildProcess.RunIn(application.Path, "dotnet", ["publish", "--no-restore", "-c", "Release", "-r", runtime, "-o", "out", .. settings]);
        Assert.AreEqual(0, publish.ExitCode, publish.Output);
        string program = Path.Combine(application.Path, "out", OperatingSystem.IsWindows() ? "Application.exe" : "Application");

        var trained = ChildProcess.RunIn(application.Path, program, Repository.Path("examples/data/reviews.csv"));
        var loaded = ChildProcess.RunIn(application.Path, program);

        Assert.AreEqual(0, trained.ExitCode, trained.Errors);
        Assert.AreEqual(0, loaded.ExitCode, loaded.Errors);
        Assert.Contains("\"PredictedLabel\":\"yes\"", loaded.Output);
        Assert.AreEqual(trained.Output, loaded.Output);
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(application.Path, "out"), "*.dll"), "a single file");
    }

    [TestMethod]
    public void Tool_IsInstalledAndRuns()
    {
        using var folder = new TemporaryFolder();
        string[] install = ["tool", "install", "MLNet.Embeddings.Tool", "--version", Version, "--tool-path", "tool", "--add-source", _folder.Path];
        var installed = ChildProcess.RunIn(folder.Path, "dotnet", install);
        Assert.AreEqual(0, installed.ExitCode, installed.Output + installed.Errors);

        string program = Path.Combine(folder.Path, "tool", OperatingSystem.IsWindows() ? "mlnet-embeddings.exe" : "mlnet-embeddings");
        var help = ChildProcess.RunIn(folder.Path, program, "--help");

        Assert.AreEqual(0, help.ExitCode, help.Errors);
        string[] commands = ["train", "evaluate", "predict", "explain", "report", "vectors", "serve", "init"];
        foreach (string command in commands) Assert.Contains(command, help.Output);
    }

    private static void RemoveFromCache()
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string library in Libraries.Append("MLNet.Embeddings.Tool"))
        {
            string folder = Path.Combine(cache, library.ToLowerInvariant(), Version);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
