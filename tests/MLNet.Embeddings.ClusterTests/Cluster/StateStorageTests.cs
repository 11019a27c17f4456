using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class StateStorageTests
{
    [TestMethod]
    public async Task Write_AfterAnotherSilo_WritesAndReadsOnlyWhereItMust()
    {
        var stored = new VersionedStorage();
        StateStorage one = On(stored), other = On(stored);

        await one.WriteAsync("name", "key", [1]);
        await one.WriteAsync("name", "key", [2]);
        Assert.AreEqual(1, stored.Reads, "its own version is known");
        await other.WriteAsync("name", "key", [3]);
        await one.WriteAsync("name", "key", [4]);

        CollectionAssert.AreEqual(new byte[] { 4 }, await other.ReadAsync("name", "key"));
        int reads = stored.Reads;
        await one.DeleteAsync("name", "key");
        Assert.AreEqual(reads, stored.Reads, "what it wrote is removed without being read");
        Assert.IsNull(await other.ReadAsync("name", "key"));
        await other.DeleteAsync("name", "key");
        await other.WriteAsync("name", "key", [5]);
        CollectionAssert.AreEqual(new byte[] { 5 }, await one.ReadAsync("name", "key"));
    }

    [TestMethod]
    [DataRow(0.3)]
    [DataRow(2.0)]
    [DataRow(2.5)]
    public void Content_WrittenInPieces_IsReadFromAnywhere(double pieces)
    {
        byte[] bytes = new byte[(int)(pieces * StateStorage.PieceBytes)], read = new byte[bytes.Length], some = new byte[10];
        new Random(1).NextBytes(bytes);
        var content = new Content(On(new VersionedStorage()), "key");
        Assert.IsNull(PieceReader.Open(content));

        using (var stream = new PieceStream(content))
        {
            foreach (byte[] chunk in bytes.Chunk(100_001)) stream.Write(chunk);
        }
        using var reader = PieceReader.Open(content)!;

        Assert.AreEqual(bytes.Length, reader.Length);
        reader.Seek(-5, SeekOrigin.End);
        Assert.AreEqual(5, reader.Read(some));
        Assert.AreEqual(0, reader.Read(some));
        reader.Position = bytes.Length / 2 - 5; // of two pieces, the border
        reader.ReadExactly(some);
        CollectionAssert.AreEqual(bytes[(bytes.Length / 2 - 5)..(bytes.Length / 2 + 5)], some);
        reader.Seek(0, SeekOrigin.Begin);
        reader.ReadExactly(read);
        CollectionAssert.AreEqual(bytes, read);
    }

    [TestMethod]
    public void Content_OfAStorageThatFails_IsAnIOErrorThatNamesIt()
    {
        var stored = new VersionedStorage();
        var content = new Content(On(stored), "key");
        using (var stream = new PieceStream(content)) stream.Write([1, 2, 3]);
        stored.Fault = new TimeoutException("The database does not answer.");

        var error = Assert.ThrowsExactly<IOException>(() => PieceReader.Open(content));

        Assert.Contains(EmbeddingsSiloOptions.StorageName, error.Message);
        Assert.Contains("does not answer", error.Message);
    }

    private static StateStorage On(IGrainStorage storage) =>
        new(new ServiceCollection().AddKeyedSingleton(EmbeddingsSiloOptions.StorageName, storage).BuildServiceProvider());

    /// <summary>Takes only changes of the version that is there, as storages in databases do.</summary>
    private sealed class VersionedStorage : IGrainStorage
    {
        private readonly Dictionary<string, (byte[] Bytes, int Version)> _states = [];
        private int _versions;

        internal int Reads { get; private set; }

        internal Exception? Fault { get; set; }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (Fault is not null) throw Fault;
            Reads++;
            bool exists = _states.TryGetValue($"{stateName}/{grainId}", out var state);
            (grainState.RecordExists, grainState.ETag) = (exists, exists ? $"{state.Version}" : null);
            if (exists) grainState.State = (T)(object)new StoredBytes { Bytes = state.Bytes };
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            Check(stateName, grainId, grainState.ETag);
            _states[$"{stateName}/{grainId}"] = ([.. ((StoredBytes)(object)grainState.State!).Bytes], ++_versions);
            (grainState.RecordExists, grainState.ETag) = (true, $"{_versions}");
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            Check(stateName, grainId, grainState.ETag);
            _states.Remove($"{stateName}/{grainId}");
            return Task.CompletedTask;
        }

        private void Check(string stateName, GrainId grainId, string? tag)
        {
            string? now = _states.TryGetValue($"{stateName}/{grainId}", out var state) ? $"{state.Version}" : null;
            if (now != tag) throw new InconsistentStateException("Another version is there.", now, tag);
        }
    }
}
