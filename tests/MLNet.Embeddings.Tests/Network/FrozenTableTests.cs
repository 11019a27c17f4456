namespace MLNet.Embeddings.Tests;

/// <summary>Tables that stay as they are.</summary>
[TestClass]
public sealed class FrozenTableTests
{
    private const int KeyCount = 9, Dimensions = 4;

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Columns))]
    public void Learn_FrozenTable_GivesAllOtherGradients(object column)
    {
        var shape = TorchNetworks.Shape([3], (ColumnShape)column, new BagShape("Bag", KeyCount, 2, BagPooling.Mean));

        AssertSameGradients(isTrained => new MultiEmbeddingNetwork(shape, Settings(shape, isTrained)));
    }

    [TestMethod]
    public void Learn_FrozenTableWithoutTorch_GivesAllOtherGradients()
    {
        foreach (var column in new ColumnShape[] { new BagShape("Words", KeyCount, Dimensions, BagPooling.Sum), new CategoryShape("Words", KeyCount, Dimensions) })
        {
            var shape = TorchNetworks.Shape([3], column, new BagShape("Bag", KeyCount, 2, BagPooling.Mean));

            AssertSameGradients(isTrained => new ManagedNetwork(shape, Settings(shape, isTrained), new SplitMix(1)));
        }
    }

    private static IEnumerable<object[]> Columns =>
    [
        .. TorchNetworks.Encoders.Where(encoder => encoder is not GruEncoder { Dropout: > 0 }).Select(encoder => new object[] { new SequenceShape("Words", KeyCount, Dimensions, encoder) }),
        [new BagShape("Words", KeyCount, Dimensions, BagPooling.Mean)], [new CategoryShape("Words", KeyCount, Dimensions)],
    ];

    private static LearningSettings Settings(NetworkShape shape, bool isTrained) => new(Dropout: 0, Threads: 1)
    {
        Tables = new Dictionary<string, TableStart> { [shape.Tables.First().Name] = new(Numbers.Random((KeyCount + 1) * Dimensions, seed: 1), isTrained) },
    };

    private static void AssertSameGradients(Func<bool, ILearningNetwork> create)
    {
        using ILearningNetwork frozen = create(false), trained = create(true);
        float[] values = [.. frozen.Tables[0].Values];
        foreach (var network in new[] { frozen, trained })
        {
            Numbers.Random(network.Dense.Values.Length, seed: 2).CopyTo(network.Dense.Values, 0);
            Numbers.Random(network.Tables[1].Values.Length, seed: 3).CopyTo(network.Tables[1].Values, 0);
            network.Learn(CreateBatch(network.Shape), Networks.Objective.Loss);
        }

        Assert.IsTrue(frozen.Tables[0].Touched.IsEmpty && frozen.Tables[0].Gradients.IsEmpty);
        Assert.IsTrue(frozen.Tables[0].Moments.All(moment => moment.Values.Length == 0));
        Assert.AreSame(frozen.Tables[0].Values, frozen.Tables[0].Learned.Values);
        CollectionAssert.AreEqual(values, frozen.Tables[0].Values);
        Assert.IsTrue(trained.Tables[0].Gradients.ContainsAnyExcept(0f) && trained.Dense.Gradients.Any(gradient => gradient != 0));
        CollectionAssert.AreEqual(trained.Dense.Gradients, frozen.Dense.Gradients);
        CollectionAssert.AreEqual(trained.Tables[1].Gradients.ToArray(), frozen.Tables[1].Gradients.ToArray());
    }

    private static RowBatch CreateBatch(NetworkShape shape)
    {
        int[][] rows = [[1, 2, 3], [], [4, 2, 9, 9, 5], [7]];
        ColumnData Data(ColumnShape column) => column is CategoryShape ? new CategoryData([1, 0, 9, 4], KeyCount, hasUnknown: false) : Tables.Sequences(rows, KeyCount);
        var table = new TrainingTable([.. shape.Columns.Select(Data)], [[1, 0, 0, 1]], [1, 1, 1, 1], SkippedRows: 0);
        return new Batcher(table, new NumberScale?[shape.Columns.Count]).Cut([0, 1, 2, 3], UnknownDropout.None);
    }
}
