using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class LibTorchTests
{
    [TestMethod]
    public void EnsureLoaded_Twice_TorchWorksAndNoFileIsLeft()
    {
        string[] before = MarkedCopies();

        LibTorch.EnsureLoaded();
        LibTorch.EnsureLoaded();

        using torch.Tensor sum = torch.ones(2, 2).sum();
        Assert.AreEqual(4f, sum.item<float>());
        CollectionAssert.AreEqual(before, MarkedCopies());
    }

    [TestMethod]
    public void EnsureLoaded_ManyThreads_AllSucceed() =>
        Parallel.For(0, 8, _ => LibTorch.EnsureLoaded());

    [TestMethod]
    [DataRow("linux", "libc10.so, libtorch_cpu.so, libtorch.so, libLibTorchSharp.so", "TorchSharp-cpu (or TorchSharp-cuda-linux)")]
    [DataRow("win", "c10.dll, torch_cpu.dll, torch.dll, LibTorchSharp.dll", "TorchSharp-cpu (or TorchSharp-cuda-windows)")]
    [DataRow("osx", "libc10.dylib, libtorch_cpu.dylib, libtorch.dylib, libLibTorchSharp.dylib", "TorchSharp-cpu")]
    public void Locate_EmptyFolders_NamesFilesFoldersAndPackage(string system, string files, string packages)
    {
        using TemporaryFolder first = new(), second = new();
        NativePlatform platform = NativeFiles.Platform(system);

        var exception = Assert.ThrowsExactly<DllNotFoundException>(
            () => LibTorch.Locate(platform, new NativeFolders([first.Path, second.Path]), platform.Packaged));

        Assert.AreEqual(
            $"Training with torch needs libtorch's native files, and {files} cannot be found. Folders looked in: {first.Path}, {second.Path}. " +
            $"Add the package {packages} to the application's project, or train with TrainingBackend.Kernels, which needs none.",
            exception.Message);
    }

    [TestMethod]
    [DataRow("linux", Architecture.Arm64, "linux-arm64")]
    [DataRow("osx", Architecture.X64, "osx-x64")]
    [DataRow("win", Architecture.Arm64, "win-arm64")]
    public void Locate_SystemWithoutPackage_SaysSo(string system, Architecture architecture, string runtime)
    {
        var exception = Assert.ThrowsExactly<DllNotFoundException>(() => LibTorch.Locate(NativeFiles.Platform(system), new NativeFolders([]), architecture));

        Assert.AreEqual(
            $"There is no package of libtorch for {runtime}, and its native files are in none of the application's folders. " +
            "Train with TrainingBackend.Kernels there, the default on CPUs, which needs no native library.",
            exception.Message);
    }

    [TestMethod]
    public void Locate_SystemWithoutPackage_TakesFilesThatAreThere()
    {
        using TemporaryFolder folder = new();
        foreach (string file in NativePlatform.Linux.Files) folder.Write(file, "");

        Assert.HasCount(4, LibTorch.Locate(NativePlatform.Linux, new NativeFolders([folder.Path]), Architecture.Arm64));
    }

    [TestMethod]
    public void Locate_TorchSharpWithoutLibtorch_NamesTheMissingFilesOnly()
    {
        using TemporaryFolder folder = new();
        folder.Write("libLibTorchSharp.so", "");
        folder.Write("libc10.so", "");

        var exception = Assert.ThrowsExactly<DllNotFoundException>(
            () => LibTorch.Locate(NativePlatform.Linux, new NativeFolders([folder.Path]), Architecture.X64));

        Assert.Contains("and libtorch_cpu.so, libtorch.so cannot be found", exception.Message);
    }

    [TestMethod]
    [DataRow("win")]
    [DataRow("osx")]
    public void Load_OtherSystem_OnlyLooksWhetherTheFilesAreThere(string system)
    {
        using TemporaryFolder first = new(), second = new();
        NativePlatform platform = NativeFiles.Platform(system);
        foreach (string file in platform.Files.Skip(1)) first.Write(file, "no library");
        second.Write(platform.Files[0], "no library");

        LibTorch.Load(platform, new NativeFolders([first.Path, second.Path]), []);

        Assert.HasCount(3, first.Files);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Load_LibrariesThatLoadAsTheyAre_WritesNothing()
    {
        using TemporaryFolder folder = new(), copies = new();
        foreach (string file in NativePlatform.Linux.Files) LinkHarmless(folder, file);
        Directory.SetLastWriteTimeUtc(copies.Path, DateTime.UnixEpoch);

        LibTorch.Load(NativePlatform.Linux, new NativeFolders([folder.Path]), [copies.Path]);

        Assert.AreEqual(DateTime.UnixEpoch, Directory.GetLastWriteTimeUtc(copies.Path));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Load_DamagedLibrary_SaysWhatTheSystemNeedsAndWhatIsWrong()
    {
        using TemporaryFolder folder = new(), copies = new();
        foreach (string file in NativePlatform.Linux.Files.SkipLast(1)) LinkHarmless(folder, file);
        folder.Write(NativePlatform.Linux.Files[^1], "no library");

        var exception = Assert.ThrowsExactly<DllNotFoundException>(
            () => LibTorch.Load(NativePlatform.Linux, new NativeFolders([folder.Path]), [copies.Path]));

        Assert.AreEqual(
            "libtorch's native files were found, but do not load on this system. They need 64-bit x86 Linux with glibc 2.34 and the " +
            "libstdc++ of GCC 12, or later (such as Debian 12 and Ubuntu 22.04): train on such a system, or with " +
            "TrainingBackend.Kernels, which needs no native library. Details: The native library is " +
            "not of the form that is understood: it does not begin as an ELF file does. Restore the package it comes from anew.",
            exception.Message);
        Assert.IsInstanceOfType<FormatException>(exception.InnerException);
        Assert.IsEmpty(copies.Files);
    }

    private static void LinkHarmless(TemporaryFolder folder, string fileName) =>
        File.CreateSymbolicLink(Path.Combine(folder.Path, fileName), NativeFiles.Harmless());

    private static string[] MarkedCopies() =>
    [
        .. Directory.GetFiles(Path.GetTempPath(), "mlnet-embeddings-*.so").Order(),
        .. Directory.GetFiles(AppContext.BaseDirectory, "mlnet-embeddings-*.so").Order(),
    ];
}
