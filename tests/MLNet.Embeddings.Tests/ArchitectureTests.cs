using Microsoft.CodeAnalysis;

namespace MLNet.Embeddings.Tests;

/// <summary>Holds the table of which room of the library may use which, by the compiler's own symbols.</summary>
[TestClass]
public sealed class ArchitectureTests
{
    private const int LongestLine = 160, MostLines = 300;

    /// <summary>What the types of each room may use; a room is a folder of one of the two assemblies.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        // MLNet.Embeddings.Core
        ["Kernels"] = [],
        ["Columns"] = [],
        ["Model"] = ["Columns"],
        ["Terms"] = ["Columns", "Model", "Kernels"], // of Kernels, hashing and that which divides work among threads
        ["Values"] = ["Terms"], // numbers as terms
        ["Files"] = ["Model", "Terms"], // of Terms, vocabularies
        ["Steps"] = ["Files", "Values", "Terms", "Model", "Columns"], // of Values, kinds of them
        ["Layers"] = ["Model", "Columns", "Kernels"],
        ["Decoding"] = ["Layers", "Model", "Columns", "Kernels"],
        ["Attribution"] = ["Layers", "Model", "Columns", "Kernels"],
        ["Onnx"] = ["Layers", "Steps", "Values", "Terms", "Model", "Columns", "Kernels"], // of Kernels, how numbers are encoded
        ["Standalone"] = ["Layers", "Steps", "Values", "Files", "Terms", "Model", "Columns"],

        // MLNet.Embeddings
        ["Native"] = [],
        ["Persistence"] = ["Files", "Model", "Onnx"],
        ["Pipeline"] = ["Persistence", "Files", "Model", "Onnx"], // of Model, the values of classes
        ["Indexing"] = ["Steps", "Values", "Files", "Terms", "Columns", "Pipeline", "Persistence", "Kernels", "Onnx"], // of Kernels, dividing work
        ["Data"] = ["Columns", "Model", "Layers", "Pipeline", "Kernels"],
        ["Engines"] = ["Layers", "Model", "Columns", "Data", "Kernels", "Native"],
        ["Scoring"] = // of Indexing, a model's steps and classes
        [
            "Layers", "Model", "Columns", "Steps", "Values", "Files", "Indexing", "Pipeline", "Persistence", "Onnx", "Terms",
        ],
        ["Training"] = // of Terms, the rules of settings
        [
            "Engines", "Data", "Layers", "Model", "Columns", "Kernels", "Terms", "Steps", "Values", "Files", "Indexing", "Pipeline", "Persistence",
            "Scoring",
        ],
        ["Sequences"] =
        [
            "Training", "Engines", "Data", "Decoding", "Layers", "Model", "Columns", "Kernels", "Terms", "Steps", "Files", "Indexing", "Pipeline",
            "Persistence", "Scoring", "Onnx",
        ],
        ["Rows"] = ["Scoring", "Indexing", "Steps", "Values", "Pipeline"],
        ["Serving"] = ["Rows"],
        ["Inspection"] = // of Data, what was counted of columns
        [
            "Scoring", "Sequences", "Indexing", "Data", "Pipeline", "Persistence", "Attribution", "Layers", "Model", "Columns", "Kernels", "Terms", "Steps",
            "Files",
        ],
        ["Search"] = ["Scoring", "Columns", "Kernels", "Pipeline"], // of Kernels, random streams
        ["Export"] = ["Scoring", "Sequences", "Indexing", "Pipeline", "Persistence", "Model", "Onnx"],
        ["Catalog"] =
        [
            "Rows", "Serving", "Export", "Search", "Inspection", "Attribution", "Sequences", "Training", "Engines", "Data", "Decoding", "Layers", "Model",
            "Columns", "Kernels", "Terms", "Steps", "Values", "Files", "Indexing", "Pipeline", "Persistence", "Scoring", "Native", "Onnx",
        ],

        // MLNet.Embeddings.Extensions.AI
        ["Generators"] = ["Catalog"],

        // MLNet.Embeddings.Orleans
        ["Silos"] = ["Pipeline"], // what is wrong with settings
        ["Sources"] = ["Silos", "Tables", "Inference", "Formats"],
        ["Cluster"] = ["Silos", "Sources", "Persistence"],
        ["ClusterTraining"] = ["Cluster", "Silos", "Sources", "Training", "Scoring", "Model"],
        ["ClusterScoring"] = ["Cluster", "Silos", "Sources", "Tables", "Formats", "Scoring", "Pipeline", "Persistence"],
        ["ClusterServing"] = ["Cluster", "Silos", "Rows", "Values"],
        ["Clustering"] = ["ClusterTraining", "ClusterScoring", "ClusterServing", "Cluster", "Silos", "Sources", "Training", "Scoring", "Model"],

