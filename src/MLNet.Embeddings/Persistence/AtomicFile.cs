namespace MLNet.Embeddings;

/// <summary>Writes files so that a failure leaves the old one as it was.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary file in the same folder, which is then moved over the old one; on failure it is removed.</summary>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    internal static void Write(string path, Action<FileStream> write)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            // Gone already if it was moved.
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }
}
