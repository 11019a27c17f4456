using System.IO.Compression;

namespace MLNet.Embeddings;

/// <summary>The file of a checkpoint: at any moment either the old one or the complete new one.</summary>
internal sealed class CheckpointFile(string folder)
{
    private const string Name = "checkpoint.zip", Kind = "Checkpoint", State = "state.safetensors";

    /// <summary>Full path of the file.</summary>
    internal string FilePath { get; } = Path.Combine(Path.GetFullPath(folder), Name);

    internal bool Exists => File.Exists(FilePath);

    /// <summary>Makes the folder and removes what a process that ended while it wrote left there.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    internal void Prepare()
    {
        string folder = Path.GetDirectoryName(FilePath)!;
        Directory.CreateDirectory(folder);
        // The pattern's end stands for nothing as well.
        foreach (string file in Directory.GetFiles(folder, $"{Name}.*").Where(file => Path.GetFileName(file) != Name)) File.Delete(file);
    }

    /// <param name="checkpoint">The state.</param>
    /// <param name="arrays">What training changes.</param>
    /// <param name="best">The best weights so far; null if there are none yet.</param>
    internal void Write(Checkpoint checkpoint, IReadOnlyDictionary<string, WeightArray> arrays, IReadOnlyDictionary<string, WeightArray>? best) => AtomicFile.Write(FilePath, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var entries = new EntryWriter((name, body) =>
        {
            using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            body(entry);
        });
        entries.Write(State, entry => SafeTensors.Write(entry, arrays));
        entries.Write(SafeTensors.EntryName, entry => SafeTensors.Write(entry, best ?? new Dictionary<string, WeightArray>()));
        entries.WriteShape(Kind, checkpoint, CheckpointJson.Default.Checkpoint);
    });

    /// <exception cref="InvalidOperationException">The file is damaged.</exception>
    internal (Checkpoint Checkpoint, IReadOnlyDictionary<string, WeightArray> Arrays, IReadOnlyDictionary<string, WeightArray> Best) Read()
    {
        try
        {
            using var archive = ZipFile.OpenRead(FilePath);
            var entries = new EntryReader((name, use) =>
            {
                if (archive.GetEntry(name) is not { } entry) return false;
                using var stream = new MemoryStream();
                using (var packed = entry.Open()) packed.CopyTo(stream);
                stream.Position = 0;
                use(stream);
                return true;
            });
            return (entries.ReadShape(CheckpointJson.Default.Checkpoint), entries.Read(State, SafeTensors.Read), entries.Read(SafeTensors.EntryName, SafeTensors.Read));
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw new InvalidOperationException($"The checkpoint '{FilePath}' is damaged. Delete it to train from the beginning.", e);
        }
    }

    internal void Delete() => File.Delete(FilePath);
}
