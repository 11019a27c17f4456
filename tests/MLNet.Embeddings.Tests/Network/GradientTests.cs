using System.Numerics.Tensors;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The gradients of all parameters and table rows, for every kind of column, beside those of torch's own modules.</summary>
[TestClass]
public sealed class GradientTests
{
    private const int RowCount = 40, KeyCount = 15;
    private const string All = "all together";

    private static readonly (ColumnShape Shape, ColumnData Data, NumberScale? Scale)[] Columns = CreateColumns();

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Learn_RaggedAndEmptyRows_GivesTorchsGradients(string column, int firstRow, int rowCount)
    {
        int[] columns = [.. Enumerable.Range(0, Columns.Length).Where(i => column is All || column == Columns[i].Shape.Name)];
        using var session = new TorchSession(seed: 1, threads: 1); // small products are slower on several
        using var network = TorchNetworks.Random(Shape(columns), seed: 1);
        // With larger weights a GRU is chaotic: over 40 steps the last digit of a float would become the first.
        TensorPrimitives.Multiply(network.Dense.Values, 0.3f, network.Dense.Values);

        AssertGradients(network, CreateBatch(columns, firstRow, rowCount));
    }

    /// <summary>The way of another device than the CPU, gone on the CPU.</summary>
    [TestMethod]
    public void Learn_OnADevice_GivesTorchsGradients()
    {
        int[] columns = [.. Enumerable.Range(0, Columns.Length)];
        using var session = new TorchSession(seed: 1, threads: 1); // small products are slower on several
        using var network = TorchNetworks.Random(Shape(columns), seed: 1, device: torch.CPU);
        TensorPrimitives.Multiply(network.Dense.Values, 0.3f, network.Dense.Values);

        AssertGradients(network, CreateBatch(columns, firstRow: 0, RowCount));
        Assert.IsTrue(network.Pads);
    }

    [TestMethod]
    public void Learn_WithoutTorch_GivesTorchsGradients()
    {
        using var session = new TorchSession(seed: 1, threads: 1); // small products are slower on several
        int[] columns = [.. Enumerable.Range(0, Columns.Length).Where(i => Columns[i].Shape is not SequenceShape)];
        using var network = new ManagedNetwork(Shape(columns), new(0, 2), new SplitMix(1));
        foreach (var table in network.Tables) Numbers.Random(table.Values.Length, seed: 2).CopyTo(table.Values, 0);

        AssertGradients(network, CreateBatch(columns, firstRow: 0, RowCount));
    }

    /// <summary>Each column alone and all together; with rows of all lengths, one row, and empty rows only.</summary>
    private static IEnumerable<object[]> Forms =>
        from column in Columns.Select(column => column.Shape.Name).Append(All)
        from rows in new (int First, int Count)[] { (0, RowCount), (RowCount - 1, 1), (0, 2) }
        select new object[] { column, rows.First, rows.Count };

    private static void AssertGradients(ILearningNetwork network, RowBatch batch)
    {
        float[] scoreGradients = Numbers.Random(batch.RowCount, seed: 3);
        using var plain = new PlainTorchNetwork(network.Shape, network.Export());
        var expected = plain.Gradients(batch, scoreGradients);

        network.Learn(batch, (_, _, _, gradients) =>
        {
            scoreGradients.CopyTo(gradients);
            return 0;
        });

        // The network exports the gradients by name when they lie where its values did.
        network.Dense.Gradients.CopyTo(network.Dense.Values, 0);
        foreach (var table in network.Tables) Array.Clear(table.Values);
        foreach (var table in network.Tables)
        {
            for (int i = 0; i < table.Touched.Length; i++)
                table.Gradients.Slice(i * table.Dimensions, table.Dimensions).CopyTo(table.Values.AsSpan(table.Touched[i] * table.Dimensions));
        }
        var actual = network.Export().ToArray();
        CollectionAssert.AreEquivalent(expected.Keys.ToArray(), actual.Select(array => array.Name).ToArray());
        // Sums of large terms that nearly cancel, such as a bias before a softmax has, are only as exact as the terms.
        double floor = 0.01 * expected.Values.Max(values => values.Select(Math.Abs).DefaultIfEmpty().Max());
        foreach (var (name, gradients) in actual) Numbers.AreClose(expected[name], gradients, name, floor: floor);
    }

    private static RowBatch CreateBatch(int[] columns, int firstRow, int rowCount)
    {
        var table = new TrainingTable([.. columns.Select(i => Columns[i].Data)], [new float[RowCount]], new float[RowCount], SkippedRows: 0);
        return new Batcher(table, [.. columns.Select(i => Columns[i].Scale)]).Cut([.. Enumerable.Range(firstRow, rowCount)], UnknownDropout.None);
    }

