using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>Validation rows of classes that no training row has.</summary>
[TestClass]
public sealed class UnknownClassTests
{
    private static readonly MultiEmbeddingOptions Options = new()
    {
        LabelColumnName = "Area",
        Columns = [InputColumn.Number("Number", NumberEncoder.PiecewiseLinear())],
        Seed = 1,
    };

    private static readonly string[] Towns = ["west", "North", "east"];

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(null)]
    [DataRow(40)]
    public void Fit_ValidationRowsOfAClassThatTrainingLacks_AreLeftOutAndSaid(int? buffer)
    {
        var context = new MLContext(1);
        List<string> warnings = [];
        context.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning) warnings.Add(log.RawMessage);
        };
        var trainer = context.MulticlassClassification.Trainers.MultiEmbedding(Options with { MaxEpochs = 1, ShuffleBufferRows = buffer });

        var history = trainer.Fit(ValueRow<string>.View(Towns, 30, ""), ValueRow<string>.View(Towns, 2, "south", "south", "up")).History;

        Assert.AreEqual((1, 6), (history.SkippedRows, history.ValidationRows));
        CollectionAssert.Contains(warnings, "3 validation rows hold a value of label 'Area' that no training row has, such as 'south'; it was left out. " +
            "Train on rows of all classes.");
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(40)]
    public void Fit_ValidationRowsOfUnknownClassesOnly_SaysWhichRowsAndWhy(int? buffer)
    {
        var trainer = _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Options with { ShuffleBufferRows = buffer });

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => trainer.Fit(ValueRow<string>.View(Towns, 30), ValueRow<string>.View(["south", ""], 2))).Message;

        Assert.AreEqual(
            "The validation data cannot be used. In none of the 4 rows has the label column 'Area' a value that training rows have: it is missing in 2, " +
            "and another one in 2, such as 'south'. Train on rows of all classes, or validate on rows of those that are trained on.", message);
    }
}
