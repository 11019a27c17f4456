using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings;

/// <summary>The folders in which native libraries may lie, searched in order.</summary>
/// <param name="application">Those in which .NET looks itself.</param>
/// <param name="cache">Those of a package cache, in which it does not look.</param>
internal sealed class NativeFolders(IEnumerable<string> application, params IEnumerable<string> cache)
{
    private readonly HashSet<string> _application = [.. application.Select(Path.TrimEndingDirectorySeparator)];

    internal IReadOnlyList<string> Paths { get; } = [.. application.Concat(cache).Select(Path.TrimEndingDirectorySeparator).Distinct()];

    /// <summary>Where .NET itself looks, then where packages' files are copied, the application's own folder, and the cache that TorchSharp was loaded
    /// from, if it was.</summary>
    internal static NativeFolders OfApplication(NativePlatform platform)
    {
        string known = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string runtime = platform.RuntimeOf(RuntimeInformation.ProcessArchitecture);
        return new NativeFolders(
            [
                .. known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
                Path.Combine(AppContext.BaseDirectory, "runtimes", runtime, "native"),
                AppContext.BaseDirectory,
            ],
            PackageCache.Folders(PackageCache.TorchSharp, runtime));
    }

    /// <summary>The path of the first file of that name; null if there is none.</summary>
    internal string? Find(string fileName) =>
        Paths.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    /// <summary>Whether .NET does not find a file by its bare name.</summary>
    internal bool IsInCache(string path) => !_application.Contains(Path.GetDirectoryName(path)!);
}

/// <summary>How an operating system names libtorch's files and folders, and the packages that bring them there.</summary>
/// <param name="System">Its name in runtime identifiers.</param>
/// <param name="Prefix">What names of libraries begin with.</param>
/// <param name="Suffix">What they end with.</param>
/// <param name="Packages">What an application adds.</param>
/// <param name="Packaged">The only processors that these packages are for.</param>
internal sealed record NativePlatform(string System, string Prefix, string Suffix, string Packages, Architecture Packaged)
{
    internal static readonly NativePlatform Linux = new("linux", "lib", ".so", "TorchSharp-cpu (or TorchSharp-cuda-linux)", Architecture.X64);
    internal static readonly NativePlatform Windows = new("win", "", ".dll", "TorchSharp-cpu (or TorchSharp-cuda-windows)", Architecture.X64);
    internal static readonly NativePlatform MacOS = new("osx", "lib", ".dylib", "TorchSharp-cpu", Architecture.Arm64);

    internal static NativePlatform Current =>
        OperatingSystem.IsWindows() ? Windows :
        OperatingSystem.IsMacOS() ? MacOS :
        Linux;

    /// <summary>The files that must be there, each after those it depends on; the last is TorchSharp's own.</summary>
    internal IReadOnlyList<string> Files { get; } =
        [.. new[] { "c10", "torch_cpu", "torch", "LibTorchSharp" }.Select(name => Prefix + name + Suffix)];

    /// <summary>The runtime identifier of the system on a processor, such as "linux-x64".</summary>
    internal string RuntimeOf(Architecture architecture) => $"{System}-{architecture}".ToLowerInvariant();
}

/// <summary>The packages of libtorch in a NuGet package cache, from which scripts and notebooks load assemblies where they lie.</summary>
internal static partial class PackageCache
{
    /// <summary>The path of TorchSharp's assembly; empty if it lies in no file of its own.</summary>
    internal static string TorchSharp => Assembly.Load("TorchSharp").Location;

    /// <summary>The folders of native files that belong to a TorchSharp in a package cache; none if it lies elsewhere.</summary>
    /// <param name="assembly">The path of its assembly: {cache}/torchsharp/{version}/lib/{framework}/TorchSharp.dll.</param>
    /// <param name="runtime">The runtime identifier, such as "linux-x64".</param>
    internal static IEnumerable<string> Folders(string assembly, string runtime)
    {
        string? version = Above(assembly, 3), package = Above(assembly, 4), cache = Above(assembly, 5);
        if (cache is null || !"torchsharp".Equals(Path.GetFileName(package), StringComparison.OrdinalIgnoreCase)) return [];
        return [Native(version!, runtime), .. LibTorchFolders(cache, Path.GetFileName(version!), runtime)];
    }

    /// <summary>The packages of libtorch that the TorchSharp-cpu of a version depends on; several of them may share the files.</summary>
    private static IEnumerable<string> LibTorchFolders(string cache, string version, string runtime)
    {
        string specification = Path.Combine(cache, "torchsharp-cpu", version, "torchsharp-cpu.nuspec");
        if (!File.Exists(specification)) return [];
        string libTorch = Dependency().Match(File.ReadAllText(specification)).Groups["version"].Value;
        return libTorch.Length == 0
            ? []
            : Directory.EnumerateDirectories(cache, $"libtorch-cpu-{runtime}*").Order(StringComparer.Ordinal)
                .Select(package => Native(Path.Combine(package, libTorch), runtime)).Where(Directory.Exists);
    }

    private static string Native(string package, string runtime) => Path.Combine(package, "runtimes", runtime, "native");

    private static string? Above(string? path, int levels)
    {
        for (; levels > 0 && path is not null; levels--) path = Path.GetDirectoryName(path);
        return path;
    }

    [GeneratedRegex("""<dependency id="libtorch-cpu" version="(?<version>[^"]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Dependency();
}
