namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class EntityEmbeddingsTests
{
    [TestMethod]
    public void Quick_NoData_HandsVectorsToTreesAndLooksAtThem()
    {
        using var folder = new TemporaryFolder();

        var run = ChildProcess.Run(
            Repository.Program("examples/EntityEmbeddings"), "--quick", "--out", folder.Path);

        Assert.AreEqual("", run.Errors);
        Assert.AreEqual(0, run.ExitCode, run.Output);
        double[] areas = ExampleOutput.Measure(run.Output, "Area under ROC curve");
        Assert.HasCount(3, areas, run.Output);
        Assert.IsGreaterThan(0.7, areas[0]);
        Assert.IsGreaterThan(areas[1], areas[0], "trees learn more of embeddings than of one-hot columns");
    }
}
