namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class FitDataTests
{
    [TestMethod]
    public void Split_AnyTable_TrainsAndValidatesOnDifferentRows()
    {
        var table = Numbered(50);

        var data = FitData.Split(table, table.Labels[0], 0.2, new SplitMix(1));

        float[] trained = [.. data.TrainingBatches(8, bucketed: false, UnknownDropout.None, new SplitMix(1)).Batches.SelectMany(batch => batch.Weights)];
        float[] validated = [.. data.ValidationBatches(8).SelectMany(batch => batch.Weights)];
        Assert.HasCount(40, trained);
        Assert.HasCount(10, validated);
        Assert.AreEqual(10, data.ValidationCount);
        CollectionAssert.AreEquivalent(table.Weights, trained.Concat(validated).ToArray());
    }

    [TestMethod]
    public void Split_NumberColumn_IsMeasuredOnTheTrainingRowsAlone()
    {
        var table = Numbered(50);

        var data = FitData.Split(table, table.Labels[0], 0.2, new SplitMix(1));

        var validated = data.ValidationBatches(50).Single().Weights.Select(weight => (double)weight - 1).ToArray();
        Assert.AreEqual((Enumerable.Range(0, 50).Sum() - validated.Sum()) / (50 - validated.Length), ((StandardScale)data.Scales[0]!).Mean[0], 1e-5);
    }

    [TestMethod]
    public void Given_TwoTables_HoldsNoRowOut()
    {
        var data = FitData.Given(Numbered(50), Numbered(7), ["Number"]);

        Assert.AreEqual(50, data.TrainingCount);
        Assert.AreEqual(7, data.ValidationCount);
        Assert.AreEqual(24.5f, ((StandardScale)data.Scales[0]!).Mean[0]);
    }

    [TestMethod]
    public void Given_OtherKeyCount_NamesColumnAndBothCounts() => AssertMismatch(
        "Column 'Words' has key count 4 in the validation data and key count 3 in the training data; they must agree. " +
        "Make the columns of both by the same fitted steps: fit those on the training data, then transform both with them.",
        Tables.Sequences([[2]], keyCount: 3), Tables.Sequences([[2]], keyCount: 4));

    [TestMethod]
    public void Given_OtherCountOfCategories_NamesColumnAndBothCounts() => AssertMismatch(
        "Column 'Words' has key count 2 in the validation data and key count 9 in the training data; they must agree. " +
        "Make the columns of both by the same fitted steps: fit those on the training data, then transform both with them.",
        new CategoryData([1], 9, hasUnknown: false), new CategoryData([1], 2, hasUnknown: false));

    [TestMethod]
    public void Given_OtherNumberOfNumbers_NamesColumnAndBothCounts() => AssertMismatch(
        "Column 'Words' has vector length 2 in the validation data and vector length 1 in the training data; they must agree. " +
        "Make the columns of both by the same fitted steps: fit those on the training data, then transform both with them.",
        new NumberData<float>([1], 1), new NumberData<float>([1, 2], 2));

    private static void AssertMismatch(string message, ColumnData training, ColumnData validation)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => FitData.Given(Tables.Of(training, 1), Tables.Of(validation, 1), ["Words"]));

        Assert.AreEqual(message, error.Message);
    }

    /// <summary>Row i holds the number i and has the weight i + 1.</summary>
    private static TrainingTable Numbered(int rows)
    {
        float[] numbers = [.. Enumerable.Range(0, rows).Select(row => (float)row)];
        return new TrainingTable([new NumberData<float>(numbers, 1)], [new float[rows]], Array.ConvertAll(numbers, number => number + 1), SkippedRows: 0);
    }
}
