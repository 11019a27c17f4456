using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Loads a native library from memory, by way of a file that is gone afterwards.</summary>
internal static class TemporaryLibrary
{
    /// <summary>Tries one folder after the other: a folder may be read-only, full, or barred from holding code.</summary>
    /// <exception cref="DllNotFoundException">The library loads from none of the folders.</exception>
    internal static void Load(ReadOnlySpan<byte> image, IReadOnlyList<string> folders)
    {
        List<string> reasons = [];
        foreach (string folder in folders)
        {
            try
            {
                LoadFrom(folder, image);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException)
            {
                reasons.Add($"{folder}: {exception.Message}");
            }
        }

        throw new DllNotFoundException(
            "A native library could not be loaded from a temporary file; one of these folders must be writable and may not be mounted " +
            $"'noexec'. Set the environment variable TMPDIR to such a folder.{Environment.NewLine}{string.Join(Environment.NewLine, reasons)}");
    }

    private static void LoadFrom(string folder, ReadOnlySpan<byte> image)
    {
        // A random name, a new file and no access for others: nobody can slip in a library of their own.
        string path = Path.Combine(folder, $"mlnet-embeddings-{Guid.NewGuid():N}.so");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using var file = new FileStream(path, options);
        file.Write(image);
        NativeLibrary.Load(path);
    }
}
