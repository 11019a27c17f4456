namespace MLNet.Embeddings;

/// <summary>Files in the temporary folder that nobody else sees and that end when they are closed, or with the process.</summary>
internal static class TemporaryFile
{
    /// <summary>How to have them in another folder, in words for an error.</summary>
    internal const string OtherFolder = "name another folder (TMPDIR, on Windows TMP)";

    /// <summary>The folder.</summary>
    internal static string Folder => Path.GetTempPath();

    /// <summary>A new one, to be written and read.</summary>
    /// <exception cref="IOException">The folder cannot hold it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written to.</exception>
    internal static FileStream Create(int bufferSize)
    {
        bool isWindows = OperatingSystem.IsWindows();
        string path = Path.Combine(Folder, $"mlnet-embeddings-{Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = bufferSize,
            Options = isWindows ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!isWindows) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // Elsewhere a file without a name lives as long as it is open: even a killed process leaves nothing behind.
        if (!isWindows) File.Delete(path);
        return file;
    }
}
