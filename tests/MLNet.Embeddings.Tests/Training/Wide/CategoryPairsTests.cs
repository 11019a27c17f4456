namespace MLNet.Embeddings.Tests;

/// <summary>Which pairs of categories become features of the wide part, and what they learn.</summary>
[TestClass]
public sealed class CategoryPairsTests
{
    [TestMethod]
    public void Of_TwoCategories_KeepsPairsOfTwoRows()
    {
        // (1, 2) three times, (0, 1) and (2, 2) twice, (2, 1) once.
        var crosses = Of([1, 1, 1, 0, 0, 2, 2, 2], [2, 2, 2, 1, 1, 2, 2, 1]);

        var (column, pairs) = crosses.Single();

        Assert.AreEqual(new WideCross("C0 × C1", 0, 1, 3), column);
        CollectionAssert.AreEqual(new float[] { 0, 1, 1, 2, 2, 2 }, pairs);
    }

    [TestMethod]
    public void Of_CategoryThatAnotherDecides_IsNotCrossed()
    {
        // The second is that of the first halved; the third is crossed with both.
        var crosses = Of([1, 2, 3, 4, 1, 2, 3, 4], [1, 1, 2, 2, 1, 1, 2, 2], [1, 2, 1, 2, 2, 1, 2, 1]);

        CollectionAssert.AreEqual(new[] { "C1 × C2" }, crosses.Select(cross => cross.Column.Name).ToArray(), "Pairs of C0 and C2 come once each.");
    }

    [TestMethod]
    public void Of_TenCategories_AreTooMany()
    {
        int[] keys = [1, 1, 2, 2], others = [1, 2, 1, 2];

        Assert.HasCount(1, Of([.. keys, .. keys], [.. others, .. others]));
        Assert.IsEmpty(Of([.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? (int[])[.. keys, .. keys] : [.. others, .. others])]));
    }

    [TestMethod]
    public void Train_LabelOfBothTogether_IsLearned()
    {
        // Neither category tells anything by itself: the label is whether they are the same.
        int[] first = [.. Enumerable.Range(0, 80).Select(row => 2 + row % 2)], second = [.. Enumerable.Range(0, 80).Select(row => 2 + row / 2 % 2)];
        float[] labels = [.. first.Zip(second, (one, other) => one == other ? 1f : 0)], weights = [.. labels.Select(_ => 1f)];
        var table = new TrainingTable([Data(first), Data(second)], [labels], weights, SkippedRows: 0);
        var fit = new WideFit([InputColumn.Category("A"), InputColumn.Category("B")], table,
            new RowFolds([.. labels.Select((_, row) => row / 4 % 4)], 4), Networks.Objective, null, CancellationToken.None);

        fit.Train();

        float[] scores = new float[4];
        RowBatch batch = new([new CategoryBatch(TermBatch.EveryKey, [2, 2, 3, 3]), new CategoryBatch(TermBatch.EveryKey, [2, 3, 2, 3])], [], [1, 1, 1, 1]);
        new WideNetwork(fit.Trained!).Score(batch, 0, 4, scores);
        Assert.IsTrue(scores[0] > 2 && scores[1] < -2 && scores[2] < -2 && scores[3] > 2, string.Join(' ', scores));
        Assert.IsNull(fit.Trained!.Mismatch());
        Assert.IsEmpty(fit.Trained.Shape.Faults());
    }

    [TestMethod]
    public void Train_OnFromAnEarlierOne_KeepsItsPairs()
    {
        TrainingTable Table(params int[] keys)
        {
            float[] labels = [.. keys.Select((_, row) => row % 3 == 0 ? 1f : 0)], weights = [.. keys.Select(_ => 1f)];
            return new([Data(keys), Data([.. keys.Select((_, row) => 2 + row % 2)])], [labels], weights, SkippedRows: 0);
        }
        WideFit Fit(TrainingTable table, TrainedWide? previous)
        {
            var fit = new WideFit([InputColumn.Category("A"), InputColumn.Category("B")], table,
                new RowFolds([.. table.Weights.Select(_ => -1)], 0), Networks.Objective, previous, CancellationToken.None);
            fit.Train();
            return fit;
        }
        var first = Fit(Table(2, 2, 2, 2, 3, 3, 3, 3), null).Trained!;

        var second = Fit(Table(4, 4, 4, 4, 3, 3, 3, 3), first).Trained!;

        string pairs = first.Shape.Columns.OfType<WideCross>().Single().Pairs;
        CollectionAssert.AreEqual(first.Weights[pairs].Values, second.Weights[pairs].Values);
    }

    [TestMethod]
    public void Faults_CrossOfNoCategories_AreTold()
    {
        WideCategory category = new("A", 3), other = new("B", 3);
        WideCross cross = new("A × B", 0, 1, 2);

        Assert.IsEmpty(new WideShape([category, other, cross], 1).Faults());
        Assert.IsNotEmpty(new WideShape([category, cross, other], 1).Faults());
        Assert.IsNotEmpty(new WideShape([category, other, cross with { Second = 2 }], 1).Faults());
        Assert.IsNotEmpty(new WideShape([category, other, cross with { First = -1 }], 1).Faults());
    }

    private static IReadOnlyList<(WideCross Column, float[] Pairs)> Of(params int[][] keys) => CategoryPairs.Of(
        [.. keys.Select((_, i) => new WideCategory($"C{i}", 9))], [.. keys.Select(Data)], [.. Enumerable.Range(0, keys[0].Length)], CancellationToken.None);

    private static CategoryData Data(int[] keys) => new(keys, keyCount: 9, hasUnknown: true);
}