    private static NetworkShape Shape(int[] columns) => TorchNetworks.Shape([7, 5], [.. columns.Select(i => Columns[i].Shape)]);

    /// <summary>A column of each kind with rows for it; the first two sequences of each are empty, the last is the longest.</summary>
    private static (ColumnShape Shape, ColumnData Data, NumberScale? Scale)[] CreateColumns()
    {
        var random = new Random(1);
        (ColumnShape, ColumnData, NumberScale?) Sequence(string name, int dimensions, SequenceEncoder encoder, string? table = null) => (
            new SequenceShape(name, KeyCount, dimensions, encoder) { SharedTable = table },
            Tables.Sequences([.. Enumerable.Range(0, RowCount).Select(row => Keys(row < 2 || row % 9 == 4 ? 0 : row))], KeyCount, sharedTable: table), null);
        (ColumnShape, ColumnData, NumberScale?) Bag(string name, int dimensions, BagPooling pooling, string? table = null) => (
            new BagShape(name, KeyCount, dimensions, pooling) { SharedTable = table },
            Tables.Sequences([.. Enumerable.Range(0, RowCount).Select(row => Keys(row % 3 == 0 ? 0 : row % 6))], KeyCount, sharedTable: table), null);
        (ColumnShape, ColumnData, NumberScale?) Number(string name, NumberEncoder encoder)
        {
            // Of the three numbers of a row the second is often missing, the third never varies.
            float[] numbers = Numbers.Random(3 * RowCount, seed: 4);
            for (int i = 0; i < numbers.Length; i++) numbers[i] = i % 3 == 2 ? 8 : i % 3 == 1 && numbers[i] > 0.2f ? float.NaN : 5 * numbers[i];
            var data = new NumberData(numbers, 3, encoder);
            var scale = NumberStatistics.Measure(data, [], [.. Enumerable.Range(0, RowCount)])!;
            return (new NumberShape(name, 3, scale.HasMissing, encoder, scale.KnotCounts), data, scale);
        }
        int[] Keys(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(1, KeyCount + 1))];
        return
        [
            (new CategoryShape("Category", KeyCount, Dimensions: 6), new CategoryData([.. Keys(RowCount).Select(key => key - 1)], KeyCount, hasUnknown: true), null),
            Bag("Bag", 6, BagPooling.Mean),
            Bag("SummedBag", 20, BagPooling.Sum),
            (new CategoryShape("SharingCategory", KeyCount, 6) { SharedTable = "Shared" }, new CategoryData(Keys(RowCount), KeyCount, hasUnknown: true) { SharedTable = "Shared" }, null),
            Bag("SharingBag", 6, BagPooling.Mean, "Shared"),
            Sequence("SharingMean", 6, SequenceEncoder.Mean(), "Shared"),
            Sequence("SharingGru", 6, SequenceEncoder.Gru(4), "Shared"),
            Sequence("Gru", 5, SequenceEncoder.Gru(9)),
            Sequence("WideGru", 3, SequenceEncoder.Gru(70)),
            Sequence("DeepGru", 5, SequenceEncoder.Gru(9, layers: 3)),
            Sequence("BothWaysGru", 4, SequenceEncoder.Gru(33, bidirectional: true)),
            Sequence("DeepBothWaysGru", 4, SequenceEncoder.Gru(8, layers: 2, bidirectional: true)),
            Sequence("GruMean", 6, SequenceEncoder.Gru(11, readout: GruReadout.Mean)),
            Sequence("DeepBothWaysGruMax", 6, SequenceEncoder.Gru(11, layers: 2, bidirectional: true, readout: GruReadout.Max)),
            Sequence("BothWaysGruAttention", 6, SequenceEncoder.Gru(11, layers: 2, bidirectional: true, readout: GruReadout.Attention)),
            Sequence("Mean", 17, SequenceEncoder.Mean()),
            Sequence("Sum", 40, SequenceEncoder.Sum()),
            Sequence("Max", 6, SequenceEncoder.Max()),
            Sequence("WideMax", 70, SequenceEncoder.Max()),
            Sequence("Attention", 6, SequenceEncoder.Attention()),
            Sequence("WideAttention", 50, SequenceEncoder.Attention()),
            Number("Numbers", NumberEncoder.Standard()),
            Number("Quantile", NumberEncoder.Quantile()),
            Number("FewBins", NumberEncoder.PiecewiseLinear(bins: 1, dimensions: 1)),
            Number("Bins", NumberEncoder.PiecewiseLinear(bins: 9, dimensions: 5)),
            Number("Waves", NumberEncoder.Periodic(dimensions: 5, frequencies: 3, deviation: 0.5)),
            Number("OneWave", NumberEncoder.Periodic(dimensions: 1, frequencies: 1, deviation: 0.5)),
        ];
    }
}
