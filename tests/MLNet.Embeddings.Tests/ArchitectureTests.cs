using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

/// <summary>Holds the table of which room of the library may use which.</summary>
[TestClass]
public sealed partial class ArchitectureTests
{
    private static readonly string[] TorchRooms = ["Native", "Network", "Training", "Sequences/Learning"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Kernels"] = [],
        ["Columns"] = [],
        ["Native"] = [],
        ["Model"] = ["Columns", "Kernels"], // of Kernels, the logarithm of a sum of exponentials
        ["Persistence"] = ["Model"],
        ["Pipeline"] = ["Persistence"],
        ["Indexing"] = ["Columns", "Kernels", "Pipeline", "Persistence"], // of Kernels, that which divides work among threads
        ["Batching"] = ["Columns", "Pipeline"],
        ["Scoring"] = ["Model", "Columns", "Kernels", "Pipeline", "Persistence"],
        ["Network"] = ["Model", "Columns", "Batching", "Kernels"],
        ["Engines"] = ["Model", "Columns", "Batching", "Kernels", "Network", "Sequences"],
        ["Training"] = ["Engines", "Network", "Batching", "Model", "Columns", "Kernels", "Native", "Pipeline", "Scoring", "Persistence"], // of Persistence, what checkpoints are written with
        ["Sequences"] = ["Engines", "Columns", "Indexing", "Batching", "Network", "Training", "Model", "Scoring", "Kernels", "Pipeline", "Persistence", "Native"],
        ["Catalog"] = ["Engines", "Sequences", "Columns", "Indexing", "Batching", "Network", "Training", "Model", "Scoring", "Kernels", "Pipeline", "Persistence", "Native"],
    };

    [TestMethod]
    public void Rooms_UseOnlyTheRoomsTheyMay()
    {
        var roomOfType = SourceFiles().ToDictionary(file => Path.GetFileNameWithoutExtension(file), Room);
        var faults =
            from file in SourceFiles()
            let room = Room(file)
            from word in Words().Matches(WithoutComments(file)).Select(match => match.Value).Distinct()
            where roomOfType.TryGetValue(word, out string? used) && used != room && !MayUse[room].Contains(used)
            select $"{room}/{Path.GetFileName(file)} uses {roomOfType[word]}/{word}";

        Assert.AreEqual("", string.Join("\n", faults));
    }

    [TestMethod]
    public void TorchSharp_IsUsedInTorchRoomsOnly()
    {
        var faults = SourceFiles().Where(file => !TorchRooms.Any(room => $"{Folder(file)}/".StartsWith($"{room}/", StringComparison.Ordinal)) && WithoutComments(file).Contains("TorchSharp", StringComparison.Ordinal));

        Assert.AreEqual("", string.Join("\n", faults.Select(Path.GetFileName)));
    }

    [TestMethod]
    public void Rooms_AreAllInTheTable() =>
        CollectionAssert.AreEquivalent(MayUse.Keys, SourceFiles().Select(Room).Distinct().ToArray());

    [TestMethod]
    public void Files_HoldTheTypeOfTheirName()
    {
        var faults = SourceFiles().Where(file => !Regex.IsMatch(
            WithoutComments(file), $@"\b(class|struct|record|record struct|interface|enum|delegate [\w<>\[\]]+) {Path.GetFileNameWithoutExtension(file)}\b"));

        Assert.AreEqual("", string.Join("\n", faults.Select(Path.GetFileName)));
    }

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Repository.Path("src/MLNet.Embeddings"), "*.cs", SearchOption.AllDirectories)
            .Where(file => MayUse.ContainsKey(Room(file)) || !new[] { "bin", "obj" }.Any(folder => file.Contains($"/{folder}/", StringComparison.Ordinal)));

    private static string Room(string file) => Folder(file).Split('/')[0];

    private static string Folder(string file) =>
        Path.GetDirectoryName(Path.GetRelativePath(Repository.Path("src/MLNet.Embeddings"), file))!.Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The file's code without comments and strings.</summary>
    private static string WithoutComments(string file) => CommentsAndStrings().Replace(File.ReadAllText(file), " ");

    [GeneratedRegex(@"//[^\n]*|""(\\.|[^""\\\n])*""")]
    private static partial Regex CommentsAndStrings();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Words();
}
