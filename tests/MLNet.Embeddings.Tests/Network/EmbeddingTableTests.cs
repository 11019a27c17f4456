using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class EmbeddingTableTests
{
    private static readonly AdamStep Step = new(LearningRate: 0.1f, Beta1: 0.9f, Beta2: 0.999f, Epsilon: 1e-8f, WeightDecay: 0, Step: 1);

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    public void Values_NewTable_AreSmallAndDiffer()
    {
        var table = Create(rows: 10, dimensions: 8, padded: false);

        Assert.IsTrue(table.Values.All(value => Math.Abs(value) <= 0.05));
        Assert.IsGreaterThan(70, table.Values.Distinct().Count());
    }

    [TestMethod]
    public void LookUp_SomeKeys_IsTheirRowsInOrder()
    {
        using var scope = torch.NewDisposeScope();
        var table = Create(rows: 4, dimensions: 2, padded: false);

        var vectors = table.LookUp([3, 1]);

        CollectionAssert.AreEqual(new long[] { 2, 2 }, vectors.shape);
        CollectionAssert.AreEqual(new[] { table.Values[6], table.Values[7], table.Values[2], table.Values[3] }, vectors.Floats().ToArray());
    }

    [TestMethod]
    public void Update_TouchedRows_ChangesThoseAlone()
    {
        using var scope = torch.NewDisposeScope();
        var table = Create(rows: 5, dimensions: 2, padded: true);
        float[] before = [.. table.Values];

        table.LookUp([4, 2]).sum().backward();
        table.Update(Step, everyRow: false);

        int[] changed = [.. Enumerable.Range(0, 5).Where(row => !before.AsSpan(2 * row, 2).SequenceEqual(table.Values.AsSpan(2 * row, 2)))];
        CollectionAssert.AreEqual(new[] { 2, 4 }, changed);
        CollectionAssert.AreEqual(new float[] { 0, 0 }, table.Values[..2]);
    }

    [TestMethod]
    public void Update_TwoSteps_AreAdamsByHand()
    {
        using var scope = torch.NewDisposeScope();
        var table = Create(rows: 2, dimensions: 1, padded: false);
        table.Values[1] = 0.5f;

        (table.LookUp([1]) * 3).sum().backward();
        table.Update(Step, everyRow: false);
        table.Clear();
        (table.LookUp([1]) * -1).sum().backward();
        table.Update(Step with { Step = 2 }, everyRow: false);

        // The first step is the learning rate against the gradient's sign; the second has the moments of gradients 3 and -1.
        double mean = (0.9 * 0.1 * 3 + 0.1 * -1) / (1 - 0.9 * 0.9), square = (0.999 * 0.001 * 9 + 0.001 * 1) / (1 - 0.999 * 0.999);
        Assert.AreEqual(0.5 - 0.1 - 0.1 * mean / Math.Sqrt(square), table.Values[1], 1e-6);
    }

    [TestMethod]
    public void Update_LookedUpWithoutGradients_ChangesNothing()
    {
        using var scope = torch.NewDisposeScope();
        var table = Create(rows: 2, dimensions: 3, padded: false);
        float[] before = [.. table.Values];

        using (torch.no_grad()) table.LookUp([1]);
        table.Update(Step, everyRow: false);

        CollectionAssert.AreEqual(before, table.Values);
        Assert.IsTrue(table.Touched.IsEmpty);
    }

    [TestMethod]
    public void Clear_AfterAStep_ForgetsItsGradients()
    {
        using var scope = torch.NewDisposeScope();
        var table = Create(rows: 2, dimensions: 3, padded: false);
        table.LookUp([1]).sum().backward();
        table.Update(Step, everyRow: false);
        float[] before = [.. table.Values];

        table.Clear();
        table.Update(Step with { Step = 2 }, everyRow: false);

        CollectionAssert.AreEqual(before, table.Values);
    }

    private static TorchTable Create(int rows, int dimensions, bool padded) => new(new("table", rows - 1, dimensions, padded, Columns: [0]), new(Dropout: 0, Threads: 2));
}
