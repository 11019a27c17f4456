namespace MLNet.Embeddings.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class TemporaryLibraryTests
{
    [TestMethod]
    public void Load_Library_LeavesNoFile()
    {
        using TemporaryFolder folder = new();

        TemporaryLibrary.Load(File.ReadAllBytes(NativeFiles.Harmless()), [folder.Path]);

        Assert.IsEmpty(folder.Files);
        Assert.Contains(folder.Path, File.ReadAllText("/proc/self/maps"));
    }

    [TestMethod]
    public void Load_FirstFolderOfNoUse_TakesTheNext()
    {
        using TemporaryFolder folder = new();

        TemporaryLibrary.Load(File.ReadAllBytes(NativeFiles.Harmless()), [folder.Path + "/missing", folder.Path]);

        Assert.IsEmpty(folder.Files);
        Assert.Contains(folder.Path, File.ReadAllText("/proc/self/maps"));
    }

    [TestMethod]
    public void Load_NoLibrary_SaysWhyForEachFolderAndLeavesNoFile()
    {
        using TemporaryFolder first = new(), second = new();

        var exception = Assert.ThrowsExactly<DllNotFoundException>(
            () => TemporaryLibrary.Load("not a library"u8, [first.Path, second.Path]));

        Assert.StartsWith(
            "A native library could not be loaded from a temporary file; one of these folders must be writable and may not be mounted " +
            "'noexec'.",
            exception.Message);
        Assert.Contains($"{first.Path}: Unable to load", exception.Message);
        Assert.Contains($"{second.Path}: Unable to load", exception.Message);
        Assert.IsEmpty(first.Files);
        Assert.IsEmpty(second.Files);
    }
}
