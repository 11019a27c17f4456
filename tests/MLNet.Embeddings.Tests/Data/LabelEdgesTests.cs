namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class LabelEdgesTests
{
    private static readonly double[] Numbers1000 = [.. Enumerable.Range(0, 1_000).Select(i => (double)i)];

    [TestMethod]
    public void Of_Classes_SplitsWhereTheyChange()
    {
        // Three classes that come back: nothing that rises or falls with the number.
        var label = new LabelValues([.. Numbers1000.Select(number => number < 200 ? 0 : number < 500 ? 2 : number < 800 ? 0f : 1)], AreClasses: true);

        CollectionAssert.AreEqual(new[] { 0, 199.5, 499.5, 799.5, 999 }, LabelEdges.Of(Numbers1000, [label], most: 10));
    }

    [TestMethod]
    public void Of_Numbers_SplitsWhereTheyJump()
    {
        var label = new LabelValues([.. Numbers1000.Select(number => number < 300 ? 1e6f : number < 700 ? 1e6f + 3 : 1e6f + 100)], AreClasses: false);

        CollectionAssert.AreEqual(new[] { 0, 699.5, 999 }, LabelEdges.Of(Numbers1000, [label], most: 2), "the larger jump first");
        CollectionAssert.AreEqual(new[] { 0, 299.5, 699.5, 999 }, LabelEdges.Of(Numbers1000, [label], most: 10));
    }

    [TestMethod]
    public void Of_ClassesWhoseNumbersMeanNothing_AreNotTakenForNumbers()
    {
        // By the numbers of the classes the mean is 1 on both sides of 500.
        var label = new LabelValues([.. Numbers1000.Select(number => number < 500 ? 1f : (float)number % 2 * 2)], AreClasses: true);

        CollectionAssert.AreEqual(new[] { 0, 499.5, 999 }, LabelEdges.Of(Numbers1000, [label], most: 2));
    }

    [TestMethod]
    public void Of_SeveralLabels_SplitsForEach()
    {
        var first = new LabelValues([.. Numbers1000.Select(number => number < 400 ? 0f : 1)], AreClasses: true);
        var second = new LabelValues([.. Numbers1000.Select(number => number < 600 ? -50_000f : number < 900 ? 80_000 : float.NaN)], AreClasses: false);

        CollectionAssert.AreEqual(new[] { 0, 399.5, 599.5, 999 }, LabelEdges.Of(Numbers1000, [first, second], most: 10));
    }

    [TestMethod]
    public void Of_EqualNumbers_AreNotParted()
    {
        double[] numbers = [.. Numbers1000.Select(number => Math.Floor(number / 400))];
        var label = new LabelValues([.. Numbers1000.Select(number => number < 500 ? 0f : 1)], AreClasses: true);

        CollectionAssert.AreEqual(new[] { 0, 0.5, 1.5, 2 }, LabelEdges.Of(numbers, [label], most: 10));
    }

    [TestMethod]
    public void Of_Chance_MakesFewBinsThatHoldManyRows()
    {
        var random = new Random(1);
        double[] numbers = [.. Enumerable.Range(0, 20_000).Select(i => (double)i)];
        var label = new LabelValues([.. numbers.Select(_ => (float)random.Next(2))], AreClasses: true);

        double[] edges = LabelEdges.Of(numbers, [label], most: 1_000);

        Assert.IsTrue(edges.Zip(edges.Skip(1)).All(bin => bin.Second - bin.First > 63));
        Assert.HasCount(3, LabelEdges.Of(numbers, [label], most: 2));
    }

    [TestMethod]
    [DataRow(new double[] { 4 }, new float[] { 1 }, new double[] { 4 }, DisplayName = "one row")]
    [DataRow(new double[] { 4, 4 }, new float[] { 0, 1 }, new double[] { 4 }, DisplayName = "a constant")]
    [DataRow(new double[] { 1, 2, 3 }, new float[] { 1, 1, 1 }, new double[] { 1, 3 }, DisplayName = "one class")]
    [DataRow(new double[] { 1, 2, 3 }, new float[] { float.NaN, float.NaN, float.NaN }, new double[] { 1, 3 }, DisplayName = "no label")]
    [DataRow(new double[] { 1, 2 }, new float[] { 0, 1 }, new double[] { 1, 1.5, 2 }, DisplayName = "two rows")]
    [DataRow(new double[] { float.MinValue, float.MaxValue }, new float[] { 0, 1 }, new double[] { float.MinValue, 0, float.MaxValue },
        DisplayName = "the ends of floats")]
    public void Of_FewRows_IsDefined(double[] numbers, float[] labels, double[] expected)
    {
        CollectionAssert.AreEqual(expected, LabelEdges.Of(numbers, [new LabelValues(labels, AreClasses: true)], most: 5));
        CollectionAssert.AreEqual(expected, LabelEdges.Of(numbers, [new LabelValues(labels, AreClasses: false)], most: 5));
    }
}
