using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>The folders in which an application's native libraries may lie, searched in order.</summary>
internal sealed class NativeFolders(IEnumerable<string> paths)
{
    internal IReadOnlyList<string> Paths { get; } = [.. paths.Select(Path.TrimEndingDirectorySeparator).Distinct()];

    /// <summary>Where .NET itself looks, then where packages' files are copied, then the application's own folder.</summary>
    internal static NativeFolders OfApplication(NativePlatform platform)
    {
        string known = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string runtime = $"{platform.System}-{RuntimeInformation.ProcessArchitecture}".ToLowerInvariant();
        return new NativeFolders([
            .. known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            Path.Combine(AppContext.BaseDirectory, "runtimes", runtime, "native"),
            AppContext.BaseDirectory]);
    }

    /// <summary>The path of the first file of that name; null if there is none.</summary>
    internal string? Find(string fileName) =>
        Paths.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);
}
