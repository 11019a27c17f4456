using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ModelSavingExtensionsTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("models").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void SaveAtomically_NewFile_LoadsWithItsSchema()
    {
        var rows = NetworkRow.View(NetworkRow.Random(3));
        string path = Path.Combine(_folder, "model.zip");

        _mlContext.Model.SaveAtomically(_mlContext.Transforms.Concatenate("Features", "Numbers").Fit(rows), rows.Schema, path);

        var loaded = _mlContext.Model.Load(path, out var schema);
        Assert.IsNotNull(loaded.Transform(rows).Schema.GetColumnOrNull("Features"));
        Assert.HasCount(rows.Schema.Count, schema);
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void SaveAtomically_WithoutSchema_Loads()
    {
        string path = Path.Combine(_folder, "model.zip");

        _mlContext.Model.SaveAtomically(CreateModel("Features"), null, path);

        Assert.IsNotNull(_mlContext.Model.Load(path, out _));
    }

    [TestMethod]
    public void SaveAtomically_TrainedWeights_AreStoredUncompressed()
    {
        string path = Path.Combine(_folder, "model.zip");
        var rows = TrainingRow.Random(20, seed: 1);
        var model = Trainers.Fit(Trainers.Options with { MaxEpochs = 1 }, rows);

        _mlContext.Model.SaveAtomically(model, TrainingRow.View().Schema, path);

        using (var archive = System.IO.Compression.ZipFile.OpenRead(path))
        {
            var weights = archive.Entries.Single(entry => entry.Name == SafeTensors.EntryName);
            Assert.AreEqual(weights.Length, weights.CompressedLength);
        }
        CollectionAssert.AreEqual(Trainers.Scores(model, rows), Trainers.Scores(_mlContext.Model.Load(path, out _), rows));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void SaveAtomically_OldFile_IsReplaced()
    {
        string path = Path.Combine(_folder, "model.zip");
        _mlContext.Model.SaveAtomically(CreateModel("Old"), null, path);

        _mlContext.Model.SaveAtomically(CreateModel("New"), null, path);

        Assert.IsNotNull(_mlContext.Model.Load(path, out _).Transform(NetworkRow.View()).Schema.GetColumnOrNull("New"));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void SaveAtomically_WritingFails_KeepsTheOldFileAndLeavesNothing()
    {
        string path = Path.Combine(_folder, "model.zip");
        _mlContext.Model.SaveAtomically(CreateModel("Old"), null, path);
        byte[] old = File.ReadAllBytes(path);
        var chain = new TransformerChain<ITransformer>(CreateModel("New"), new FailingTransformer());

        Assert.ThrowsExactly<IOException>(() => _mlContext.Model.SaveAtomically(chain, null, path));

        CollectionAssert.AreEqual(old, File.ReadAllBytes(path));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void SaveAtomically_TargetIsAFolder_ThrowsAndLeavesNothing()
    {
        string path = Path.Combine(_folder, "model.zip");
        Directory.CreateDirectory(path);

        Assert.Throws<IOException>(() => _mlContext.Model.SaveAtomically(CreateModel("New"), null, path));

        CollectionAssert.AreEqual(Array.Empty<string>(), Directory.GetFiles(_folder));
        Assert.IsTrue(Directory.Exists(path));
    }

    /// <summary>What pools of prediction engines wait for: ML.NET's own watches this event alone.</summary>
    [TestMethod]
    public void SaveAtomically_WatchedFile_RaisesChanged()
    {
        string path = Path.Combine(_folder, "model.zip");
        _mlContext.Model.SaveAtomically(CreateModel("Old"), null, path);
        using var changed = new ManualResetEventSlim();
        using var watcher = new FileSystemWatcher(_folder, "model.zip") { EnableRaisingEvents = true };
        watcher.Changed += (_, _) => changed.Set();

        _mlContext.Model.SaveAtomically(CreateModel("New"), null, path);

        Assert.IsTrue(changed.Wait(TimeSpan.FromSeconds(10)));
    }

    [TestMethod]
    public void SaveAtomically_SymbolicLink_WritesTheFileItLeadsTo()
    {
        string path = Path.Combine(_folder, "model-2.zip"), link = Path.Combine(_folder, "model.zip");
        _mlContext.Model.SaveAtomically(CreateModel("Old"), null, path);
        File.CreateSymbolicLink(link, "model-2.zip");

        _mlContext.Model.SaveAtomically(CreateModel("New"), null, link);

        Assert.AreEqual("model-2.zip", new FileInfo(link).LinkTarget);
        Assert.IsNotNull(_mlContext.Model.Load(path, out _).Transform(NetworkRow.View()).Schema.GetColumnOrNull("New"));
        Assert.HasCount(2, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void SaveAtomically_OldFile_KeepsItsPermissions()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has other permissions.");
            return;
        }
        string path = Path.Combine(_folder, "model.zip");
        _mlContext.Model.SaveAtomically(CreateModel("Old"), null, path);
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, Private);

        _mlContext.Model.SaveAtomically(CreateModel("New"), null, path);

        Assert.AreEqual(Private, File.GetUnixFileMode(path));
    }

    [TestMethod]
    public void SaveAtomically_OldFileOfAnotherOwner_KeepsHimAndItsGroup()
    {
        string path = Path.Combine(_folder, "model.zip");
        _mlContext.Model.SaveAtomically(CreateModel("Old"), null, path);
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Assert.Inconclusive("Only root may give files away.");
            return;
        }
        const UnixFileMode OfTheGroup = UnixFileMode.UserRead | UnixFileMode.SetGroup | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        Run("chown", "12345:23456", path);
        File.SetUnixFileMode(path, OfTheGroup);

        _mlContext.Model.SaveAtomically(CreateModel("New"), null, path);

        Assert.AreEqual("12345:23456", Run("stat", "--format=%u:%g", path).Trim());
        Assert.AreEqual(OfTheGroup, File.GetUnixFileMode(path));
        Assert.IsNotNull(_mlContext.Model.Load(path, out _).Transform(NetworkRow.View()).Schema.GetColumnOrNull("New"));
    }

    [TestMethod]
    public void SaveAtomically_FilesOfOtherWriters_AbandonedOnesGo()
    {
        string path = Path.Combine(_folder, "model.zip"), abandoned = $"{path}.abc.def.writing", live = $"{path}.ghi.jkl.writing", other = $"{path}.bak";
        File.WriteAllText(abandoned, "half");
        File.WriteAllText(other, "mine");
        using var writer = new FileStream(live, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);

        _mlContext.Model.SaveAtomically(CreateModel("New"), null, path);

        CollectionAssert.AreEquivalent(new[] { path, live, other }, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void SaveAtomically_FolderMissing_Throws() => Assert.ThrowsExactly<DirectoryNotFoundException>(
        () => _mlContext.Model.SaveAtomically(CreateModel("New"), null, Path.Combine(_folder, "none", "model.zip")));

    [TestMethod]
    public void SaveAtomically_NoModelOrPath_Throws()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => _mlContext.Model.SaveAtomically(null!, null, "model.zip"));
        Assert.ThrowsExactly<ArgumentNullException>(() => _mlContext.Model.SaveAtomically(CreateModel("New"), null, null!));
        Assert.ThrowsExactly<ArgumentException>(() => _mlContext.Model.SaveAtomically(CreateModel("New"), null, ""));
    }

    private static string Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private ColumnConcatenatingTransformer CreateModel(string output) => _mlContext.Transforms.Concatenate(output, "Numbers").Fit(NetworkRow.View());
}
