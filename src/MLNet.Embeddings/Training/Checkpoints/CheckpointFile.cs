using System.IO.Compression;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.Embeddings;

/// <summary>The file of a checkpoint: at any moment either the old one or the complete new one.</summary>
/// <param name="place">Where it is.</param>
internal sealed class CheckpointFile(CheckpointPlace place)
{
    private const string Kind = "Checkpoint", State = "state.safetensors";

    /// <summary>A file of a folder.</summary>
    internal CheckpointFile(string folder, string name = "checkpoint.zip") : this(new FolderPlace(folder, name))
    {
    }

    /// <summary>Full path of the file, or what else it is called.</summary>
    internal string FilePath => place.Name;

    internal bool Exists => place.Exists;

    /// <inheritdoc cref="CheckpointPlace.Prepare"/>
    internal void Prepare() => place.Prepare();

    /// <param name="checkpoint">The state.</param>
    /// <param name="arrays">What training changes.</param>
    /// <param name="best">The best weights so far; null if there are none yet.</param>
    internal void Write(Checkpoint checkpoint, IReadOnlyDictionary<string, WeightArray> arrays, IReadOnlyDictionary<string, WeightArray>? best) =>
        Write(checkpoint, CheckpointJson.Default.Checkpoint,
            (State, arrays), (SafeTensors.EntryName, best ?? new Dictionary<string, WeightArray>()));

    /// <param name="checkpoint">What a part of a fit came to.</param>
    /// <param name="arrays">Its arrays.</param>
    internal void Write(PartCheckpoint checkpoint, IReadOnlyDictionary<string, WeightArray> arrays) =>
        Write(checkpoint, CheckpointJson.Default.PartCheckpoint, (State, arrays));

    /// <exception cref="InvalidOperationException">The file is damaged.</exception>
    internal (Checkpoint Checkpoint, IReadOnlyDictionary<string, WeightArray> Arrays, IReadOnlyDictionary<string, WeightArray> Best) Read() =>
        Read(entries => (entries.ReadShape(CheckpointJson.Default.Checkpoint), entries.Read(State, SafeTensors.Read),
            entries.Read(SafeTensors.EntryName, SafeTensors.Read)));

    /// <exception cref="InvalidOperationException">The file is damaged.</exception>
    internal (PartCheckpoint Checkpoint, IReadOnlyDictionary<string, WeightArray> Arrays) ReadPart() =>
        Read(entries => (entries.ReadShape(CheckpointJson.Default.PartCheckpoint), entries.Read(State, SafeTensors.Read)));

    internal InvalidOperationException Damaged(Exception? cause = null) =>
        new($"The checkpoint '{FilePath}' is damaged. Delete it to train from the beginning.", cause);

    /// <summary>Writes the file; where that fails, a warning says so and the fit goes on.</summary>
    /// <param name="log">Takes the warning.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>Whether it was written.</returns>
    internal bool TryWrite(FitLog log, Action<CheckpointFile> write) => Try(log, () => write(this), "was not written, training goes on");

    /// <summary>Deletes the file if it is there; where that fails, a warning says so.</summary>
    /// <param name="log">Takes the warning.</param>
    internal void TryDelete(FitLog log)
    {
        if (Exists) Try(log, place.Delete, "was not deleted; delete it before another fit uses its folder");
    }

    private bool Try(FitLog log, Action act, string failure)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Warn($"The checkpoint '{FilePath}' {failure}: {e.Message}");
            return false;
        }
    }

    private void Write<T>(T checkpoint, JsonTypeInfo<T> type, params (string Name, IReadOnlyDictionary<string, WeightArray> Arrays)[] arrays) =>
        place.Write(stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            var entries = new EntryWriter((name, body) =>
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                body(entry);
            });
            foreach (var (entryName, values) in arrays) entries.Write(entryName, entry => SafeTensors.Write(entry, values));
            entries.WriteShape(Kind, checkpoint, type);
        });

    private T Read<T>(Func<EntryReader, T> read)
    {
        try
        {
            using var file = place.Open();
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return read(new EntryReader((name, use) =>
            {
                if (archive.GetEntry(name) is not { } entry) return false;
                using var stream = entry.Open();
                use(stream);
                return true;
            }));
        }
        // A stream of an entry that another program has compressed has no length.
        catch (Exception e) when (e is FormatException or InvalidDataException or NotSupportedException)
        {
            throw Damaged(e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw RefusedAccess.Error($"The checkpoint '{FilePath}' cannot be read", e);
        }
    }
}
