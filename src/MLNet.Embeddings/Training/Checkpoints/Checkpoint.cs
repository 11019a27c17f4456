using System.IO.Compression;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.Embeddings;

/// <summary>The state of a training between two steps, but for its arrays.</summary>
/// <param name="Settings">What the training must be continued with.</param>
/// <param name="Position">How far it has come.</param>
/// <param name="Epochs">How the epochs went that are over.</param>
/// <param name="OptimizerSteps">Steps of the optimizer.</param>
/// <param name="Generators">States of generators that are not given by seed and step.</param>
internal sealed record Checkpoint(
    IReadOnlyDictionary<string, string> Settings, TrainingPosition Position, IReadOnlyList<EpochResult> Epochs, int OptimizerSteps, byte[] Generators);

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">Number of the epoch at hand, from 1.</param>
/// <param name="Step">Steps of the epoch that are done.</param>
/// <param name="LossSum">Weighted sum of the losses of their rows.</param>
/// <param name="LossWeight">Sum of the weights of their rows.</param>
internal sealed record TrainingPosition(int Epoch, int Step = 0, double LossSum = 0, double LossWeight = 0);

/// <summary>What a part of a fit came to, but for arrays: the wide part, or the trials of a search.</summary>
/// <param name="Settings">What the part must be the same for.</param>
/// <param name="Numbers">Numbers by name.</param>
internal sealed record PartCheckpoint(IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, double> Numbers);

/// <summary>Serializer of checkpoints, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Checkpoint))]
[JsonSerializable(typeof(PartCheckpoint))]
internal sealed partial class CheckpointJson : JsonSerializerContext;

/// <summary>The file of a checkpoint: at any moment either the old one or the complete new one.</summary>
internal sealed class CheckpointFile(string folder, string name = "checkpoint.zip")
{
    private const string Kind = "Checkpoint", State = "state.safetensors";

    /// <summary>Full path of the file.</summary>
    internal string FilePath { get; } = Path.Combine(Path.GetFullPath(folder), name);

    internal bool Exists => File.Exists(FilePath);

    /// <summary>Makes the folder and removes what a process that ended while it wrote left there.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    internal void Prepare()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            AtomicFile.RemoveAbandoned(FilePath);
        }
        catch (UnauthorizedAccessException e)
        {
            throw RefusedAccess.Error($"The folder of checkpoints '{Path.GetDirectoryName(FilePath)}' cannot be used", e);
        }
    }

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
        if (Exists) Try(log, () => File.Delete(FilePath), "was not deleted; delete it before another fit uses its folder");
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
        AtomicFile.Write(FilePath, stream =>
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
            using var archive = ZipFile.OpenRead(FilePath);
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
