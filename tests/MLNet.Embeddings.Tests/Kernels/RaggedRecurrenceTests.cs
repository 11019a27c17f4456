namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RaggedRecurrenceTests
{
    private static readonly int[] Lengths = [3, 0, 1, 5, 2, 4, 0, 1];

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Backward_ManyNumbersOfUnits_EqualsTorch(bool lstm)
    {
        foreach (int units in (int[])[.. Enumerable.Range(1, 35), 47, 48, 63, 64, 65, 96, 127, 128, 130])
        {
            var batch = new RecurrentCase(new(Cell(lstm), units % 7 + 1, units), Lengths, terms: 6);

            AreClose(TorchRecurrence.Run(batch), batch.Run(), $"{units} units");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Backward_EveryForm_EqualsTorch(object form, bool starts, int threads)
    {
        var batch = new RecurrentCase((RecurrentForm)form, [3, 0, 1, 5, 2, 4, 0, 1, 9, 6], terms: 8, starts);

        AreClose(TorchRecurrence.Run(batch), batch.Run(threads), $"{form}");
    }

    [TestMethod]
    [DataRow(false, 1)]
    [DataRow(false, 3)]
    [DataRow(true, 2)]
    public void Backward_LongRowsAndManyTerms_EqualsTorch(bool lstm, int threads)
    {
        var batch = new RecurrentCase(new(Cell(lstm), 70, 33), [.. Enumerable.Range(0, 23).Select(row => row * 17 % 41)], terms: 300);

        AreClose(TorchRecurrence.Run(batch), batch.Run(threads), $"{threads} threads");
    }

    [TestMethod]
    [DataRow(false, false, false)]
    [DataRow(false, true, true)]
    [DataRow(true, false, false)]
    [DataRow(true, true, true)]
    public void Backward_FiniteDifferences_AreTheGradients(bool lstm, bool everyState, bool reversed)
    {
        var batch = new RecurrentCase(new(Cell(lstm), 2, 3) { EveryState = everyState, Reversed = reversed }, [2, 0, 4], terms: 3, starts: true);
        float[][] actual = batch.Run();
        double[][] numbers = [.. new[] { batch.Embeddings, batch.WeightInput, batch.WeightHidden, batch.BiasInput, batch.BiasHidden, batch.Starts }
            .Select(values => values.Select(value => (double)value).ToArray())];

        Numbers.AreClose(RecurrentReference.Results(batch, numbers), actual[0], RecurrentCase.Names[0]);
        for (int group = 0; group < numbers.Length; group++)
        {
            double[] expected = [.. Enumerable.Range(0, numbers[group].Length).Select(i => Slope(batch, numbers, ref numbers[group][i]))];
            Numbers.AreClose(expected, actual[group + 1], RecurrentCase.Names[group + 1]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Forward_EveryWay_GivesARowTheSameBits(object form, bool starts, int threads)
    {
        var batch = new RecurrentCase((RecurrentForm)form, [.. Enumerable.Range(0, 23).Select(row => row * 17 % 19)], terms: 40, starts);

        float[] expected = batch.Run(threads: 1)[0];

        CollectionAssert.AreEqual(expected, batch.Run(threads)[0]);
        CollectionAssert.AreEqual(expected, batch.Forward(threads));
        CollectionAssert.AreEqual(expected, batch.ForwardProjected(threads));
        for (int row = 0; row < batch.Lengths.Length; row++)
            CollectionAssert.AreEqual(batch.ResultsOf(row, expected), batch.Only(row).Forward(threads));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public unsafe void Step_StateAfterState_GivesTheBitsOfForward(bool lstm)
    {
        var batch = new RecurrentCase(new(Cell(lstm), 9, 21) { EveryState = true }, [7], terms: 8, starts: true);
        var (recurrence, weights) = (new RaggedRecurrence(batch.Form, threads: 1), batch.Weights());
        float[] expected = batch.Forward(threads: 2), byTerm = [.. batch.Starts, .. batch.Starts], byVector = [.. batch.Starts];
        var projected = new float[8 * batch.Form.Gates];
        weights.Project(batch.Embeddings, 8, projected);

        for (int token = 0; token < 7; token++)
        {
            int term = batch.TermOfToken[token];
            fixed (float* gates = projected, vectors = batch.Embeddings, two = byTerm, one = byVector)
            {
                recurrence.Step(2, gates, [term, term], weights, two);
                recurrence.Step(1, vectors + term * 9, weights, one);
            }

            float[] state = expected[(token * 21)..(token * 21 + 21)];
            CollectionAssert.AreEqual(state, byTerm[..21]);
            CollectionAssert.AreEqual(state, byTerm[batch.Form.StateSize..(batch.Form.StateSize + 21)]);
            CollectionAssert.AreEqual(state, byVector[..21]);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Run_MemoryOfEarlierBatches_ChangesNoBit(bool lstm)
    {
        var form = new RecurrentForm(Cell(lstm), 5, 17);
        var batch = new RecurrentCase(form, [4, 9, 0, 2, 6, 1, 3, 8, 5], terms: 11);
        float[][] expected = batch.Run();
        var recurrence = new RaggedRecurrence(form, threads: 2);

        foreach (int[] lengths in (int[][])[[1], [30, 20, 0, 40, 7, 1, 2, 2], [], [0, 0]])
        {
            new RecurrentCase(form, lengths, terms: 13).Run(recurrence);
            float[][] actual = batch.Run(recurrence);

            for (int i = 0; i < expected.Length; i++)
                CollectionAssert.AreEqual(expected[i], actual[i], RecurrentCase.Names[i]);
        }
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(0, 4)]
    [DataRow(3, 4)]
    public void Run_NoTokens_GivesZeros(int rows, int terms)
    {
        foreach (var cell in Enum.GetValues<RecurrentCell>())
            foreach (float[] result in new RecurrentCase(new(cell, 5, 6), new int[rows], terms).Run())
                Assert.IsTrue(result.All(value => value == 0));
    }

    [TestMethod]
    public unsafe void ForwardProjected_MemoryThatHasGrown_AllocatesNothing()
    {
        var batch = new RecurrentCase(new(RecurrentCell.Lstm, 5, 17) { EveryState = true }, [3, 1], terms: 1_000);
        var (recurrence, weights, rows) = (new RaggedRecurrence(batch.Form, threads: 2), batch.Weights(), batch.Rows());
        float[] projected = new float[1_000 * batch.Form.Gates], results = new float[4 * 17];
        fixed (float* start = projected)
        {
            recurrence.ForwardProjected(rows, start, weights, results);
            long before = GC.GetAllocatedBytesForCurrentThread();

            rows.Set(batch.Lengths, batch.TermOfToken, 1_000);
            recurrence.ForwardProjected(rows, start, weights, results);

            Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [TestMethod]
    public void Backward_WithoutForwardThatKeeps_Throws()
    {
        var batch = new RecurrentCase(new(RecurrentCell.Gru, 2, 3), [2], terms: 2);
        var (recurrence, weights) = (new RaggedRecurrence(batch.Form, threads: 1), batch.Weights());
        batch.Run(recurrence);
        Refuses();
        recurrence.Forward(batch.Rows(), batch.Embeddings, weights, new float[3], keep: false);
        Refuses();

        void Refuses() => Assert.ThrowsExactly<InvalidOperationException>(() => recurrence.Backward(
            batch.ResultGradients, batch.Embeddings, weights, new float[4], new float[18], new float[27], new float[9], new float[9]));
    }

    [TestMethod]
    public void Backward_WeightsThatAreNotPackedForIt_Throws()
    {
        var weights = new RecurrentWeights(new(RecurrentCell.Gru, 2, 3), threads: 1);

        Assert.ThrowsExactly<InvalidOperationException>(() => weights.HiddenBackward);
    }

    /// <summary>A form, whether rows are given a start, and how many threads.</summary>
    private static IEnumerable<object[]> Forms() =>
        from cell in Enum.GetValues<RecurrentCell>()
        from everyState in (bool[])[false, true]
        from reversed in (bool[])[false, true]
        from starts in (bool[])[false, true]
        let form = new RecurrentForm(cell, 7, 19) { EveryState = everyState, Reversed = reversed, Bidirectional = everyState != starts }
        select (object[])[form, starts, starts ? 2 : 3];

    private static RecurrentCell Cell(bool lstm) => lstm ? RecurrentCell.Lstm : RecurrentCell.Gru;

    private static void AreClose(double[][] expected, float[][] actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
            Numbers.AreClose(expected[i], actual[i], $"{RecurrentCase.Names[i]}, {what}");
    }

    /// <summary>How the results, weighted by their gradients, change with one number.</summary>
    private static double Slope(RecurrentCase batch, double[][] numbers, ref double number)
    {
        const double Distance = 1e-5;
        double kept = number;
        number = kept + Distance;
        double above = Loss();
        number = kept - Distance;
        double below = Loss();
        number = kept;
        return (above - below) / (2 * Distance);

        double Loss() => RecurrentReference.Results(batch, numbers).Zip(batch.ResultGradients, (result, gradient) => result * gradient).Sum();
    }
}
