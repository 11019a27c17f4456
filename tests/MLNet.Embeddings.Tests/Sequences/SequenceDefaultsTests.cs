namespace MLNet.Embeddings.Tests;

/// <summary>What settings are where none are given.</summary>
[TestClass]
public sealed class SequenceDefaultsTests
{
    private static readonly SequenceToSequenceOptions Defaults = new();

    [TestMethod]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        Assert.IsNull(Defaults.SourceTokens.Standardize);
        Assert.IsNull(Defaults.TargetTokens.Standardize);
        Assert.IsNull(Defaults.SourceDimensions);
        Assert.IsNull(Defaults.TargetDimensions);
        Assert.AreEqual(256, Defaults.Units);
        Assert.AreEqual(1, Defaults.Layers);
        Assert.IsTrue(Defaults.Bidirectional && Defaults.Attention);
        Assert.IsNull(Defaults.TieTargetEmbedding);
        Assert.AreEqual(0.003, Defaults.LearningRate);
        Assert.AreEqual(LearningRateSchedule.OneCycle(), Defaults.Schedule);
        Assert.IsNull(Defaults.MaxEpochs);
        Assert.IsNull(Defaults.Patience);
        Assert.AreEqual(0.3, Defaults.EngineSettings(seed: 1).Dropout);
        Assert.AreEqual(0.3, (Defaults with { Regularization = new() { WeightDecay = 0 } }).EngineSettings(seed: 1).Dropout);
    }

    /// <summary>About 320,000 rows in all, and neither endless looks at few rows nor too few at many.</summary>
    [TestMethod]
    [DataRow(50, 200)]
    [DataRow(5_000, 64)]
    [DataRow(16_000, 20)]
    [DataRow(23_585, 14)]
    [DataRow(1_000_000, 8)]
    public void MaxEpochs_Rows_AreSoManyRowsWithinBounds(int rows, int epochs)
    {
        Assert.AreEqual(epochs, Defaults.MaxEpochsFor(rows));
        Assert.AreEqual(epochs, Defaults.PatienceFor(epochs));
        Assert.AreEqual(3, (Defaults with { MaxEpochs = 3 }).MaxEpochsFor(rows));
    }

    [TestMethod]
    [DataRow(4_999, 999, 32)]
    [DataRow(5_000, 999, 64)]
    [DataRow(5_000, 1_000, 32)]
    public void BatchSize_RowsAndTerms_DecideIt(int rows, int terms, int batchSize)
    {
        Assert.AreEqual(batchSize, Defaults.For(terms).BatchSizeFor(rows));
        Assert.AreEqual(7, (Defaults with { BatchSize = 7 }).For(terms).BatchSizeFor(rows));
    }

    [TestMethod]
    [DataRow(999, 64, false)]
    [DataRow(1_000, 128, true)]
    public void Network_Terms_DecideDimensionsAndTying(int terms, int dimensions, bool ties)
    {
        var keys = new TokenIndexingOptions { Vocabulary = [.. Enumerable.Range(2, terms - 1).Select(number => $"{number}")] };

        var model = SequenceEstimators.Fit(new() { SourceTokens = keys, TargetTokens = keys, Units = 4, MaxEpochs = 1 }, SumRow.All(3, seed: 1));

        var shape = model.Network.Shape;
        Assert.AreEqual((terms, terms), (shape.Source.KeyCount, shape.Target.KeyCount));
        Assert.AreEqual((dimensions, dimensions, ties), (shape.Source.Dimensions, shape.Target.Dimensions, shape.Ties));
    }

    [TestMethod]
    [DataRow(1, 5)]
    [DataRow(3, 6)]
    [DataRow(200, 256)]
    public void Decoding_BeamNotSet_IsDecidedByAlternatives(int alternatives, int width)
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny with { Decoding = new() { Alternatives = alternatives }, MaxEpochs = 1 }, SumRow.All(3, 1));

        Assert.AreEqual(width, model.Decoding.BeamWidth);
        Assert.AreEqual(5, model.WithDecoding(new()).Decoding.BeamWidth);
        Assert.AreEqual(width, SequenceToSequenceTransformer.Read(MemoryEntries.Of(model, "source.json", "target.json").Open()).Decoding.BeamWidth);
    }
}
