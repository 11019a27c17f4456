namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class EmbeddingTableTests
{
    [TestMethod]
    public void Vectors_SomeKeys_AreTheirRowsInOrder()
    {
        var table = Create(rows: 4, dimensions: 2);

        table.LookUp([3, 1], training: false);

        Assert.AreEqual(2, table.VectorCount);
        CollectionAssert.AreEqual(new[] { table.Values[6], table.Values[7], table.Values[2], table.Values[3] }, table.Vectors().ToArray());
        CollectionAssert.AreEqual(new[] { table.Values[6], table.Values[7] }, table.Row(3).ToArray());
    }

    [TestMethod]
    public void Vectors_EveryKey_AreTheTableItself()
    {
        var table = Create(rows: 4, dimensions: 2);
        table.LookUp([2], training: false);

        table.LookUp(TermBatch.EveryKey, training: false);

        Assert.AreEqual(4, table.VectorCount);
        Assert.IsTrue(table.Vectors() == table.Values);
    }

    [TestMethod]
    public void Vectors_ValuesChangedSince_AreThoseOfTheNextLookUp()
    {
        var table = Create(rows: 3, dimensions: 1);
        table.LookUp([2], training: true);
        table.Vectors();

        table.Values[2] = 7;
        table.LookUp([2], training: true);

        Assert.AreEqual(7f, table.Vectors()[0]);
    }

    [TestMethod]
    public void Vectors_OfManyKeysOnSeveralThreads_AreAllThere()
    {
        var table = Create(rows: 3_000, dimensions: 32, threads: 3);
        int[] keys = [.. Enumerable.Range(0, 3_000).Reverse()];

        table.LookUp(keys, training: true);

        CollectionAssert.AreEqual(keys.SelectMany(key => table.Row(key).ToArray()).ToArray(), table.Vectors().ToArray());
    }

    [TestMethod]
    public void LookUp_InTraining_TouchesTheRowsAndBeginsWithoutGradients()
    {
        var table = Create(rows: 5, dimensions: 2);
        table.LookUp([4, 2], training: true);
        table.Gradients.Fill(9);

        table.LookUp([1, 3], training: true);

        CollectionAssert.AreEqual(new[] { 1, 3 }, table.Touched.ToArray());
        CollectionAssert.AreEqual(new float[4], table.Gradients.ToArray());
    }

    [TestMethod]
    public void LookUp_WithoutTraining_TouchesNothing()
    {
        var table = Create(rows: 5, dimensions: 2);
        table.LookUp([4, 2], training: true);

        table.LookUp([1], training: false);

        Assert.IsTrue(table.Touched.IsEmpty && table.Gradients.IsEmpty);
    }

    [TestMethod]
    public void Clear_AfterABatch_ForgetsItsRows()
    {
        var table = Create(rows: 5, dimensions: 2);
        table.LookUp([4, 2], training: true);

        table.Clear();

        Assert.IsTrue(table.Touched.IsEmpty && table.Gradients.IsEmpty);
    }

    [TestMethod]
    public void Merge_SumsOfSeveralParts_AreAddedUp()
    {
        var table = Create(rows: 5, dimensions: 1, threads: 4);
        table.LookUp([4, 2, 0], training: true);
        Add(table, part: 0, 1, 2, 3);
        Add(table, part: 1, 10, 20, 30);
        Add(table, part: 1, 10, 20, 30);
        Add(table, part: 3, 100, 200, 300);

        table.Merge();

        CollectionAssert.AreEqual(new float[] { 121, 242, 363 }, table.Gradients.ToArray());
    }

    [TestMethod]
    public void Merge_PartsOfAnEarlierBatch_AreForgotten()
    {
        var table = Create(rows: 9, dimensions: 1, threads: 2);
        table.LookUp([4, 2], training: true);
        Add(table, part: 1, 10, 20);
        table.Merge();

        table.LookUp([1, 2, 3, 4, 5, 6], training: true);
        Add(table, part: 0, 1, 1, 1, 1, 1, 1);
        table.Merge();
        CollectionAssert.AreEqual(new float[] { 1, 1, 1, 1, 1, 1 }, table.Gradients.ToArray());

        table.LookUp([7], training: true);
        Add(table, part: 1, 5);
        table.Merge();
        CollectionAssert.AreEqual(new float[] { 5 }, table.Gradients.ToArray());
    }

    [TestMethod]
    public void LookUp_OfATableThatIsNotTrained_TouchesNothing()
    {
        var table = Create(rows: 4, dimensions: 2, isTrained: false);

        table.LookUp([3, 1], training: true);
        table.Merge();

        Assert.IsTrue(table.Touched.IsEmpty && table.Gradients.IsEmpty);
        CollectionAssert.AreEqual(new[] { table.Values[6], table.Values[7], table.Values[2], table.Values[3] }, table.Vectors().ToArray());
    }

    private static EmbeddingTable Create(int rows, int dimensions, bool isTrained = true, int threads = 2) =>
        new(new TableShape("table", rows - 1, dimensions, IsPadded: false, Columns: [0]), Numbers.Random(rows * dimensions, seed: 1), isTrained, threads);

    private static void Add(EmbeddingTable table, int part, params float[] gradients)
    {
        var sums = table.SumsOf(part);
        for (int i = 0; i < gradients.Length; i++) sums[i] += gradients[i];
    }
}
