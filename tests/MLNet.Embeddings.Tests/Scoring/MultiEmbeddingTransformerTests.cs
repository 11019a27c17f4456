using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class MultiEmbeddingTransformerTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly TrainedNetwork _network = Networks.OfEveryKind();

    [TestMethod]
    public void Predict_RowsOneAfterAnother_ScoresEach()
    {
        var rows = NetworkRow.Random(30);
        using var engine = _mlContext.Model.CreatePredictionEngine<NetworkRow, Prediction>(CreateTransformer());

        foreach (var row in rows)
        {
            var prediction = engine.Predict(row);

            double expected = PlainForward.Score(_network, row.Values());
            Assert.AreEqual(expected, prediction.Score, 1e-5);
            Assert.AreEqual(prediction.Score > 0, prediction.PredictedLabel);
            Assert.AreEqual(1 / (1 + Math.Exp(-expected)), prediction.Probability, 1e-5);
        }
    }

    [TestMethod]
    public void Predict_AfterARowThatFailed_ScoresTheNext()
    {
        var row = NetworkRow.Random(1).Single();
        using var engine = _mlContext.Model.CreatePredictionEngine<NetworkRow, Prediction>(CreateTransformer());
        float expected = engine.Predict(row).Score;

        Assert.ThrowsExactly<InvalidOperationException>(() => engine.Predict(new NetworkRow { Numbers = [0] }));

        Assert.AreEqual(expected, engine.Predict(row).Score);
    }

    [TestMethod]
    public void Transform_ManyThreadsAtOnce_GivesIdenticalScores()
    {
        var rows = NetworkRow.View(NetworkRow.Random(300));
        float[] expected = Networks.Score(_network, rows);

        for (int round = 0; round < 10; round++)
        {
            // A new transformer each time: its terms are met for the first time by all threads at once.
            var transformer = CreateTransformer();
            float[][] scores = new float[8][];
            Parallel.For(0, scores.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => scores[i] = Networks.Scores(transformer.Transform(rows)));
            foreach (float[] given in scores) CollectionAssert.AreEqual(expected, given);
        }
    }

    [TestMethod]
    public void Transform_Null_Throws()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => CreateTransformer().Transform(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => CreateTransformer().GetOutputSchema(null!));
    }

    private MultiEmbeddingTransformer CreateTransformer() => Networks.Transformer(_network);
}
