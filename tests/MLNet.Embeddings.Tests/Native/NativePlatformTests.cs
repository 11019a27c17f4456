namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class NativePlatformTests
{
    [TestMethod]
    [DataRow("linux", "linux-x64")]
    [DataRow("win", "win-x64")]
    [DataRow("osx", "osx-arm64")]
    public void Files_EachSystem_AreThoseThePackagesBring(string system, string runtime)
    {
        foreach (string file in NativeFiles.Platform(system).Files)
            Assert.IsTrue(File.Exists(Path.Combine(NativeFiles.Folder(runtime), file)), file);
    }

    [TestMethod]
    public void Files_Linux_EndWithTheOneThatNeedsTheOthers()
    {
        string[] expected = ["libc10.so", "libtorch_cpu.so", "libtorch.so", "libLibTorchSharp.so"];

        CollectionAssert.AreEqual(expected, NativePlatform.Linux.Files.ToArray());
    }
}
