using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SplitRowsTests
{
    private static readonly TrainingRow[] Rows = TrainingRow.Random(5_000, seed: 1, (row, random) => row.Number = random.Next(1_000));

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Read_OneCursorOrSeveral_TakesEachRowOnce(int cursors)
    {
        var view = Split(cursors);
        var sums = new double[cursors];
        var told = new RowPass(CancellationToken.None);
        int opened = 0;

        SplitRows.Read(view, Number(view), told, (row, count) =>
        {
            Assert.AreEqual(cursors, count);
            int number = opened++;
            return Sum(row, value => sums[number] += value);
        });

        Assert.AreEqual(Rows.Sum(row => (double)row.Number), sums.Sum());
        Assert.AreEqual(Rows.Length, told.Rows);
        Assert.IsTrue(sums.All(sum => sum > 0));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Read_RowFails_EndsWithItsError(int cursors)
    {
        var view = Split(cursors);
        int left = 700;

        var error = Assert.ThrowsExactly<InvalidDataException>(() => SplitRows.Read(view, Number(view), CancellationToken.None,
            (row, _) => Sum(row, _ =>
            {
                if (Interlocked.Decrement(ref left) == 0) throw new InvalidDataException("Row 700.");
            })));

        Assert.AreEqual("Row 700.", error.Message);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Read_Cancelled_Ends(int cursors)
    {
        var view = Split(cursors);
        using var source = new CancellationTokenSource();
        int taken = 0;

        Assert.ThrowsExactly<OperationCanceledException>(() => SplitRows.Read(view, Number(view), source.Token, (row, _) => Sum(row, _ =>
        {
            if (Interlocked.Increment(ref taken) == 300) source.Cancel();
        })));

        Assert.IsLessThan(Rows.Length, taken);
    }

    private static SplitView Split(int cursors) =>
        new(TrainingRow.View(Rows), [.. Enumerable.Range(0, cursors).Select(i => TrainingRow.View([.. Rows.Where((_, row) => row % cursors == i)]))]);

    private static DataViewSchema.Column[] Number(IDataView view) => [view.Schema["Number"]];

    private static Action Sum(DataViewRow row, Action<float> add)
    {
        var getter = row.GetGetter<float>(row.Schema["Number"]);
        float value = 0;
        return () =>
        {
            getter(ref value);
            add(value);
        };
    }
}
