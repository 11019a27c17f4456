using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class GruModuleTests
{
    private const int KeyCount = 9;

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Encode_RaggedRows_IsTorchsGruWithAllGradients(SequenceEncoder encoder)
    {
        using var scope = torch.NewDisposeScope();
        var shape = new SequenceShape("Words", KeyCount, Dimensions: 5, encoder);
        TorchTable ourTable = CreateTable(shape), torchsTable = CreateTable(shape);
        using GruModule ours = new(shape, (GruEncoder)encoder, ourTable, new(0, 2));
        using TorchGruModule torchs = new(shape, (GruEncoder)encoder, torchsTable, new(0, 2));
        MakeAlike(ours, torchs);
        var batch = CreateBatch();
        using var weights = torch.rand(batch.Lengths.Length, shape.OutputSize);
        ours.eval();
        torchs.eval();

        foreach (var table in new[] { ourTable, torchsTable }) table.LookUp(batch.Terms);
        using torch.Tensor encoded = ours.Encode(batch), expected = torchs.Encode(batch);
        (encoded * weights).sum().backward();
        (expected * weights).sum().backward();

        AssertClose(expected.contiguous(), encoded, "vectors");
        AssertClose(torchsTable.Gradients, ourTable.Gradients, "gradients of the table");
        foreach (var (mine, other) in ours.parameters().Zip(torchs.parameters()))
        {
            CollectionAssert.AreEqual(other.shape, mine.shape);
            AssertClose(other.grad!.contiguous(), mine.grad!, "gradients");
        }
        CollectionAssert.AreEqual(torchs.Arrays().Select(array => array.Name).ToArray(), ours.Arrays().Select(array => array.Name).ToArray());
        foreach (var (mine, other) in ours.Arrays().Zip(torchs.Arrays())) CollectionAssert.AreEqual(other.Values, mine.Values, mine.Name);
    }

    [TestMethod]
    [DataRow(1, false)]
    [DataRow(2, true)]
    public void Encode_InTraining_DropsStatesBetweenLayersOnly(int layers, bool drops)
    {
        using var scope = torch.NewDisposeScope();
        var encoder = new GruEncoder(Units: 6, layers, Bidirectional: true, Dropout: 0.5, GruReadout.Mean);
        var shape = new SequenceShape("Words", KeyCount, Dimensions: 5, encoder);
        var table = CreateTable(shape);
        using var module = new GruModule(shape, encoder, table, new(0, 2));
        var batch = CreateBatch();
        table.LookUp(batch.Terms);

        float[] first = [.. module.Encode(batch).Floats()], second = [.. module.Encode(batch).Floats()];
        module.eval();
        float[] third = [.. module.Encode(batch).Floats()], fourth = [.. module.Encode(batch).Floats()];

        Assert.AreEqual(drops, !first.SequenceEqual(second));
        CollectionAssert.AreEqual(third, fourth);
    }

    private static IEnumerable<SequenceEncoder[]> Encoders =>
        [.. TorchNetworks.Encoders.Append(SequenceEncoder.Gru(1)).Where(encoder => encoder is GruEncoder).Select(encoder => new[] { encoder })];

    private static SequenceBatch CreateBatch()
    {
        var random = new Random(1);
        int[][] rows = [[], .. Enumerable.Range(0, 12).Select(row => Enumerable.Range(0, row).Select(_ => random.Next(1, KeyCount + 1)).ToArray())];
        return (SequenceBatch)new Batcher(Tables.Of(Tables.Sequences(rows, KeyCount), rows.Length), [null]).Cut([.. Enumerable.Range(0, rows.Length)], UnknownDropout.None).Columns[0];
    }

    /// <summary>A table of random rows.</summary>
    private static TorchTable CreateTable(SequenceShape shape)
    {
        var table = new TorchTable(new(shape.Table, KeyCount, shape.Dimensions, IsPadded: true, Columns: [0]), new(Dropout: 0, Threads: 2));
        Numbers.Random(table.Values.Length, seed: 1).CopyTo(table.Values, 0);
        return table;
    }

    /// <summary>Gives both the same random weights; they register them in the same order.</summary>
    private static void MakeAlike(GruModule ours, TorchGruModule torchs)
    {
        using var noGradients = torch.no_grad();
        foreach (var (mine, other) in ours.parameters().Zip(torchs.parameters())) other.copy_(mine.uniform_(-0.8, 0.8));
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual, string what) => AssertClose(expected.Floats(), actual.Floats(), what);

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) =>
        Numbers.AreClose([.. expected.ToArray().Select(value => (double)value)], actual, what);
}
