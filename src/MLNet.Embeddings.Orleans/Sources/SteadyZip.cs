using System.IO.Compression;

namespace MLNet.Embeddings;

/// <summary>What ML.NET saves, as the same bytes whenever it is saved.</summary>
internal static class SteadyZip
{
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="save">Saves a zip to a stream.</param>
    internal static byte[] Of(Action<Stream> save)
    {
        using var stream = new MemoryStream();
        save(stream);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var entry in zip.Entries) entry.LastWriteTime = Time;
        }
        return stream.ToArray();
    }
}
