namespace MLNet.Embeddings;

/// <summary>Where scores are written to.</summary>
internal static class OutputPath
{
    /// <summary>The folder of the scores as all know it.</summary>
    /// <exception cref="ArgumentException">It is not a folder under the data folder.</exception>
    internal static string Checked(string output)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(output);
        string folder = string.Join('/', output.Split('/', '\\').Where(part => part is not ("" or ".")));
        if (Path.IsPathRooted(output) || folder.Split('/').Contains("..") || folder.Length == 0)
        {
            throw new ArgumentException(
                $"Scores cannot be written to '{output}': name a folder of their own under the silos' {nameof(EmbeddingsSiloOptions.DataFolder)}, such as " +
                "'scored/'.", nameof(output));
        }
        return folder;
    }

    /// <summary>The file of a shard: of its name, with the extension of the format.</summary>
    internal static string Of(string output, string shard, TableFormat format)
    {
        string extension = format switch
        {
            TableFormat.Parquet => ".parquet",
            TableFormat.Json => ".jsonl",
            _ => ".csv",
        };
        // A name need not be that of a file.
        var parts = shard.Split('/', '\\').Select(part => string.Concat(part.Select(one => Invalid.Contains(one) ? '_' : one)))
            .Select(part => part is "" or "." or ".." ? "_" : part);
        string name = string.Join('/', parts);
        return $"{output}/{name}{(name.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? "" : extension)}";
    }

    // Those of all systems: silos may run on several.
    private const string Invalid = "<>:\"|?*\0";

    /// <exception cref="ArgumentException">It leads out of the folder.</exception>
    internal static string Full(string folder, string path)
    {
        string full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? full
            : throw new ArgumentException($"'{path}' leads out of '{folder}'.", nameof(path));
    }
}
