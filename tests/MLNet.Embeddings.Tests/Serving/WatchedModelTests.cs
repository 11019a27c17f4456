using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Models that are loaded anew when their file changes.</summary>
[TestClass]
public sealed class WatchedModelTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20), Patience = TimeSpan.FromSeconds(30);
    private static readonly NumberShape Age = new("Age", Size: 1, MissingIndicator: true);

    private readonly MLContext _mlContext = new(1);

    private static Dictionary<string, object?> Row => new() { ["Age"] = 40 };

    [TestMethod]
    public void Watch_FileIsReplaced_UsesTheNewModelAndKeepsTheOldOneUsable()
    {
        using var folder = new TemporaryFolder();
        string file = Save(folder, seed: 1);
        using var watched = _mlContext.Model.Watch(file, Often);
        using var changed = new ManualResetEventSlim();
        watched.Changed += (_, _) => changed.Set();
        var (old, since) = (watched.Model, watched.LoadedAt);
        object? before = old.Predict(Row)["Score"];

        Save(folder, seed: 2);

        Assert.IsTrue(changed.Wait(Patience));
        Assert.AreNotSame(old, watched.Model);
        Assert.AreNotEqual(before, watched.Model.Predict(Row)["Score"]);
        Assert.AreEqual(before, old.Predict(Row)["Score"]);
        Assert.IsGreaterThan(since, watched.LoadedAt);
        Assert.AreEqual(Path.GetFullPath(file), watched.FilePath);
    }

    [TestMethod]
    public void Watch_FileIsDamagedThenGone_KeepsTheModelAndTakesTheNextOne()
    {
        using var folder = new TemporaryFolder();
        string file = Save(folder, seed: 1);
        using var watched = _mlContext.Model.Watch(file, Often);
        using ManualResetEventSlim failed = new(), changed = new();
        Exception? told = null;
        watched.Error += (_, error) =>
        {
            told = error.GetException();
            failed.Set();
        };
        watched.Changed += (_, _) => changed.Set();
        object? before = watched.Model.Predict(Row)["Score"];

        File.WriteAllText(file, "no model");
        Assert.IsTrue(failed.Wait(Patience));
        Assert.IsNotNull(told);
        Assert.AreEqual(before, watched.Model.Predict(Row)["Score"]);
        File.Delete(file);
        Thread.Sleep(3 * Often);
        Assert.AreEqual(before, watched.Model.Predict(Row)["Score"]);

        Save(folder, seed: 2);
        Assert.IsTrue(changed.Wait(Patience));
        Assert.AreNotEqual(before, watched.Model.Predict(Row)["Score"]);
    }

    [TestMethod]
    public void Watch_ReplacedByAModelWithoutScores_KeepsTheOneInUse()
    {
        using var folder = new TemporaryFolder();
        string file = Save(folder, seed: 1);
        using var watched = _mlContext.Model.Watch(file, Often);
        using var failed = new ManualResetEventSlim();
        watched.Error += (_, _) => failed.Set();
        var rows = _mlContext.Data.LoadFromEnumerable(new[] { new NumberRow<float>() });

        _mlContext.Model.SaveAtomically(_mlContext.Transforms.CopyColumns("Copy", rows.Schema[0].Name).Fit(rows), rows.Schema, file);

        Assert.IsTrue(failed.Wait(Patience));
        Assert.IsNotNull(watched.Model.Predict(Row)["Score"]);
    }

    [TestMethod]
    public void Watch_LinkToAnotherFile_UsesIt()
    {
        using var folder = new TemporaryFolder();
        string first = Save(folder, seed: 1, "first.zip"), second = Save(folder, seed: 2, "second.zip"), link = Path.Combine(folder.Path, "model.zip");
        try
        {
            File.CreateSymbolicLink(link, first);
        }
        catch (UnauthorizedAccessException)
        {
            Assert.Inconclusive("This user may not make symbolic links.");
        }
        using var watched = _mlContext.Model.Watch(link, Often);
        using var changed = new ManualResetEventSlim();
        watched.Changed += (_, _) => changed.Set();

        File.Delete(link);
        File.CreateSymbolicLink(link, second);

        Assert.IsTrue(changed.Wait(Patience));
    }

    [TestMethod]
    public void Watch_ModelWithoutScores_IsLoaded()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "steps.zip");
        var rows = _mlContext.Data.LoadFromEnumerable(new[] { new NumberRow<float>() });
        _mlContext.Model.SaveAtomically(_mlContext.Transforms.CopyColumns("Copy", rows.Schema[0].Name).Fit(rows), rows.Schema, file);

        using var watched = _mlContext.Model.Watch(file);

        Assert.AreEqual("Copy", watched.Model.GetOutputSchema(watched.InputSchema!)["Copy"].Name);
    }

    [TestMethod]
    public void Watch_BadArguments_AreRefused()
    {
        using var folder = new TemporaryFolder();
        string none = Path.Combine(folder.Path, "none.zip");

        Assert.Throws<IOException>(() => _mlContext.Model.Watch(none));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Model.Watch(none, TimeSpan.Zero));
        string text = folder.Write("text.zip", "no model");
        Assert.StartsWith($"'{text}' holds no model", Assert.ThrowsExactly<FormatException>(() => _mlContext.Model.Watch(text)).Message);
    }

    private string Save(TemporaryFolder folder, int seed, string name = "model.zip")
    {
        string file = Path.Combine(folder.Path, name);
        _mlContext.Model.SaveAtomically(Networks.Transformer(Networks.Random(seed, [3], Age)), null, file);
        return file;
    }
}
