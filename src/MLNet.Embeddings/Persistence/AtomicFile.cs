using System.IO.Compression;

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

/// <summary>Copies model files so that weights stand in them uncompressed.</summary>
/// <remarks>Trained weights are as good as random: deflating saves a tenth of their size, and inflating takes longer than all else that loading does.</remarks>
internal static class WeightStoring
{
    /// <summary>Copies a model file, entry by entry.</summary>
    /// <param name="source">The file as ML.NET wrote it; readable from its beginning.</param>
    /// <param name="target">Where the copy goes.</param>
    internal static void Copy(Stream source, Stream target)
    {
        using var from = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
        using var to = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in from.Entries)
        {
            bool holdsArrays = entry.Name.EndsWith(SafeTensors.EntryName, StringComparison.Ordinal);
            var copy = to.CreateEntry(entry.FullName, holdsArrays ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
            copy.LastWriteTime = entry.LastWriteTime;
            using Stream read = entry.Open(), write = copy.Open();
            read.CopyTo(write);
        }
    }
}
