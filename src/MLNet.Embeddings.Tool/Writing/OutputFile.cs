namespace MLNet.Embeddings.Tool;

/// <summary>Looks at where files are to be written before anything is computed for them.</summary>
internal static class OutputFile
{
    /// <exception cref="UserException">The folder does not exist.</exception>
    internal static void Require(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw new UserException($"There is no folder '{folder}' for {Path.GetFileName(path)}. Create it, or name another file.");
    }
}
