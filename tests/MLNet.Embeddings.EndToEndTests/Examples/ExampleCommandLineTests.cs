namespace MLNet.Embeddings.Tests;

/// <summary>The examples have one command line.</summary>
[TestClass]
public sealed class ExampleCommandLineTests
{
    [TestMethod]
    [DataRow("ReviewRecommendation", "reviews", "clothing-reviews/clothing-reviews-{train,test}.csv")]
    [DataRow("SimilarReviews", "reviews", "clothing-reviews/clothing-reviews-{train,test}.csv")]
    [DataRow("EntityEmbeddings", "flights", "suite/flight-delays/flight-delays-{train,test}.csv")]
    [DataRow("TablePrediction", "customers", "adult/adult-{train,test}.csv")]
    [DataRow("Pronunciation", "words", "g2p-small/g2p-small-{train,test}.tsv")]
    public void Help_ListsTheOptionsAndFiles(string example, string rows, string files)
    {
        var run = ChildProcess.Run(Repository.Program($"examples/{example}"), "--help");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        foreach (string option in new[] { "--data FOLDER", "--quick", "--seed NUMBER", "--model FILE", "--score", "--help" })
            Assert.Contains(option, run.Output);
        Assert.Contains($"--project examples/{example} ", run.Output);
        Assert.Contains($"read the real {rows}, FOLDER/{files};", run.Output);
    }

    [TestMethod]
    [DataRow("The option '--fast' is not known. --help lists the options.", "--fast")]
    [DataRow("The option --data needs a value after it.", "--quick", "--data")]
    [DataRow("The option --seed needs a whole number after it; it was 'one'.", "--seed", "one")]
    [DataRow("Give the folder that holds clothing-reviews/ after --data", "--data", "no-such-folder")]
    [DataRow("Run the program without --score first.", "--score", "--model", "no-such-model.zip")]
    [DataRow("Create it, or give another file after --model.", "--model", "no-such-folder/model.zip")]
    public void Arguments_Unusable_AreRefusedWithTheCure(string message, params string[] arguments)
    {
        var run = ChildProcess.Run(Repository.Program("examples/ReviewRecommendation"), arguments);

        Assert.AreEqual(2, run.ExitCode);
        Assert.AreEqual("", run.Output);
        Assert.Contains(message, run.Errors);
    }
}
