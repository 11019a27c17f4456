using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class GruModuleTests
{
    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 5)]
    [DataRow(24, 17)]
    public void Encode_RaggedRows_IsTorchsGruWithAllGradients(int dimensions, int units)
    {
        using var scope = torch.NewDisposeScope();
        var shape = new SequenceShape("Words", KeyCount: 9, dimensions, SequenceEncoder.Gru(units));
        using GruModule ours = new(shape, new(0, 2));
        using TorchGruModule torchs = new(shape, new(0, 2));
        MakeAlike(ours, torchs);
        var random = new Random(1);
        int[][] rows = [[], .. Enumerable.Range(0, 12).Select(row => Enumerable.Range(0, row).Select(_ => random.Next(1, 10)).ToArray())];
        var batch = new SequenceBatcher(Tables.Sequences(rows, keyCount: 9)).Cut([.. Enumerable.Range(0, rows.Length)], UnknownDropout.None);
        using var weights = torch.rand(rows.Length, units);

        using torch.Tensor encoded = ours.Encode(batch), expected = torchs.Encode(batch);
        (encoded * weights).sum().backward();
        (expected * weights).sum().backward();

        AssertClose(expected.contiguous(), encoded, "last states");
        AssertClose(torchs.Table.Gradients, ours.Table.Gradients, "gradients of the table");
        foreach (var (mine, other) in ours.parameters().Zip(torchs.parameters()))
        {
            CollectionAssert.AreEqual(other.shape, mine.shape);
            AssertClose(other.grad!.contiguous(), mine.grad!, "gradients");
        }
    }

    /// <summary>Gives both the same random weights; they register them in the same order.</summary>
    private static void MakeAlike(GruModule ours, TorchGruModule torchs)
    {
        using var noGradients = torch.no_grad();
        foreach (var (mine, other) in ours.parameters().Zip(torchs.parameters())) other.copy_(mine.uniform_(-0.8, 0.8));
        Numbers.Random(ours.Table.Values.Length, seed: 1).CopyTo(ours.Table.Values, 0);
        ours.Table.Values.CopyTo(torchs.Table.Values, 0);
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual, string what) => AssertClose(expected.Floats(), actual.Floats(), what);

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what) =>
        Numbers.AreClose([.. expected.ToArray().Select(value => (double)value)], actual, what);
}
