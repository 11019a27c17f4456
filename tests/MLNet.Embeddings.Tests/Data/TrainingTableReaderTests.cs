using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TrainingTableReaderTests
{
    [TestMethod]
    public void Read_MissingLabels_AreSkippedAndCounted()
    {
        var table = Read(
            InputColumn.Number("Number"), new Row { Number = 1, Label = 1 }, new Row { Number = 2, Label = float.NaN }, new Row { Number = 3, Label = 0 });

        Assert.AreEqual(2, table.RowCount);
        Assert.AreEqual(1, table.SkippedRows);
        CollectionAssert.AreEqual(new float[] { 1, 0 }, table.Labels[0]);
        Assert.AreEqual(3, table.Columns[0].Numbers(1)[0]);
    }

    [TestMethod]
    public void Read_AllLabelsMissing_SaysSo() => AssertFault(
        "The label column 'Label' is missing in all 2 rows; rows with a label are needed.",
        InputColumn.Number("Number"), new Row { Label = float.NaN }, new Row { Label = float.NaN });

    [TestMethod]
    public void Read_NoRows_SaysSo() => AssertFault(
        "The data has no rows; some are needed. Check the path and the filters before the trainer.", InputColumn.Number("Number"));

    [TestMethod]
    public void Read_VectorsOfUnequalLength_NamesColumnRowAndLengths() => AssertFault(
        "Column 'Numbers' holds 3 numbers in row 1 and 2 in the rows before; every row must have as many. Make the vectors equally long, or use one column " +
        "per number.",
        InputColumn.Number("Numbers"), new Row { Numbers = [1, 2] }, new Row { Numbers = [1, 2, 3] });

    [TestMethod]
    public void Read_VectorWithoutNumbers_NamesColumnAndRow() => AssertFault(
        "Column 'Numbers' holds no numbers in row 0; every row must have at least one. Give NaN where a number is missing.",
        InputColumn.Number("Numbers"), new Row { Numbers = [] });

    [TestMethod]
    [DataRow("Number", float.PositiveInfinity, "Infinity")]
    [DataRow("Number", float.NegativeInfinity, "-Infinity")]
    [DataRow("Numbers", float.PositiveInfinity, "Infinity")]
    public void Read_InfiniteNumber_NamesColumnAndRow(string column, float number, string written) => AssertFault(
        $"Column '{column}' holds {written} in row 1; numbers must be finite and within the range of Single, or NaN where the value is missing. " +
        "Replace the value, or set it to NaN, before this step.",
        InputColumn.Number(column), new Row(), new Row { Number = number, Numbers = [1, number] });

    [TestMethod]
    public void Read_VectorsOfUnknownSize_TakesTheSizeFromTheRows()
    {
        var numbers = (NumberData)Read(InputColumn.Number("Numbers"), new Row { Numbers = [1, float.NaN, 3] }, new Row { Numbers = [4, 5, 6] }).Columns[0];

        Assert.AreEqual(3, numbers.Size);
        CollectionAssert.AreEqual(new[] { 1, double.NaN, 3 }, numbers.Numbers(0));
        CollectionAssert.AreEqual(new double[] { 4, 5, 6 }, numbers.Numbers(1));
    }

    [TestMethod]
    public void Read_Weights_AreScaledToAMeanOfOne()
    {
        float[] weights = ReadWeighted(1, 0, 5).Weights;

        CollectionAssert.AreEqual(new[] { 0.5f, 0, 2.5f }, weights);
    }

    [TestMethod]
    public void Read_NoWeightColumn_WeighsAllRowsAlike() =>
        CollectionAssert.AreEqual(new float[] { 1, 1 }, Read(InputColumn.Number("Number"), new Row { Weight = 3 }, new Row()).Weights);

    [TestMethod]
    [DataRow(-1f, "-1")]
    [DataRow(float.NaN, "NaN")]
    public void Read_WeightBelowZeroOrMissing_NamesColumnAndRow(float weight, string written)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => ReadWeighted(1, weight));

        Assert.AreEqual(
            $"The example weight column 'Weight' holds {written} in row 1; weights must be finite, and 0 or more. Replace the value, or filter the row out.",
            error.Message);
    }

    [TestMethod]
    public void Read_AllWeightsZero_SaysSo()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => ReadWeighted(0, 0, 0));

        Assert.AreEqual("The example weight column 'Weight' is 0 in all 3 rows; some must be above 0.", error.Message);
    }

    [TestMethod]
    [DataRow(3_000_000L)]
    [DataRow(100_000_000L)]
    [DataRow(long.MaxValue)]
    public void Read_ViewThatAnnouncesTooManyRows_TakesNoMemoryForThem(long rows)
    {
        var view = new AnnouncedView(new MLContext(1).Data.LoadFromEnumerable([new WideRow(), new WideRow()]), rows);
        var reader = Reader(InputColumn.Number("Numbers")) with { Columns = [InputColumn.Number("Numbers"), InputColumn.Sequence("Keys")] };
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.AreEqual(2, reader.Read(view, CancellationToken.None).RowCount);

        Assert.IsLessThan(5_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    [DataRow(1e-42)]
    [DataRow(1e36)]
    public void Read_WeightsOfAnyScale_AreScaledToAMeanOfOne(double unit)
    {
        float[] weights = ReadWeighted((float)unit, 0, (float)(5 * unit)).Weights;

        Assert.AreEqual(0.5, weights[0], 0.01);
        Assert.AreEqual(2.5, weights[2], 0.01);
    }

    [TestMethod]
    public void Read_Cancelled_Throws() => Assert.ThrowsExactly<OperationCanceledException>(
        () => Reader(InputColumn.Number("Number")).Read(View(new Row()), new CancellationToken(canceled: true)));

    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt32)]
    [DataRow(DataKind.UInt64)]
    public void Read_KeysOfAnyRawType_AreReadWithoutPadding(DataKind kind)
    {
        var context = new MLContext(1);
        var row = new KeyRow<uint> { Key = 2, Keys = [1, 0, 5], Sparse = new VBuffer<uint>(4, 1, [4], [3]) };
        var rows = context.Data.LoadFromEnumerable([row]);
        var view = context.Transforms.Conversion.ConvertType([new("Key"), new("Keys"), new("Sparse")], kind).Fit(rows).Transform(rows);

        var table = new TrainingTableReader(
            [InputColumn.Category("Key"), InputColumn.Sequence("Keys"), InputColumn.Sequence("Sparse")], [new LabelSource("Key", true, (_, _) => () => 1)],
            null).Read(view, CancellationToken.None);

        var (category, sequence, sparse) = ((CategoryData)table.Columns[0], (SequenceData)table.Columns[1], (SequenceData)table.Columns[2]);
        Assert.AreEqual(3, category.KeyOf(0), "ML.NET takes a scalar key of a class as an index and adds one.");
        Assert.AreEqual(5, category.KeyCount);
        Assert.IsFalse(category.HasUnknown);
        CollectionAssert.AreEqual(new[] { 1, 5 }, sequence.KeysOf(0).ToArray());
        CollectionAssert.AreEqual(new[] { 4 }, sparse.KeysOf(0).ToArray());
        Assert.AreEqual(3, table.TokensOf(0));
    }

    private static void AssertFault(string message, InputColumn column, params Row[] rows)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Read(column, rows));

        Assert.AreEqual(message, error.Message);
    }

    private static TrainingTable Read(InputColumn column, params Row[] rows) => Reader(column).Read(View(rows), CancellationToken.None);

    private static TrainingTable ReadWeighted(params float[] weights) =>
        Reader(InputColumn.Number("Number"), "Weight").Read(View([.. weights.Select(weight => new Row { Weight = weight })]), CancellationToken.None);

    private static TrainingTableReader Reader(InputColumn column, string? weight = null) => new([column], [new LabelSource("Label", true, OpenLabel)], weight);

    private static Func<float> OpenLabel(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<float>(column);
        float label = 0;
        return () =>
        {
            getter(ref label);
            return label;
        };
    }

    private static IDataView View(params Row[] rows) => new MLContext(1).Data.LoadFromEnumerable(rows);

    private sealed class WideRow
    {
        public float Label { get; set; } = 1;
        [VectorType(768)] public float[] Numbers { get; set; } = new float[768];
        [KeyType(5)] public uint[] Keys { get; set; } = [1, 2];
    }

    private sealed class Row
    {
        public float Label { get; set; }
        public float Number { get; set; }
        public float[] Numbers { get; set; } = [1, 2];
        public float Weight { get; set; } = 1;
    }
}
