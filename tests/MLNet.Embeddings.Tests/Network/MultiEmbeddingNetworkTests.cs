using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class MultiEmbeddingNetworkTests
{
    private const int RowCount = 60;

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Forward_RandomNetwork_AgreesWithTheManagedOne(int seed)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(seed);
        var rows = RandomRows(random);
        var columns = RandomColumns(random);
        var (table, scales) = Read(rows, columns);
        int[] hidden = [.. Enumerable.Range(0, seed % 4).Select(_ => random.Next(1, 40))];
        using var network = TorchNetworks.Random(TorchNetworks.Shape(hidden, Shapes(random, columns, scales)), seed);

        float[] trained = Forward(network, new Batcher(table, scales), [.. Enumerable.Range(0, RowCount)]);
        float[] managed = Networks.Score(TrainedNetwork.Of(network.Shape, network.Export().Concat(FixedArrays(network.Shape, scales))), NetworkRow.View(rows));

        for (int i = 0; i < RowCount; i++) AssertClose(trained[i], managed[i], $"row {i} of {network.Shape}");
        Assert.IsGreaterThan(0.01f, managed.Max() - managed.Min());
    }

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void Forward_BatchOfOne_IsTheRowInABatchOfMany(int seed)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(seed);
        var columns = RandomColumns(random);
        var (table, scales) = Read(RandomRows(random), columns);
        using var network = TorchNetworks.Random(TorchNetworks.Shape([7], Shapes(random, columns, scales)), seed);
        var batcher = new Batcher(table, scales);

        float[] together = Forward(network, batcher, [.. Enumerable.Range(0, RowCount)]);

        for (int i = 0; i < 20; i++) AssertClose(together[i], Forward(network, batcher, [i]).Single(), $"row {i}");
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Forward_EmptySequences_AreZerosAloneAndAmongOthers(SequenceEncoder encoder)
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(TorchNetworks.Shape([], new SequenceShape("Words", KeyCount: 3, Dimensions: 4, encoder)), seed: 3);
        var batcher = new Batcher(Tables.Of(Tables.Sequences([[], [2, 3], []]), 3), [null]);

        float[] mixed = Forward(network, batcher, [0, 1, 2]), empty = Forward(network, batcher, [0, 2]);

        float bias = TrainedNetwork.Of(network.Shape, network.Export())[HeadShape.LayerBias(0)][0];
        Assert.AreEqual(bias, mixed[0]);
        Assert.AreNotEqual(bias, mixed[1]);
        Assert.AreEqual(bias, mixed[2]);
        CollectionAssert.AreEqual(new[] { bias, bias }, empty);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Forward_BesideALongerRow_GivesTheSameScoreForAnyPadding(SequenceEncoder encoder)
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(TorchNetworks.Shape([5], new SequenceShape("Words", KeyCount: 3, Dimensions: 4, encoder)), seed: 4);
        var batcher = new Batcher(Tables.OfLengths(3, 4, 40), [null]);

        AssertClose(Forward(network, batcher, [0, 1])[0], Forward(network, batcher, [0, 2])[0], "row 0");
    }

    [TestMethod]
    public void Forward_InTraining_DropsValuesOut()
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(TorchNetworks.Shape([50], new NumberShape("Number", Size: 1, MissingIndicator: false)), seed: 5, dropout: 0.5);
        var batch = new Batcher(Tables.Of(new NumberData([2], 1), 1), [new StandardScale([0], [1], hasMissing: false)]).Cut([0], UnknownDropout.None);

        network.train();
        float first = network.call(batch).item<float>(), second = network.call(batch).item<float>();
        network.eval();
        float third = network.call(batch).item<float>(), fourth = network.call(batch).item<float>();

        Assert.AreNotEqual(first, second);
        Assert.AreEqual(third, fourth);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Forward_AnyEncoder_DropsValuesOutInTrainingOnly(SequenceEncoder encoder)
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(TorchNetworks.Shape([], new SequenceShape("Words", KeyCount: 3, Dimensions: 8, encoder)), seed: 5, dropout: 0.5);
        var batcher = new Batcher(Tables.OfLengths(3, 5), [null]);

        network.train();
        using (torch.no_grad()) Assert.AreNotEqual(Train(), Train());
        CollectionAssert.AreEqual(Forward(network, batcher, [0, 1]), Forward(network, batcher, [0, 1]));

        (float, float) Train()
        {
            var scores = network.call(batcher.Cut([0, 1], UnknownDropout.None)).Floats();
            return (scores[0], scores[1]);
        }
    }

    [TestMethod]
    public void Forward_AllWeights_GetGradientsAsByDifferences()
    {
        using var scope = torch.NewDisposeScope();
        var shape = TorchNetworks.Shape([3],
            new CategoryShape("Category", KeyCount: 2, Dimensions: 2),
            new SequenceShape("Gru", KeyCount: 3, Dimensions: 2, SequenceEncoder.Gru(2)),
            new SequenceShape("Mean", KeyCount: 3, Dimensions: 2, SequenceEncoder.Mean()),
            new SequenceShape("Max", KeyCount: 3, Dimensions: 2, SequenceEncoder.Max()));
        using var network = TorchNetworks.Random(shape, seed: 6);
        var sequences = Tables.Sequences([[2, 3, 2], [], [3]]);
        var table = new TrainingTable([new CategoryData([2, 0, 1], 2, hasUnknown: true), sequences, sequences, sequences], [new float[3]], [1, 1, 1], SkippedRows: 0);
        var batch = new Batcher(table, [null, null, null, null]).Cut([0, 1, 2], UnknownDropout.None);

        network.call(batch).square().sum().backward();

        foreach (var embedding in network.Tables) AssertGradients(embedding);
        foreach (var (name, parameter) in network.named_parameters())
        {
            float[] gradients = parameter.grad!.Floats().ToArray();
            for (int i = 0; i < gradients.Length; i++)
            {
                int position = i;
                AssertGradient(gradients[i], change => parameter.Floats()[position] += change, $"{name}[{i}]");
            }
        }

        void AssertGradients(EmbeddingTable embedding)
        {
            float[] gradients = embedding.Gradients.ToArray();
            int[] terms = embedding == network.Tables[0] ? ((CategoryBatch)batch.Columns[0]).Terms : ((SequenceBatch)batch.Columns[1]).Terms;
            for (int i = 0; i < gradients.Length; i++)
            {
                int position = terms[i / 2] * 2 + i % 2;
                AssertGradient(gradients[i], change => embedding.Values[position] += change, $"row {terms[i / 2]} of a table");
            }
        }

        void AssertGradient(float gradient, Action<float> change, string what)
        {
            const float Step = 1e-2f;
            change(Step);
            double above = Loss();
            change(-2 * Step);
            double below = Loss();
            change(Step);
            Assert.AreEqual((above - below) / (2 * Step), gradient, 0.02 * Math.Max(1, Math.Abs(gradient)), what);
        }

        double Loss()
        {
            using var noGradients = torch.no_grad();
            return network.call(batch).square().sum().item<float>();
        }
    }

    private static IEnumerable<object[]> Seeds => Enumerable.Range(1, 16).Select(seed => new object[] { seed });

    private static IEnumerable<SequenceEncoder[]> Encoders => [.. TorchNetworks.Encoders.Select(encoder => new[] { encoder })];

    private static void AssertClose(float trained, float managed, string what) => Assert.AreEqual(trained, managed, 1e-5 * Math.Max(1, Math.Abs(trained)), what);

    private static float[] Forward(MultiEmbeddingNetwork network, Batcher batcher, int[] rows)
    {
        network.eval();
        using var noGradients = torch.no_grad();
        using var scores = network.call(batcher.Cut(rows, UnknownDropout.None));
        return scores.Floats().ToArray();
    }

    /// <summary>Rows of ragged sequences, empty ones among them; with or without missing numbers.</summary>
    private static NetworkRow[] RandomRows(Random random)
    {
        var rows = NetworkRow.Random(RowCount, random.Next());
        foreach (var row in rows) row.Gru = [.. Enumerable.Range(0, random.Next(4) * random.Next(15)).Select(_ => (uint)random.Next(6))];
        if (random.Next(2) == 0) return rows;
        foreach (var row in rows) row.Numbers = [.. row.Numbers.Select(number => float.IsNaN(number) ? 1 : number)];
        return rows;
    }

    /// <summary>Some of the columns, at least one, in any order; the words of "Gru" may have any encoder.</summary>
    private static InputColumn[] RandomColumns(Random random)
    {
        SequenceEncoder[] encoders = [SequenceEncoder.Gru(random.Next(1, 20)), SequenceEncoder.Gru(64), .. TorchNetworks.Encoders];
        NumberEncoder[] numbers =
        [
            NumberEncoder.Standard(), NumberEncoder.Quantile(), NumberEncoder.PiecewiseLinear(random.Next(1, 60), random.Next(1, 12)),
            NumberEncoder.Periodic(random.Next(1, 12), random.Next(1, 20), deviation: 0.5),
        ];
        InputColumn[] columns =
        [
            InputColumn.Category("Category", random.Next(1, 12)),
            InputColumn.Bag("Bag", random.Next(1, 12), (BagPooling)random.Next(2)),
            InputColumn.Sequence("Gru", random.Next(1, 40), encoders[random.Next(encoders.Length)]),
            InputColumn.Sequence("Mean", random.Next(1, 40), SequenceEncoder.Mean()),
            InputColumn.Sequence("Max", random.Next(1, 40), SequenceEncoder.Max()),
            InputColumn.Number("Numbers", numbers[random.Next(numbers.Length)]),
        ];
        random.Shuffle(columns);
        return columns[..random.Next(1, columns.Length + 1)];
    }

    private static ColumnShape[] Shapes(Random random, InputColumn[] columns, NumberScale?[] scales) => [.. columns.Select((column, i) => column switch
    {
        CategoryColumn category => new CategoryShape(column.Name, KeyCount: 3, category.Dimensions ?? random.Next(1, 5)),
        SequenceColumn sequence => new SequenceShape(column.Name, KeyCount: 5, sequence.DimensionsFor(5), sequence.Encoder),
        BagColumn bag => new BagShape(column.Name, KeyCount: 5, bag.DimensionsFor(5), bag.Pooling),
        NumberColumn number => (ColumnShape)new NumberShape(column.Name, Size: 2, scales[i]!.HasMissing, number.EncoderFor(2), scales[i]!.KnotCounts),
        _ => throw new NotSupportedException(),
    })];

    private static (TrainingTable Table, NumberScale?[] Scales) Read(NetworkRow[] rows, InputColumn[] columns)
    {
        var table = new TrainingTableReader(columns, [new LabelSource("Label", true, (_, _) => () => 1)], null).Read(NetworkRow.View(rows), CancellationToken.None);
        return (table, [.. table.Columns.Select(column => NumberStatistics.Measure(column, [], [.. Enumerable.Range(0, rows.Length)]))]);
    }

    private static IEnumerable<(string Name, float[] Values)> FixedArrays(NetworkShape shape, NumberScale?[] scales) =>
        shape.Columns.Zip(scales).SelectMany(column => column.Second?.Arrays.Select(array => (column.First.WeightName(array.Part), array.Values)) ?? []);
}
