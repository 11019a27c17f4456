namespace MLNet.Embeddings;

/// <summary>The best weights of a training so far, in memory.</summary>
internal class BestWeights
{
    /// <summary>Whether there are any.</summary>
    internal virtual bool Exist => OfCheckpoint is not null;

    /// <summary>Whether a checkpoint that holds none is whole nevertheless, as they are kept elsewhere.</summary>
    internal virtual bool AreKeptElsewhere => false;

    /// <summary>Those that a checkpoint is to hold; null for none.</summary>
    internal IReadOnlyDictionary<string, WeightArray>? OfCheckpoint { get; private protected set; }

    /// <summary>Keeps weights in the place of those before.</summary>
    /// <param name="epoch">Number of the epoch that they are of.</param>
    /// <param name="export">Gives them; asked whether they must last, or will have been read before the next step.</param>
    internal virtual void Keep(int epoch, Func<bool, IReadOnlyDictionary<string, WeightArray>> export)
    {
        OfCheckpoint = null; // not in memory beside the new ones
        OfCheckpoint = export(true);
    }

    /// <summary>Takes those back that a checkpoint goes on from.</summary>
    /// <param name="epoch">Number of the epoch that they are of; 0 where there are none.</param>
    /// <param name="ofCheckpoint">Those that it held.</param>
    /// <exception cref="IOException">They are kept elsewhere, and not there.</exception>
    internal virtual void Resume(int epoch, IReadOnlyDictionary<string, WeightArray>? ofCheckpoint) => OfCheckpoint = ofCheckpoint;

    /// <summary>A checkpoint goes on from them.</summary>
    internal virtual void AreOfCheckpoint()
    {
    }

    /// <summary>Gives them.</summary>
    /// <exception cref="IOException">They are kept elsewhere, and not there.</exception>
    internal virtual IReadOnlyDictionary<string, WeightArray> Read() => OfCheckpoint!;
}

/// <summary>The best weights of a training so far, kept beside its checkpoint, so that they take no memory.</summary>
/// <remarks>In two places in turn: those that the checkpoint goes on from stay until there is another one.</remarks>
/// <param name="checkpoint">Where the checkpoint is.</param>
/// <param name="log">Told where they must stay in memory, as they cannot be written.</param>
internal sealed class StoredBestWeights(CheckpointPlace checkpoint, FitLog log) : BestWeights
{
    private const string Epoch = "epoch";

    private readonly CheckpointFile[] _files = [.. Places(checkpoint).Select(place => new CheckpointFile(place))];
    private int? _current, _ofCheckpoint;

    internal override bool Exist => _current is not null || base.Exist;

    internal override bool AreKeptElsewhere => true;

    /// <summary>Where they are kept, beside the place of a checkpoint.</summary>
    internal static IEnumerable<CheckpointPlace> Places(CheckpointPlace checkpoint) => [checkpoint.Beside("best1"), checkpoint.Beside("best2")];

    internal override void Keep(int epoch, Func<bool, IReadOnlyDictionary<string, WeightArray>> export)
    {
        OfCheckpoint = null;
        int free = _ofCheckpoint == 0 ? 1 : 0;
        var part = new PartCheckpoint(new Dictionary<string, string>(), new Dictionary<string, double> { [Epoch] = epoch });
        _current = null;
        if (_files[free].TryWrite(log, file => file.Write(part, export(false)))) _current = free;
        else base.Keep(epoch, export);
    }

    internal override void Resume(int epoch, IReadOnlyDictionary<string, WeightArray>? ofCheckpoint)
    {
        base.Resume(epoch, ofCheckpoint);
        (_current, _ofCheckpoint) = (null, null);
        if (epoch == 0 || ofCheckpoint is not null) return;
        _current = _ofCheckpoint = Array.FindIndex(_files, file => file.Exists && file.ReadPart().Checkpoint.Numbers[Epoch] == epoch) is var found and >= 0
            ? found
            : throw new IOException($"The weights of epoch {epoch} are not beside the checkpoint '{checkpoint.Name}'.");
    }

    internal override void AreOfCheckpoint() => _ofCheckpoint = _current;

    internal override IReadOnlyDictionary<string, WeightArray> Read() => _current is { } current ? _files[current].ReadPart().Arrays : base.Read();
}
