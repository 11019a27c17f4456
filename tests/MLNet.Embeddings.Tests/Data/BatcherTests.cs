namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class BatcherTests
{
    [TestMethod]
    public void Cut_SomeRows_HasTheirLabelsWeightsAndValuesInTheirOrder()
    {
        var table = new TrainingTable(
            [new CategoryData([2, 3, 0], 3, hasUnknown: true), Tables.Sequences([[2, 3, 2], [], [3]]), new NumberData<float>([1, float.NaN, 3], 1)],
            Labels: [[1, 0, 1], [float.NaN, 5, 7]], Weights: [0.5f, 1, 1.5f], SkippedRows: 0);
        var batcher = new Batcher(table, [null, null, new StandardScale([1], [2], null, hasMissing: true)]);

        var batch = batcher.Cut([2, 0, 1], UnknownDropout.None);

        var (category, sequence, number) = ((CategoryBatch)batch.Columns[0], (SequenceBatch)batch.Columns[1], (NumberBatch)batch.Columns[2]);
        CollectionAssert.AreEqual(new float[] { 1, 1, 0 }, batch.Labels[0]);
        CollectionAssert.AreEqual(new[] { 7, float.NaN, 5 }, batch.Labels[1]);
        CollectionAssert.AreEqual(new[] { 1.5f, 0.5f, 1 }, batch.Weights);
        CollectionAssert.AreEqual(new[] { 0, 2, 3 }, Look(category.Terms, category.TermOfRow));
        CollectionAssert.AreEqual(new[] { 3, 2, 3, 2 }, Look(sequence.Terms, sequence.TermOfToken));
        CollectionAssert.AreEqual(new[] { 1, 3, 0 }, sequence.Lengths);
        Assert.HasCount(2, sequence.Terms);
        CollectionAssert.AreEqual(new float[] { 1, 0, 0, 0, 0, 1 }, number.Values);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Cut_UnknownDropout_ChangesColumnsThatHaveAnUnknownKeyAlone(bool hasUnknown)
    {
        var category = Tables.Of(new CategoryData([2, 2, 2, 2, 2, 2, 2, 2], 2, hasUnknown), 8);
        var sequence = Tables.Of(Tables.Sequences([[2, 2, 2, 2, 2, 2, 2, 2]], 2, hasUnknown), 1);
        var dropout = new UnknownDropout(0.999, new SplitMix(1));

        var categories = (CategoryBatch)new Batcher(category, [null]).Cut([0, 1, 2, 3, 4, 5, 6, 7], dropout).Columns[0];
        var sequences = (SequenceBatch)new Batcher(sequence, [null]).Cut([0], dropout).Columns[0];

        Assert.AreEqual(hasUnknown, categories.Terms.Contains(1));
        Assert.AreEqual(hasUnknown, sequences.Terms.Contains(1));
    }

    [TestMethod]
    public void Cut_ColumnsOfOneTable_HaveTheTermsOfAllOfThem()
    {
        ColumnData[] columns =
        [
            new CategoryData([5, 0], 6, hasUnknown: true) { SharedTable = "words" }, Tables.Sequences([[2, 5], [3]], 6, sharedTable: "words"),
            Tables.Sequences([[2, 6], [2]], 6), Tables.Sequences([[4, 4], []], 6, sharedTable: "others"),
        ];
        var batcher = new Batcher(new TrainingTable(columns, [new float[2]], [1, 1], SkippedRows: 0), [null, null, null, null]);

        for (int time = 0; time < 2; time++)
        {
            var batch = batcher.Cut([0, 1], UnknownDropout.None);

            var (category, words, own, others) = (
                (CategoryBatch)batch.Columns[0], (SequenceBatch)batch.Columns[1], (SequenceBatch)batch.Columns[2], (SequenceBatch)batch.Columns[3]);
            CollectionAssert.AreEqual(new[] { 5, 0, 2, 3 }, category.Terms);
            Assert.AreSame(category.Terms, words.Terms);
            CollectionAssert.AreEqual(new[] { 5, 0 }, Look(category.Terms, category.TermOfRow));
            CollectionAssert.AreEqual(new[] { 2, 5, 3 }, Look(words.Terms, words.TermOfToken));
            CollectionAssert.AreEqual(new[] { 2, 6 }, own.Terms);
            CollectionAssert.AreEqual(new[] { 4 }, others.Terms);
        }
    }

    private static int[] Look(int[] terms, int[] numbers) => [.. numbers.Select(number => terms[number])];
}
