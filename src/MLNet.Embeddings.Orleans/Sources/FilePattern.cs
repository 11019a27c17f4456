using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace MLNet.Embeddings;

/// <summary>Files of a folder by a pattern.</summary>
internal static class FilePattern
{
    /// <exception cref="ArgumentException">The pattern is empty or leads out of the folder.</exception>
    internal static string Checked(string pattern)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        if (Path.IsPathRooted(pattern) || pattern.Split('/', '\\').Contains(".."))
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' leads out of the silos' data folder. Name files under that folder, such as 'orders/*.csv'; " +
                $"{nameof(EmbeddingsSiloOptions)}.{nameof(EmbeddingsSiloOptions.DataFolder)} says where it is.", nameof(pattern));
        }
        return pattern.Replace('\\', '/');
    }

    /// <summary>Paths within the folder, with slashes.</summary>
    internal static IEnumerable<string> Find(string pattern, string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(pattern);
        return matcher.Execute(new DirectoryInfoWrapper(new DirectoryInfo(folder))).Files.Select(file => file.Path.Replace('\\', '/'));
    }

    /// <exception cref="FileNotFoundException">The file is not there, or not within the folder.</exception>
    internal static string PathOf(string name, string folder)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name));
        bool isWithin = path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isWithin && File.Exists(path) ? path : throw new FileNotFoundException($"The file '{name}' is not in '{folder}'.", path);
    }
}
