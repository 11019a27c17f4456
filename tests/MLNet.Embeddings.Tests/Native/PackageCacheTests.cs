using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class PackageCacheTests
{
    [TestMethod]
    public void Folders_TorchSharpInACache_AreThoseOfItsPackages()
    {
        using TemporaryFolder cache = new();
        string assembly = Assembly(cache, "torchsharp"), torchSharp = Native(cache, "torchsharp", "0.107.0"),
            first = Native(cache, "libtorch-cpu-linux-x64", "2.10.0");
        string second = Native(cache, "libtorch-cpu-linux-x64-part2", "2.10.0");
        Native(cache, "libtorch-cpu-linux-x64", "2.5.1");
        Native(cache, "libtorch-cuda-12.8-linux-x64", "2.10.0");
        WriteSpecification(cache);

        string[] folders = [.. PackageCache.Folders(assembly, "linux-x64")];

        CollectionAssert.AreEqual(new[] { torchSharp, first, second }, folders);
    }

    [TestMethod]
    public void Folders_NoTorchSharpCpu_AreThoseOfTorchSharp()
    {
        using TemporaryFolder cache = new();
        string assembly = Assembly(cache, "torchsharp"), torchSharp = Native(cache, "torchsharp", "0.107.0");
        Native(cache, "libtorch-cpu-linux-x64", "2.10.0");

        CollectionAssert.AreEqual(new[] { torchSharp }, PackageCache.Folders(assembly, "linux-x64").ToArray());
    }

    [TestMethod]
    public void Folders_NotInACache_AreNone()
    {
        using TemporaryFolder folder = new();

        Assert.IsEmpty(PackageCache.Folders(Assembly(folder, "application"), "linux-x64"));
        Assert.IsEmpty(PackageCache.Folders(PackageCache.TorchSharp, "linux-x64"));
        Assert.IsEmpty(PackageCache.Folders("", "linux-x64"));
    }

    [TestMethod]
    public void Folders_RealCache_HoldEveryFile()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ??
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string version = Regex.Match(File.ReadAllText(Repository.Path("Directory.Packages.props")), "\"TorchSharp\" Version=\"([^\"]+)\"").Groups[1].Value;
        string assembly = Path.Combine(packages, "torchsharp", version, "lib", "net8.0", "TorchSharp.dll");
        if (!File.Exists(assembly)) Assert.Inconclusive($"The packages of this machine are not in {packages}.");

        foreach (var (system, runtime) in new[] { ("linux", "linux-x64"), ("win", "win-x64"), ("osx", "osx-arm64") })
        {
            var folders = new NativeFolders([], PackageCache.Folders(assembly, runtime));
            foreach (string file in NativeFiles.Platform(system).Files)
            {
                Assert.IsNotNull(folders.Find(file), file);
                Assert.IsTrue(folders.IsInCache(folders.Find(file)!));
            }
        }
    }

    private static string Assembly(TemporaryFolder cache, string package) => Path.Combine(cache.Path, package, "0.107.0", "lib", "net8.0", "TorchSharp.dll");

    private static string Native(TemporaryFolder cache, string package, string version) =>
        Directory.CreateDirectory(Path.Combine(cache.Path, package, version, "runtimes", "linux-x64", "native")).FullName;

    private static void WriteSpecification(TemporaryFolder cache)
    {
        string folder = Directory.CreateDirectory(Path.Combine(cache.Path, "torchsharp-cpu", "0.107.0")).FullName;
        File.WriteAllText(Path.Combine(folder, "torchsharp-cpu.nuspec"), """
            <package><metadata><dependencies>
              <dependency id="libtorch-cpu" version="2.10.0" exclude="Build,Analyzers" />
              <dependency id="TorchSharp" version="0.107.0" exclude="Build,Analyzers" />
            </dependencies></metadata></package>
            """);
    }
}
