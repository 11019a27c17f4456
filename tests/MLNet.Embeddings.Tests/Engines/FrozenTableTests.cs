using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Tables that stay as they are, with both engines.</summary>
[TestClass]
public sealed class FrozenTableTests
{
    private const string Table = "columns.words.table";

    private static readonly EngineSettings Settings = new() { Threads = 2, AveragingDecay = 0.9, WeightDecay = 0.1, DenseTableUpdates = true };

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Columns))]
    public void Learn_FrozenTable_GivesAllOtherGradients(object column)
    {
        var trained = TorchCases.Network(5, new HeadShape([4]), (ColumnShape)column, new BagShape("bag", KeyCount: 9, Dimensions: 2, BagPooling.Mean));
        // Small products are slower on several threads.
        using var turn = TorchTurn.Take(1, CancellationToken.None);
        Check(trained, initial => new KernelColumns(trained.Shape, initial, Settings), network => ((KernelColumns)network).Gradients());
        Check(trained, initial => new TorchColumnNetwork(trained.Shape, initial, Settings, torch.CPU), network => ((TorchColumnNetwork)network).Gradients());
    }

    private static IEnumerable<object[]> Columns =>
    [
        .. TorchCases.Encoders.Select(TorchCases.WithoutDropout).Select(encoder => new object[] { new SequenceShape("words", KeyCount: 9, Dimensions: 4,
            encoder) }),
        [new BagShape("words", KeyCount: 9, Dimensions: 4, BagPooling.Sum)], [new CategoryShape("words", KeyCount: 9, Dimensions: 4)],
    ];

    private static void Check(
        TrainedNetwork trained, Func<Dictionary<string, InitialArray>, ITrainableColumns> create, Func<ITrainableColumns, IReadOnlyDictionary<string,
            float[]>> gradientsOf)
    {
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 30, seed: 1));
        Dictionary<string, InitialArray> initial = TorchCases.Initial(trained, Table);
        using ITrainableColumns frozen = create(initial), free = create(TorchCases.Initial(trained));
        float[] before = [.. initial[Table].Values];

        Assert.AreEqual(free.Learn(batch, TorchCases.Loss), frozen.Learn(batch, TorchCases.Loss));
        var (expected, actual) = (gradientsOf(free), gradientsOf(frozen));

        Assert.IsTrue(expected[Table].Any(gradient => gradient != 0));
        Assert.IsFalse(actual.TryGetValue(Table, out float[]? none) && none.Any(gradient => gradient != 0));
        foreach (var (name, gradients) in expected.Where(array => array.Key != Table)) CollectionAssert.AreEqual(gradients, actual[name], name);

        frozen.Step(0.1);
        frozen.Learn(batch, TorchCases.Loss);
        frozen.Step(0.1);
        using (frozen.UseAverage()) { }
        float[] exported = frozen.Export().Single(array => array.Name == Table).Values;
        CollectionAssert.AreEqual(before, exported);
        Assert.AreSame(initial[Table].Values, exported);
        Assert.IsFalse(frozen.Save().Arrays.Keys.Any(name => name.Contains(Table, StringComparison.Ordinal)));
    }
}