        // MLNet.Embeddings.Tables
        ["Formats"] = [],
        ["Inference"] = ["Formats", "Values"], // of Values, the formats of dates
        ["Saving"] = ["Formats"],
        ["Tables"] = ["Formats", "Inference", "Saving"],

        // MLNet.Embeddings.Tool
        ["Planning"] = ["Catalog", "Tables", "Inference", "Formats", "Columns", "Training"],
        ["Judging"] = ["Planning", "Catalog", "Tables", "Inference", "Formats", "Columns", "Training", "Scoring", "Rows", "Values"],
        ["Printing"] = ["Planning", "Judging", "Catalog", "Pages", "Inference", "Formats", "Columns", "Inspection"],
        ["Writing"] = ["Planning", "Inference", "Formats", "Columns", "Training"],
        ["Hosting"] = ["Catalog", "Serving", "Rows", "Values"],
        ["Commands"] =
        [
            "Planning", "Judging", "Printing", "Writing", "Hosting", "Catalog", "Tables", "Inference", "Formats", "Pictures", "Pages", "Progress", "Inspection",
            "Training", "Scoring", "Model", "Columns",
        ],

        // MLNet.Embeddings.Reporting
        ["Pictures"] = ["Inspection", "Model"],
        ["Progress"] = ["Training", "Model"],
        ["Pages"] = ["Pictures", "Catalog", "Inspection", "Sequences", "Scoring", "Training", "Model", "Columns"],
    };

    [TestMethod]
    public void TorchSharp_IsUsedByItsEngineOnly()
    {
        var faults =
            from use in SourceSymbols.Library.Uses
            where use.Used.ContainingNamespace.ToDisplayString().StartsWith("TorchSharp", StringComparison.Ordinal)
            let file = SourceSymbols.FileOf(use.User)!
            where !file.StartsWith("MLNet.Embeddings/Engines/Torch/", StringComparison.Ordinal)
            select $"{file} uses {use.Used}";

        AssertNone(faults);
    }

    [TestMethod]
    public void Rooms_UseOnlyTheRoomsTheyMay()
    {
        var faults =
            from use in SourceSymbols.Library.Uses
            where SourceSymbols.FileOf(use.Used) is not null
            let rooms = (User: Room(use.User), Used: Room(use.Used))
            where rooms.User != rooms.Used && !MayUse[rooms.User].Contains(rooms.Used)
            select $"{rooms.User}/{use.User.Name} uses {rooms.Used}/{use.Used.Name}";

        AssertNone(faults);
    }

    [TestMethod]
    public void Rooms_AreAllInTheTable() =>
        CollectionAssert.IsSubsetOf(SourceSymbols.Library.Files.Select(file => SourceSymbols.PathOf(file).Split('/')[1]).Distinct().ToArray(), MayUse.Keys);

    [TestMethod]
    public void Types_UseOneAnotherInCirclesWithinFamiliesOnly()
    {
        var uses = SourceSymbols.Library.Uses.Where(use => SourceSymbols.FileOf(use.Used) is not null).ToArray();
        var faults =
            from circle in Circles.Of(uses)
            where !Circles.IsFamily(circle)
            select string.Join(", ", circle.Select(type => type.Name).Order());

        AssertNone(faults.Order());
    }

    [TestMethod]
    public void Files_HoldTheTypeOfTheirName()
    {
        var faults =
            from file in SourceSymbols.Library.Files
            where !SourceSymbols.Library.TypesOf(file).Any(type => type.Name == Path.GetFileNameWithoutExtension(file.FilePath))
            select SourceSymbols.PathOf(file);

        AssertNone(faults);
    }

    [TestMethod]
    public void Files_AreNotLong()
    {
        var faults = SourceSymbols.Library.Files.Where(file => file.GetText().Lines.Count > MostLines + 1).Select(SourceSymbols.PathOf);

        AssertNone(faults);
    }

    [TestMethod]
    public void Lines_AreNotLong()
    {
        var faults =
            from folder in new[] { "src", "tests", "examples" }
            from path in Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
            let file = Path.GetRelativePath(Repository.Path("."), path).Replace(Path.DirectorySeparatorChar, '/')
            where !file.Split('/').Any(part => part is "bin" or "obj")
            from line in File.ReadLines(path).Index()
            where line.Item.Length > LongestLine
            select $"{file}:{line.Index + 1} has {line.Item.Length} characters";

        AssertNone(faults);
    }

    private static void AssertNone(IEnumerable<string> faults)
    {
        string text = string.Join('\n', faults.Distinct());
        if (text.Length > 0) Assert.Fail(text);
    }

    private static string Room(ISymbol type) => SourceSymbols.FileOf(type)!.Split('/')[1];
}
