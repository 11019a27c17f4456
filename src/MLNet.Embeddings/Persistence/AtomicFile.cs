using System.IO.Compression;

namespace MLNet.Embeddings;

/// <summary>Writes files so that a failure leaves the old one as it was.</summary>
internal static class AtomicFile
{
    /// <summary>How the names of files end that are being written.</summary>
    private const string Ending = ".writing";

    /// <summary>Writes to a temporary file in the same folder, which is then moved over the old one; on failure it is removed.</summary>
    /// <remarks>
    /// Through a symbolic link the file is written that it leads to. Permissions, and as far as the process may the owner and the group, stay those of the old
    /// file. Whoever watches the file is told that it has changed. Temporary files of processes that ended while they wrote are removed.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be written; an old one is unchanged.</exception>
    internal static void Write(string path, Action<FileStream> write)
    {
        string target = Followed(path), temporary = TemporaryName(target);
        try
        {
            RemoveAbandoned(target);
            // It is moved while it is open, so that no other process takes it for an abandoned one in between.
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete))
            {
                if (!OperatingSystem.IsWindows() && File.Exists(target)) UnixOwner.Keep(target, stream.SafeFileHandle);
                write(stream);
                stream.Flush(flushToDisk: true);
                File.Move(temporary, target, overwrite: true);
            }
            // To be renamed is no change to those who watch a file.
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }
        catch (UnauthorizedAccessException e)
        {
            throw RefusedAccess.Error($"The file '{path}' cannot be written", e);
        }
        finally
        {
            // Gone already if it was moved.
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>Opens a temporary file beside a file that is to be written, which is gone once it is closed.</summary>
    internal static FileStream OpenTemporary(string path) =>
        new(TemporaryName(Followed(path)), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose);

    /// <summary>Removes what processes that ended while they wrote a file have left beside it; what is being written stays.</summary>
    internal static void RemoveAbandoned(string path)
    {
        string target = Followed(path);
        if (!Directory.Exists(Path.GetDirectoryName(target))) return;
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"{Path.GetFileName(target)}.*{Ending}"))
        {
            try
            {
                new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process is writing it, or has just moved it.
            }
        }
    }

    private static string TemporaryName(string path) => $"{path}.{Path.GetRandomFileName()}{Ending}";

    private static string Followed(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }
}

/// <summary>The error where the system refuses access to a file or folder: one type for whatever goes wrong with files.</summary>
internal static class RefusedAccess
{
    internal static IOException Error(string what, UnauthorizedAccessException cause) =>
        new($"{what}: {cause.Message} Give the process the right to it, or name another place.", cause);
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
