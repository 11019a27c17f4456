namespace MLNet.Embeddings.Tests;

/// <summary>Models that version 1.0.0-preview.1 trained and saved score here what they scored there.</summary>
[TestClass]
public sealed class OldModelsTests
{
    /// <summary>
    /// Two texts that share a table (a GRU in both directions read by attention, a mean), a category, a bag, three kinds of numbers; a yes or no.
    /// </summary>
    [TestMethod]
    public void Columns_SavedByAnEarlierVersion_ScoreTheSame() =>
        OldModel<OldTextRow, Prediction>.Load("columns").AssertScores((expected, score) =>
        {
            Assert.AreEqual(expected.Score, score.Score, 1e-5f);
            Assert.AreEqual(expected.Probability, score.Probability, 1e-5f);
            Assert.AreEqual(expected.PredictedLabel, score.PredictedLabel);
        });

    /// <summary>Three networks in one with batch normalisation over multiplied columns; a class and a number.</summary>
    [TestMethod]
    public void Ensemble_SavedByAnEarlierVersion_ScoresTheSame() =>
        OldModel<OldTableRow, OldTableScore>.Load("ensemble").AssertScores((expected, score) =>
        {
            AssertClose(expected.Kind, score.Kind);
            Assert.AreEqual(expected.Price, score.Price, 1e-5f);
        });

    /// <summary>An encoder-decoder that attends, over characters.</summary>
    [TestMethod]
    public void Sequences_SavedByAnEarlierVersion_WriteTheSame() =>
        OldModel<OldSequenceRow, OldSequenceScore>.Load("sequences").AssertScores((expected, score) =>
        {
            Assert.AreEqual(expected.Text, score.Text);
            CollectionAssert.AreEqual(expected.Tokens, score.Tokens);
            CollectionAssert.AreEqual(expected.Alternatives, score.Alternatives);
            Assert.AreEqual(expected.LogProbability, score.LogProbability, 1e-5f);
            AssertClose(expected.Attention, score.Attention);
        });

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-5f, $"at {i}");
    }
}
