namespace MLNet.Embeddings.Tests;

/// <summary>Scoring by keys, where what follows from a key alone is kept, beside the scores of the network in training, on the same rows.</summary>
[TestClass]
public sealed class KeyScoringTests
{
    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Score_AnyEncoder_IsThatOfTheNetworkInTraining(SequenceEncoder encoder) =>
        Check(TorchCases.Network(5, new HeadShape([7]), new SequenceShape("text", KeyCount: 9, Dimensions: 6, encoder)), rows: 60);

    [TestMethod]
    [DataRow(Normalization.None, 1)]
    [DataRow(Normalization.Layer, 3)]
    [DataRow(Normalization.Batch, 1)]
    public void Score_EveryKindOfColumn_IsThatOfTheNetworkInTraining(Normalization normalization, int members) =>
        Check(TorchCases.Network(4, new HeadShape([40, 6], Normalization: normalization, EnsembleSize: members), TorchCases.Columns), rows: 300);

    private static IEnumerable<SequenceEncoder[]> Encoders => TorchCases.Encoders.Select(encoder => new[] { encoder });

    private static void Check(TrainedNetwork trained, int rows)
    {
        object[][] values = TorchCases.Rows(trained.Shape, rows, seed: 3);
        int outputs = trained.Shape.Outputs;
        using var training = new KernelColumns(trained.Shape, TorchCases.Initial(trained), new EngineSettings { Threads = 2 });
        float[] expected = TorchCases.Scores(training, TorchCases.Batch(trained, values));
        var scorer = new Scorer(new(trained));
        IRowNetwork together = scorer.Open(threads: 2), alone = scorer.Open(threads: 1);

        together.Score(ByKey(trained, values), null);

        float[] scores = [.. Enumerable.Range(0, rows).SelectMany(row => together.ScoresOf(row).ToArray())];
        Numbers.AreClose([.. expected.Select(score => (double)score)], scores, "scores");
        for (int row = rows - 1; row >= 0; row--)
        {
            alone.Score(ByKey(trained, [values[row]]), null);
            CollectionAssert.AreEqual(scores[(row * outputs)..((row + 1) * outputs)], alone.ScoresOf(0).ToArray(), $"row {row}");
        }
    }

    /// <summary>A batch in which a term's number is its key.</summary>
    private static RowBatch ByKey(TrainedNetwork trained, object[][] rows)
    {
        var batch = TorchCases.Batch(trained, rows);
        return batch with
        {
            Columns = [.. batch.Columns.Select((column, i) => column switch
            {
                CategoryBatch => new CategoryBatch(TermBatch.EveryKey, [.. rows.Select(row => (int)row[i])]),
                SequenceBatch => new SequenceBatch(TermBatch.EveryKey, [.. rows.Select(row => ((int[])row[i]).Length)], [.. rows.SelectMany(row =>
                    (int[])row[i])]),
                _ => column,
            })],
        };
    }
}
