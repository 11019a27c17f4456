using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ForwardPassTests
{
    private static readonly CategoryShape Category = new(nameof(NetworkRow.Category), KeyCount: 3, Dimensions: 2);

    [TestMethod]
    [DataRow(0u, 0.5f, -1f)]
    [DataRow(1u, 2f, 3f)]
    [DataRow(2u, -4f, 0.25f)]
    [DataRow(3u, 8f, 16f)]
    public void Category_MissingUnknownAndKnown_AreTheirRowsOfTheTable(uint key, float first, float second)
    {
        float[] table = [0.5f, -1, 2, 3, -4, 0.25f, 8, 16];
        var row = new NetworkRow { CategoryKey = key };

        Assert.AreEqual(first, Score(0, Category, row, (Category.Table, table)));
        Assert.AreEqual(second, Score(1, Category, row, (Category.Table, table)));
    }

    [TestMethod]
    public void Gru_OneUnitTwoTerms_FollowsTheFormulas()
    {
        var shape = new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 2, Dimensions: 1, SequenceEncoder.Gru(1));

        float score = Score(0, shape, new KeyRow<uint> { Keys = [1, 2] }, (shape.Table, [0, 1, -2]),
            ("columns.Keys.gru.weight_ih_l0", [0.5f, -1, 2]), ("columns.Keys.gru.weight_hh_l0", [0.75f, 1.5f, -0.5f]),
            ("columns.Keys.gru.bias_ih_l0", [0.1f, 0.2f, 0.3f]), ("columns.Keys.gru.bias_hh_l0", [-0.1f, 0.4f, 0.6f]));

        // Term 1 has the value 1 and meets the state 0; term 2 has the value -2.
        double r = Sigmoid(0.5 * 1 + 0.1 - 0.1), z = Sigmoid(-1 * 1 + 0.2 + 0.4), n = Math.Tanh(2 * 1 + 0.3 + r * 0.6);
        double state = (1 - z) * n;
        r = Sigmoid(0.5 * -2 + 0.1 + 0.75 * state - 0.1);
        z = Sigmoid(-1 * -2 + 0.2 + 1.5 * state + 0.4);
        n = Math.Tanh(2 * -2 + 0.3 + r * (-0.5 * state + 0.6));
        Assert.AreEqual((1 - z) * n + z * state, score, 1e-6);
    }

    [TestMethod]
    public void Mean_ThreeTerms_IsTheirMean()
    {
        var shape = new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 2, Dimensions: 2, SequenceEncoder.Mean());
        var row = new KeyRow<uint> { Keys = [2, 1, 2] };

        Assert.AreEqual((4 + 1 + 4) / 3f, Score(0, shape, row, (shape.Table, [0, 0, 1, -2, 4, 8])));
        Assert.AreEqual((8 - 2 + 8) / 3f, Score(1, shape, row, (shape.Table, [0, 0, 1, -2, 4, 8])), 1e-6f);
    }

    [TestMethod]
    [DataRow(BagPooling.Mean, 3f, 14 / 3f)]
    [DataRow(BagPooling.Sum, 9f, 14f)]
    public void Bag_ThreeKeysAndMissingOnes_IsTheirMeanOrSum(BagPooling pooling, float first, float second)
    {
        var shape = new BagShape(nameof(KeyRow<>.Keys), KeyCount: 2, Dimensions: 2, pooling);
        KeyRow<uint> row = new() { Keys = [2, 0, 1, 2, 0] }, empty = new() { Keys = [0] };

        Assert.AreEqual(first, Score(0, shape, row, (shape.Table, [0, 0, 1, -2, 4, 8])), 1e-6f);
        Assert.AreEqual(second, Score(1, shape, row, (shape.Table, [0, 0, 1, -2, 4, 8])), 1e-6f);
        Assert.AreEqual(0, Score(1, shape, empty, (shape.Table, [0, 0, 1, -2, 4, 8])));
    }

    [TestMethod]
    public void Sum_ThreeTerms_IsTheirSum()
    {
        var shape = new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 2, Dimensions: 2, SequenceEncoder.Sum());
        var row = new KeyRow<uint> { Keys = [2, 1, 2] };

        Assert.AreEqual(9, Score(0, shape, row, (shape.Table, [0, 0, 1, -2, 4, 8])));
        Assert.AreEqual(14, Score(1, shape, row, (shape.Table, [0, 0, 1, -2, 4, 8])));
    }

    [TestMethod]
    public void Attention_ThreeTerms_FollowsTheFormulas()
    {
        var shape = new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 2, Dimensions: 1, SequenceEncoder.Attention());

        float score = Score(0, shape, new KeyRow<uint> { Keys = [2, 1, 2] }, (shape.Table, [0, 1, -2]),
            ("columns.Keys.attention.weight", [0.5f]), ("columns.Keys.attention.bias", [0.25f]), ("columns.Keys.attention.query", [3]));

        double first = Math.Exp(3 * Math.Tanh(0.5 + 0.25)), second = Math.Exp(3 * Math.Tanh(-1 + 0.25));
        Assert.AreEqual((first * 1 + 2 * second * -2) / (first + 2 * second), score, 1e-6);
    }

    [TestMethod]
    public void Max_NegativeTerms_IsTheLargestOfThemAndNotPadding()
    {
        var shape = new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 2, Dimensions: 2, SequenceEncoder.Max());
        var row = new KeyRow<uint> { Keys = [2, 0, 1] };

        Assert.AreEqual(-1, Score(0, shape, row, (shape.Table, [0, 0, -1, -2, -4, 8])));
        Assert.AreEqual(8, Score(1, shape, row, (shape.Table, [0, 0, -1, -2, -4, 8])));
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Sequence_EmptyOrOnlyPadding_IsZeros(SequenceEncoder encoder)
    {
        var shape = new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 5, Dimensions: 2, encoder);
        var network = Networks.Random(3, [], shape);

        float[] scores = Networks.Score(network, View(new KeyRow<uint>(), new KeyRow<uint> { Keys = [0, 0] }, new KeyRow<uint> { Keys = [3] }));

        float bias = network[HeadShape.LayerBias(0)][0];
        Assert.AreEqual(bias, scores[0]);
        Assert.AreEqual(bias, scores[1]);
        Assert.AreNotEqual(bias, scores[2]);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Sequence_PaddingInsideOrBehind_DoesNotChangeTheScore(SequenceEncoder encoder)
    {
        var network = Networks.Random(3, [4], new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 5, Dimensions: 3, encoder));

        float[] scores = Networks.Score(network, View(
            new KeyRow<uint> { Keys = [1, 5, 2] }, new KeyRow<uint> { Keys = [1, 5, 2, 0, 0, 0] }, new KeyRow<uint> { Keys = [0, 1, 0, 0, 5, 2] }));

        Assert.AreEqual(scores[0], scores[1]);
        Assert.AreEqual(scores[0], scores[2]);
    }

    [TestMethod]
    [DataRow(1f, 0f, DisplayName = "the mean")]
    [DataRow(5f, 2f)]
    [DataRow(-3f, -2f)]
    [DataRow(float.NaN, 0f)]
    public void Number_Scalar_IsInDeviationsFromTheMean(float number, float expected)
    {
        var shape = new NumberShape(nameof(NumberRow<>.Number), Size: 1, MissingIndicator: false);

        Assert.AreEqual(expected, Score(0, shape, new NumberRow<float> { Number = number }, (shape.Mean, [1]), (shape.Deviation, [2])));
    }

    [TestMethod]
    public void Number_WithIndicators_HasThemBehindTheValues()
    {
        var shape = new NumberShape(nameof(NumberRow<>.Numbers), Size: 2, MissingIndicator: true);
        var row = new NumberRow<float> { Numbers = [float.NaN, 7] };

        float[] vector = [.. Enumerable.Range(0, 4).Select(i => Score(i, shape, row, (shape.Mean, [5, 3]), (shape.Deviation, [1, 2])))];

        CollectionAssert.AreEqual(new float[] { 0, 2, 1, 0 }, vector);
    }

    [TestMethod]
    [DataRow(float.MaxValue)]
    [DataRow(float.MinValue)]
    [DataRow(float.Epsilon)]
    public void Number_AtTheEdgeOfFloats_GivesAFiniteScore(float number)
    {
        foreach (var column in NumberShapes(nameof(NumberRow<>.Numbers), size: 3))
        {
            var network = Networks.Random(5, [8, 8], column);

            float score = Networks.Score(network, View(new NumberRow<float> { Numbers = [number, -number, number] })).Single();

            Assert.IsTrue(float.IsFinite(score), $"{score} by {column.Encoder}");
        }
    }

    [TestMethod]
    public void Score_NumberEncoders_AgreeWithThePlainForward()
    {
        var rows = NetworkRow.Random(200);
        foreach (var row in rows) row.Numbers = [.. row.Numbers.Select(number => number / 4)];
        foreach (var column in NumberShapes(nameof(NetworkRow.Numbers), size: 2))
        {
            var network = Networks.Random(4, [5], column);

            float[] scores = Networks.Score(network, NetworkRow.View(rows));

            for (int i = 0; i < rows.Length; i++)
            {
                double expected = PlainForward.Score(network, rows[i].Numbers);
                Assert.AreEqual(expected, scores[i], 1e-5 * Math.Max(1, Math.Abs(expected)), $"row {i} by {column.Encoder}");
            }
        }
    }

    [TestMethod]
    public void Score_NumberEncoders_AllocateNothingPerRow()
    {
        var rows = new MLContext(1).Data.Cache(NetworkRow.View(NetworkRow.Random(4000)));
        foreach (var column in NumberShapes(nameof(NetworkRow.Numbers), size: 2))
        {
            var view = Networks.Transformer(Networks.Random(4, [5], column)).Transform(rows);
            Networks.Scores(view);

            // Less than an object a row; what threads cost is paid once for a block.
            Assert.IsLessThan(20_000, Allocations.InThirdQuarter<float>(view, "Score"), $"{column.Encoder}");
        }
    }

    [TestMethod]
    public void Score_NetworkOfEveryKind_AgreesWithThePlainForward()
    {
        var network = Networks.OfEveryKind();
        var rows = NetworkRow.Random(200);

        float[] scores = Networks.Score(network, NetworkRow.View(rows));

        for (int i = 0; i < rows.Length; i++)
        {
            double expected = PlainForward.Score(network, rows[i].Values());
            Assert.AreEqual(expected, scores[i], 1e-5 * Math.Max(1, Math.Abs(expected)), $"row {i}");
        }
    }

    [TestMethod]
    public void Score_SizesThatFillNoVector_AgreesWithThePlainForward()
    {
        var network = Networks.Random(11, [37, 1],
            new CategoryShape(nameof(NetworkRow.Category), KeyCount: 3, Dimensions: 5),
            new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 19, SequenceEncoder.Gru(17)),
            new SequenceShape(nameof(NetworkRow.Mean), KeyCount: 5, Dimensions: 33, SequenceEncoder.Mean()),
            new SequenceShape(nameof(NetworkRow.Max), KeyCount: 5, Dimensions: 7, SequenceEncoder.Max()),
            new SequenceShape(nameof(NetworkRow.Attention), KeyCount: 5, Dimensions: 21, SequenceEncoder.Attention()));
        var rows = NetworkRow.Random(50);

        float[] scores = Networks.Score(network, NetworkRow.View(rows));

        for (int i = 0; i < rows.Length; i++)
        {
            double expected = PlainForward.Score(network, [.. rows[i].Values().SkipLast(2)]);
            Assert.AreEqual(expected, scores[i], 1e-5 * Math.Max(1, Math.Abs(expected)), $"row {i}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Score_AnyEncoder_AgreesWithThePlainForward(SequenceEncoder encoder)
    {
        var network = Networks.Random(11, [7], new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 9, encoder));
        var rows = NetworkRow.Random(50);

        float[] scores = Networks.Score(network, NetworkRow.View(rows));

        for (int i = 0; i < rows.Length; i++)
        {
            double expected = PlainForward.Score(network, rows[i].Values()[1]);
            Assert.AreEqual(expected, scores[i], 1e-5 * Math.Max(1, Math.Abs(expected)), $"row {i}");
        }
    }

    [TestMethod]
    public void Score_NothingButMissingValues_IsFinite()
    {
        var network = Networks.OfEveryKind();
        var row = new NetworkRow { CategoryKey = 0, Numbers = [float.NaN, float.NaN] };

        Assert.AreEqual(PlainForward.Score(network, row.Values()), Networks.Score(network, NetworkRow.View(row)).Single(), 1e-5);
    }

    [TestMethod]
    public void Score_ManyRows_IsThatOfEachAlone()
    {
        var network = Networks.OfEveryKind();
        var rows = NetworkRow.Random(50);

        float[] together = Networks.Score(network, NetworkRow.View(rows));
        float[] alone = [.. rows.Select(row => Networks.Score(network, NetworkRow.View(row)).Single())];

        CollectionAssert.AreEqual(alone, together);
    }

    private static IEnumerable<SequenceEncoder[]> Encoders => [.. TorchCases.Encoders.Select(encoder => new[] { encoder })];

    /// <summary>Columns of all encoders, of numbers of several knots and of one.</summary>
    private static IEnumerable<NumberShape> NumberShapes(string name, int size)
    {
        int[] knots = [.. Enumerable.Range(0, size).Select(i => i == 1 ? 1 : 6 - i)];
        yield return new NumberShape(name, size, MissingIndicator: true);
        yield return new NumberShape(name, size, MissingIndicator: true, NumberEncoder.Quantile(), knots);
        yield return new NumberShape(name, size, MissingIndicator: true, NumberEncoder.PiecewiseLinear(5, 3), knots);
        yield return new NumberShape(name, size, MissingIndicator: true, NumberEncoder.PiecewiseLinear(5, 20), [.. knots.Select(_ => 1)]);
        yield return new NumberShape(name, size, MissingIndicator: false, NumberEncoder.Periodic(3, 4), knots);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static float Score<TRow>(int index, ColumnShape column, TRow row, params (string Name, float[] Values)[] arrays) where TRow : class =>
        Networks.Score(Networks.Revealing(index, column, arrays), View(row)).Single();

    private static IDataView View<TRow>(params TRow[] rows) where TRow : class => new MLContext(1).Data.LoadFromEnumerable(rows);
}
