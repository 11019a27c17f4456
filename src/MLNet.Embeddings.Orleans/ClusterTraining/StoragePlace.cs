namespace MLNet.Embeddings;

/// <summary>A checkpoint in the storage of the cluster.</summary>
/// <param name="storage">The storage.</param>
/// <param name="fit">Key of the fit.</param>
/// <param name="isLeft">Whether another coordinator has it now, so that it stays as it is.</param>
internal sealed class StoragePlace(StateStorage storage, string fit, Func<bool> isLeft) : CheckpointPlace
{
    private const string Names = "checkpoints";

    // A content of its own for each, so that the old one is whole until the new one is.
    private long? _current;

    internal override string Name => fit;

    internal override bool Exists => Current() > 0;

    internal override void Prepare()
    {
    }

    internal override void Write(Action<Stream> write)
    {
        if (isLeft()) return;
        long old = Current(), next = old + 1;
        Try(async () =>
        {
            // On a thread of the pool, as what writes may not wait where grains run.
            using (var pieces = new PieceStream(ContentOf(next))) await Task.Run(() => write(pieces)).ConfigureAwait(false);
            await storage.WriteAsync(Names, Name, BitConverter.GetBytes(next)).ConfigureAwait(false);
            if (old > 0) await ContentOf(old).DeleteAsync().ConfigureAwait(false);
            return true;
        });
        _current = next;
    }

    internal override Stream Open() =>
        PieceReader.Open(ContentOf(Current())) ?? throw new IOException($"The checkpoint '{Name}' is not in the grain storage.");

    internal override void Delete()
    {
        long old = Current();
        if (old == 0 || isLeft()) return;
        Try(async () =>
        {
            await storage.DeleteAsync(Names, Name).ConfigureAwait(false);
            await ContentOf(old).DeleteAsync().ConfigureAwait(false);
            return true;
        });
        _current = 0;
    }

    internal override CheckpointPlace Beside(string name) => new StoragePlace(storage, $"{fit}/{name}", isLeft);

    /// <summary>Number of the checkpoint that is there; 0 for none.</summary>
    private long Current() => _current ??= Try(() => storage.ReadAsync(Names, Name)) is { } bytes ? BitConverter.ToInt64(bytes) : 0;

    private Content ContentOf(long number) => new(storage, $"checkpoint/{fit}/{number}");

    private T Try<T>(Func<Task<T>> call)
    {
        try
        {
            return Task.Run(call).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            throw new IOException($"The grain storage '{EmbeddingsSiloOptions.StorageName}' failed at the checkpoint '{Name}': {e.Message}", e);
        }
    }
}
