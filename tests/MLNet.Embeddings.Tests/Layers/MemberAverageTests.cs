namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class MemberAverageTests
{
    private static readonly MulticlassLabelShape Label = new("L", 600, null);

    /// <summary>More classes than are in memory together.</summary>
    [TestMethod]
    public void Of_ManyClasses_AreTheMeanProbabilities()
    {
        // One member says 1 / 600 each; the other 601 / 1200 of the last class, and 1 / 1200 of the others.
        float[] members = new float[2 * 600], outputs = new float[600];
        members[^1] = MathF.Log(601);

        MemberAverage.Of([Label], members, outputs);

        for (int i = 0; i < 599; i++) Assert.AreEqual(Math.Log(1.5 / 1200), outputs[i], 1e-5, $"{i}");
        Assert.AreEqual(Math.Log(603.0 / 2400), outputs[^1], 1e-5);
    }

    [TestMethod]
    public void Of_ImpossibleClass_StaysANumber()
    {
        float[] members = new float[600], outputs = new float[600];
        members[0] = 5000;

        MemberAverage.Of([Label], members, outputs);

        Assert.AreEqual(0, outputs[0], 1e-6);
        Assert.AreEqual(-700, outputs[1], 1e-3);
    }

    [TestMethod]
    public void Of_ManyClasses_AllocatesNothing()
    {
        float[] members = new float[2 * 600], outputs = new float[600];
        LabelShape[] labels = [Label];
        MemberAverage.Of(labels, members, outputs);
        long before = GC.GetAllocatedBytesForCurrentThread();

        MemberAverage.Of(labels, members, outputs);

        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
