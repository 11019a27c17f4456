namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RaggedGruTests
{
    private static readonly string[] Names =
        ["last states", "embeddings", "input weights", "hidden weights", "input biases", "hidden biases", "starts"];

    [TestMethod]
    public void Backward_EveryNumberOfUnits_EqualsTorch()
    {
        for (int units = 1; units <= 130; units++)
        {
            var batch = new GruBatch(dimensions: units % 7 + 1, units, lengths: [3, 0, 1, 5, 2, 4, 0, 1], terms: 6);

            AreClose(TorchGru.Run(batch), batch.Run(), $"{units} units");
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Backward_LongRowsAndManyTerms_EqualsTorch(int threads)
    {
        var batch = new GruBatch(dimensions: 70, units: 33, [.. Enumerable.Range(0, 23).Select(row => row * 17 % 41)], terms: 300);

        AreClose(TorchGru.Run(batch), batch.Run(threads), $"{threads} threads");
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(5, 2)]
    [DataRow(16, 1)]
    [DataRow(33, 3)]
    [DataRow(130, 2)]
    public void Backward_GivenStarts_EqualsTorch(int units, int threads)
    {
        var batch = new GruBatch(dimensions: 7, units, lengths: [3, 0, 1, 5, 2, 4, 0, 1, 9, 6], terms: 6, starts: true);

        AreClose(TorchGru.Run(batch), batch.Run(threads), $"{units} units");
    }

    [TestMethod]
    public void Backward_FiniteDifferences_AreTheGradients()
    {
        var batch = new GruBatch(dimensions: 2, units: 3, lengths: [2, 0, 4], terms: 3);
        float[][] actual = batch.Run();
        double[][] weights = [.. new[] { batch.Embeddings, batch.WeightInput, batch.WeightHidden, batch.BiasInput, batch.BiasHidden }
            .Select(values => values.Select(value => (double)value).ToArray())];

        Numbers.AreClose(GruReference.LastStates(batch, weights), actual[0], Names[0]);
        for (int group = 0; group < weights.Length; group++)
        {
            double[] expected = [.. Enumerable.Range(0, weights[group].Length).Select(i => Slope(batch, weights, ref weights[group][i]))];
            Numbers.AreClose(expected, actual[group + 1], Names[group + 1]);
        }
    }

    [TestMethod]
    public void Forward_ManySteps_GivesTheBitsOfScoring()
    {
        var batch = new GruBatch(dimensions: 9, units: 21, lengths: [7, 0, 12, 3, 5], terms: 8);
        var projections = new float[batch.Terms * 63];
        var recurrentWeights = PackedMatrix.Of(batch.WeightHidden, 63, 21);
        MatrixProduct.Multiply(batch.Embeddings, batch.Terms, PackedMatrix.Of(batch.WeightInput, 63, 9), batch.BiasInput, projections);
        var gru = new RaggedGru(new(9, 21), threads: 2);

        float[] states = batch.Run(gru)[0];

        int token = 0;
        for (int row = 0; row < batch.Lengths.Length; row++)
        {
            float[] state = new float[21];
            for (int step = 0; step < batch.Lengths[row]; step++)
            {
                Span<float> projection = projections.AsSpan(batch.TermOfToken[token++] * 63, 63);
                GruCell.Step(projection, recurrentWeights, batch.BiasHidden, state, new float[63]);
                CollectionAssert.AreEqual(state, gru.StatesOf(row).Slice(step * 21, 21).ToArray());
            }

            CollectionAssert.AreEqual(state, states[(row * 21)..(row * 21 + 21)]);
        }
    }

    [TestMethod]
    public void Run_MemoryOfEarlierBatches_ChangesNoBit()
    {
        var batch = new GruBatch(dimensions: 5, units: 17, lengths: [4, 9, 0, 2, 6, 1, 3, 8, 5], terms: 11);
        float[][] expected = batch.Run();
        var gru = new RaggedGru(new(5, 17), threads: 2);

        foreach (int[] lengths in (int[][])[[1], [30, 20, 0, 40, 7, 1, 2, 2], [], [0, 0]])
        {
            new GruBatch(5, 17, lengths, terms: 13).Run(gru);
            float[][] actual = batch.Run(gru);

            for (int i = 0; i < expected.Length; i++)
                CollectionAssert.AreEqual(expected[i], actual[i], Names[i]);
        }
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(0, 4)]
    [DataRow(3, 4)]
    public void Run_NoTokens_GivesZeros(int rows, int terms)
    {
        float[][] results = new GruBatch(dimensions: 5, units: 6, new int[rows], terms).Run();

        foreach (float[] result in results)
            Assert.IsTrue(result.All(value => value == 0));
    }

    [TestMethod]
    public void Backward_WithoutForward_Throws()
    {
        var batch = new GruBatch(dimensions: 2, units: 3, lengths: [2], terms: 2);
        var gru = new RaggedGru(new(2, 3), threads: 1);
        batch.Run(gru);

        Assert.ThrowsExactly<InvalidOperationException>(() => gru.Backward(batch.StateGradients, batch.Embeddings, batch.WeightInput,
            batch.WeightHidden, new float[4], new float[18], new float[27], new float[9], new float[9]));
    }

    private static void AreClose(double[][] expected, float[][] actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
            Numbers.AreClose(expected[i], actual[i], $"{Names[i]}, {what}");
    }

    /// <summary>How the last states, weighted by their gradients, change with one number.</summary>
    private static double Slope(GruBatch batch, double[][] weights, ref double number)
    {
        const double Distance = 1e-5;
        double kept = number;
        number = kept + Distance;
        double above = Loss();
        number = kept - Distance;
        double below = Loss();
        number = kept;
        return (above - below) / (2 * Distance);

        double Loss() => GruReference.LastStates(batch, weights).Zip(batch.StateGradients, (state, gradient) => state * gradient).Sum();
    }
}
