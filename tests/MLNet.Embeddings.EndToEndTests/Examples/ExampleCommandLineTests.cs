namespace MLNet.Embeddings.Tests;

/// <summary>The examples have one command line.</summary>
[TestClass]
public sealed class ExampleCommandLineTests
{
    [TestMethod]
    [DataRow("ReviewRecommendation", "clothing-reviews/clothing-reviews-{train,test}.csv")]
    [DataRow("SimilarReviews", "clothing-reviews/clothing-reviews-{train,test}.csv")]
    [DataRow("EntityEmbeddings", "suite/flight-delays/flight-delays-{train,test}.csv")]
    [DataRow("TablePrediction", "adult/adult-{train,test}.csv")]
    [DataRow("Pronunciation", "g2p-small/g2p-small-{train,test}.tsv")]
    public void Help_ListsTheOptionsAndFiles(string example, string files)
    {
        var run = ChildProcess.Run(Repository.Program($"examples/{example}"), "--help");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        foreach (string option in new[] { "--data FOLDER", "--quick", "--out FOLDER" })
            Assert.Contains(option, run.Output);
        Assert.Contains($"--project examples/{example} ", run.Output);
        Assert.Contains($"read real data, FOLDER/{files};", run.Output);
    }

    [TestMethod]
    [DataRow("The option '--fast' is not known. --help lists the options.", "--fast")]
    [DataRow("The option --data needs a value after it.", "--quick", "--data")]
    [DataRow("Give the folder that holds clothing-reviews/ after --data", "--data", "no-such-folder")]
    [DataRow("This program trains on the CPU: leave --gpu out.", "--gpu", "0")]
    public void Arguments_Unusable_AreRefusedWithTheCure(string message, params string[] arguments)
    {
        var run = ChildProcess.Run(Repository.Program("examples/ReviewRecommendation"), arguments);

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual("", run.Output);
        Assert.Contains(message, run.Errors);
    }
}
