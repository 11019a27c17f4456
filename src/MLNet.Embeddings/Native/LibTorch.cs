using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Makes libtorch load, or says what is missing. To be called before any member of TorchSharp is touched.</summary>
internal static class LibTorch
{
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Loads libtorch where TorchSharp would not manage it alone. Any thread may call it, any number of times.</summary>
    /// <exception cref="DllNotFoundException">A native file is in none of the application's folders, or does not load here.</exception>
    internal static void EnsureLoaded()
    {
        lock (Gate)
        {
            if (_loaded) return;
            NativePlatform platform = NativePlatform.Current;
            if (!IsKnownToSystem(platform))
                Load(platform, NativeFolders.OfApplication(platform), [Path.GetTempPath(), AppContext.BaseDirectory]);
            _loaded = true;
        }
    }

    /// <summary>Loads what the folders hold. A marked copy, if needed, goes to the first of the copy folders that can hold it.</summary>
    internal static void Load(NativePlatform platform, NativeFolders folders, IReadOnlyList<string> copyFolders)
    {
        string[] paths = Locate(platform, folders, RuntimeInformation.ProcessArchitecture);
        if (platform != NativePlatform.Linux)
        {
            // These systems load the files as they are, by themselves from where .NET looks.
            foreach (string path in paths.Where(folders.IsInCache)) NativeLibrary.Load(path);
            return;
        }

        try
        {
            // The last looks for the others in its own folder only; once loaded, they are found by name wherever they lie.
            foreach (string path in paths[..^1]) NativeLibrary.Load(path);
            if (!NativeLibrary.TryLoad(paths[^1], out _)) LoadMarked(paths[^1], copyFolders);
        }
        catch (Exception exception) when (exception is DllNotFoundException or FormatException or InvalidOperationException)
        {
            throw new DllNotFoundException(
                "libtorch's native files were found, but do not load on this system. They need 64-bit x86 Linux with glibc 2.34 and the " +
                $"libstdc++ of GCC 12, or later (such as Debian 12 and Ubuntu 22.04): train on such a system, or with " +
                $"TrainingBackend.Kernels, which needs no native library. Details: {exception.Message}",
                exception);
        }
    }

    /// <summary>Whether the system's loader finds the library by its bare name: after an earlier load, or where it is installed.</summary>
    private static bool IsKnownToSystem(NativePlatform platform) =>
        platform == NativePlatform.Linux && NativeLibrary.TryLoad(platform.Files[^1], out _);

    /// <summary>The paths of the files, in the platform's order.</summary>
    /// <exception cref="DllNotFoundException">Some are in none of the folders.</exception>
    internal static string[] Locate(NativePlatform platform, NativeFolders folders, Architecture architecture)
    {
        string?[] paths = [.. platform.Files.Select(folders.Find)];
        if (!paths.Contains(null)) return paths!;

        if (architecture != platform.Packaged)
        {
            throw new DllNotFoundException(
                $"There is no package of libtorch for {platform.RuntimeOf(architecture)}, and its native files are in none of the application's folders. " +
                "Train with TrainingBackend.Kernels there, the default on CPUs, which needs no native library.");
        }
        IEnumerable<string> missing = platform.Files.Where((_, index) => paths[index] is null);
        throw new DllNotFoundException(
            $"Training with torch needs libtorch's native files, and {string.Join(", ", missing)} cannot be found. " +
            $"Folders looked in: {string.Join(", ", folders.Paths)}. " +
            $"Add the package {platform.Packages} to the application's project, or train with TrainingBackend.Kernels, which needs none.");
    }

    /// <summary>TorchSharp 0.107.0 asks for a version that libstdc++ has since GCC 13, because of one symbol that it never calls.</summary>
    private static void LoadMarked(string path, IReadOnlyList<string> copyFolders)
    {
        byte[] image = File.ReadAllBytes(path);
        if (VersionRequirement.MarkWeak(image, "GLIBCXX_3.4.32"))
            TemporaryLibrary.Load(image, copyFolders);
        else
            NativeLibrary.Load(path); // fails as before, and says why
    }
}
