using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Models as texts.</summary>
[TestClass]
public sealed class SummaryExtensionsTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Summary_DescribedNetwork_CountsItsParameters()
    {
        var shape = new NetworkShape(
            [
                new CategoryShape("City", KeyCount: 2, Dimensions: 3), new SequenceShape("Title", KeyCount: 9, Dimensions: 4, SequenceEncoder.Gru(5)),
                new NumberShape("Age", Size: 1, MissingIndicator: true),
            ],
            new HeadShape([6]), Networks.Labels);
        var model = Networks.Transformer(Networks.Random(1, shape));

        string[] lines = model.Summary().Split(Environment.NewLine);

        // (2 + 1) x 3; (9 + 1) x 4 + 3 x 5 x (4 + 5 + 2) of the GRU; mean and deviation; (3 + 5 + 2) x 6 + 6; 6 + 1.
        CollectionAssert.AreEqual(new[]
        {
            "MultiEmbeddingTransformer",
            "  predicts Label: one of two classes",
            "  layer        kind                output  parameters",
            "  ---------------------------------------------------",
            "  City         2 keys × 3          3                9",
            "  Title        9 keys × 4, Gru     5              205",
            "  Age          1 number, Standard  2                2",
            "  concatenate                      10               0",
            "  hidden 1     dense, Relu         6               66",
            "  output       dense               1                7",
            "  289 parameters in all",
            "  best epoch 1 of 2 (NoImprovement), training loss 0.7, validation loss 0.6",
            "  held out: Accuracy 0.5",
            "  90 rows to train on, 10 to validate on, 2 without a label",
            "",
        }, lines);
    }

    [TestMethod]
    public void Summary_PipelineWithNetworksAndWidePart_TellsOfAll()
    {
        var view = RawRow.View(RawRow.Random(60, seed: 1));
        var model = _mlContext.Transforms.Text.IndexTokens("BodyKeys", "Body").Append(RawRow.Trainer(RawRow.Options)).Fit(view);

        string text = EstimatorWorkout.SaveAndLoad(model, view.Schema).Summary();

        foreach (string part in new[]
        {
            "TokenIndexingTransformer", "  Body -> BodyKeys: ", "  Title (words) ", "  Listed (time) ", "2 networks of this form", "a wide part beside them: ",
            "  Label = networks × ", "parameters in all", "\"maxEpochs\": 2",
        }) StringAssert.Contains(text, part);
    }

    [TestMethod]
    public void Summary_EncoderDecoder_HasItsParts()
    {
        var view = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Pair { From = "a b", To = i % 2 == 0 ? "c" : "d" }));
        var model = _mlContext.Transforms.Text.SequenceToSequence("Out", "From", "To", new() { MaxEpochs = 1 }).Fit(view);

        string text = model.Summary();

        foreach (string part in new[] { "  source ", "  target ", "  output ", "parameters in all", "best epoch 1 of 1" }) StringAssert.Contains(text, part);
    }

    private sealed class Pair
    {
        public string From { get; set; } = "";
        public string To { get; set; } = "";
    }
}
