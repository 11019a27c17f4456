using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class OptimizerStateTests
{
    private const int Half = 15;

    private static readonly TrainingTable Table = CreateTable();

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DataRow(true, false, 0)]
    [DataRow(true, true, 0.99)]
    [DataRow(false, false, 0)]
    [DataRow(false, false, 0.5)]
    [DataRow(false, false, 0.99)]
    [DataRow(false, true, 0.99)]
    public void Restore_HalfWay_GoesOnBitForBit(bool managed, bool denseTableUpdates, double averagingDecay)
    {
        using var scope = torch.NewDisposeScope();
        var options = new MultiEmbeddingOptions { DenseTableUpdates = denseTableUpdates, Regularization = new() { AveragingDecay = averagingDecay } };
        using ILearningNetwork whole = Create(managed), first = Create(managed), second = Create(managed);
        NetworkOptimizer wholes = new(whole, options), firsts = new(first, options);
        Train(whole, wholes, 1, 2 * Half);
        Train(first, firsts, 1, Half);

        var saved = WrittenAndRead(firsts.Save());
        Train(first, firsts, Half + 1, 2 * Half); // What was saved is a copy, which this does not change.
        var seconds = new NetworkOptimizer(second, options);
        seconds.Restore(saved);
        Train(second, seconds, Half + 1, 2 * Half);

        CollectionAssert.AreEqual(Weights(whole), Weights(second));
        using IDisposable? average = wholes.UseAverage(), other = seconds.UseAverage();
        CollectionAssert.AreEqual(Weights(whole), Weights(second), "averages");
    }

    [TestMethod]
    public void Restore_StateOfOtherSettings_SaysWhatDiffersAndChangesNothing()
    {
        using ILearningNetwork network = Create(managed: true), narrower = new ManagedNetwork(Shape(managed: true, units: 2), new(0, 2), new SplitMix(1));
        var options = new MultiEmbeddingOptions();
        var averaging = options with { Regularization = new() { AveragingDecay = 0.9 } };
        NetworkOptimizer plain = new(network, options), averaged = new(network, averaging), smaller = new(narrower, options);
        Train(network, plain, 1, 2);
        var state = plain.Save();

        AssertRefused(averaged, state, "lacks the array 'dense.average'");
        AssertRefused(plain, averaged.Save(), "has the array 'dense.average', for which there is no use");
        AssertRefused(plain, smaller.Save(), "has 13 values in the array 'dense.first_moments' where 25 are needed");

        foreach (var (name, array) in plain.Save().Arrays) CollectionAssert.AreEqual(state.Arrays[name].Values, array.Values, name);
    }

    private static void AssertRefused(NetworkOptimizer optimizer, OptimizerState state, string what)
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => optimizer.Restore(state)).Message;

        Assert.AreEqual($"The state of the optimizer {what}; continue with the columns, data and options that it was saved with.", message);
    }

    /// <summary>The state after a way through a file.</summary>
    private static OptimizerState WrittenAndRead(OptimizerState state)
    {
        using var file = new MemoryStream();
        SafeTensors.Write(file, state.Arrays);
        file.Position = 0;
        return state with { Arrays = SafeTensors.Read(file) };
    }

    private static void Train(ILearningNetwork network, NetworkOptimizer optimizer, int from, int to)
    {
        int columns = network.Shape.Columns.Count;
        var batcher = new Batcher(Table with { Columns = [.. Table.Columns.Take(columns)] }, new NumberScale?[columns]);
        for (int step = from; step <= to; step++)
        {
            optimizer.Clear();
            network.Learn(batcher.Cut([step % 10, step * 7 % 10], UnknownDropout.None), Networks.Objective.Loss);
            optimizer.Step();
        }
    }

    private static float[] Weights(ILearningNetwork network) => [.. network.Dense.Values, .. network.Tables.SelectMany(table => table.Values)];

    private static ILearningNetwork Create(bool managed) =>
        managed ? new ManagedNetwork(Shape(managed, units: 4), new(0, 2), new SplitMix(1)) : TorchNetworks.Random(Shape(managed, units: 4), seed: 1);

    private static NetworkShape Shape(bool managed, int units)
    {
        var city = new CategoryShape("City", KeyCount: 9, Dimensions: 4);
        return TorchNetworks.Shape([units], managed ? [city] : [city, new SequenceShape("Words", KeyCount: 12, Dimensions: 2, SequenceEncoder.Gru(3))]);
    }

    /// <summary>Ten rows of a few keys each.</summary>
    private static TrainingTable CreateTable()
    {
        var random = new Random(1);
        int[] cities = [.. Enumerable.Range(0, 10).Select(_ => random.Next(10))];
        int[][] words = [.. Enumerable.Range(0, 10).Select(row => Enumerable.Range(0, row % 4).Select(_ => random.Next(1, 13)).ToArray())];
        float[] labels = [.. Enumerable.Range(0, 10).Select(_ => (float)random.Next(2))], weights = [.. Enumerable.Repeat(1f, 10)];
        return new TrainingTable([new CategoryData(cities, 9, hasUnknown: false), Tables.Sequences(words, keyCount: 12)], [labels], weights, SkippedRows: 0);
    }
}
