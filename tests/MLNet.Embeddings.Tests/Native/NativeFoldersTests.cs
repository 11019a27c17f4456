namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class NativeFoldersTests
{
    [TestMethod]
    public void Find_FileInBothFolders_TakesTheFirst()
    {
        using TemporaryFolder first = new(), second = new();
        string expected = first.Write("a.so", "");
        second.Write("a.so", "");

        Assert.AreEqual(expected, new NativeFolders([first.Path, second.Path]).Find("a.so"));
    }

    [TestMethod]
    public void Find_FileInALaterFolder_PassesOverTheOthers()
    {
        using TemporaryFolder first = new(), second = new();
        string expected = second.Write("a.so", "");

        Assert.AreEqual(expected, new NativeFolders(["/no/such/folder", first.Path, second.Path]).Find("a.so"));
    }

    [TestMethod]
    public void Find_NowhereThere_IsNull()
    {
        using TemporaryFolder folder = new();

        Assert.IsNull(new NativeFolders([folder.Path]).Find("a.so"));
    }

    [TestMethod]
    public void Paths_SameFolderTwice_AreListedOnce()
    {
        using TemporaryFolder folder = new();

        string[] paths = [.. new NativeFolders([folder.Path + Path.DirectorySeparatorChar, folder.Path]).Paths];

        CollectionAssert.AreEqual(new[] { folder.Path }, paths);
    }

    [TestMethod]
    public void OfApplication_ThisSystem_HoldsEveryFile()
    {
        NativePlatform platform = NativePlatform.Current;

        var folders = NativeFolders.OfApplication(platform);

        foreach (string file in platform.Files) Assert.IsNotNull(folders.Find(file), file);
        Assert.AreEqual(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), folders.Paths[^1]);
    }
}
