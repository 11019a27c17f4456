namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class KnotStatisticsTests
{
    [TestMethod]
    public void ToScale_Bins_HoldAsManyNumbersEach()
    {
        float[] numbers = [.. Enumerable.Range(0, 1_001).Select(i => (float)i * i)];

        float[] edges = Knots(Measure(NumberEncoder.PiecewiseLinear(bins: 10), numbers));

        CollectionAssert.AreEqual(new[] { 0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000 }.Select(i => (float)i * i).ToArray(), edges);
    }

    [TestMethod]
    public void ToScale_CrowdedValues_AreEdgesThatLeaveTheOthersToTheRest()
    {
        // Nine of ten rows are 0, as gains of capital are: the others have nearly all bins.
        float[] numbers = [.. Enumerable.Range(1, 10_000).Select(i => i % 10 == 0 ? i : 0f)];

        float[] edges = Knots(Measure(NumberEncoder.PiecewiseLinear(bins: 20), numbers));

        Assert.HasCount(21, edges);
        Assert.AreEqual(0f, edges[0]);
        Assert.AreEqual(10_000f, edges[^1]);
        foreach (var (low, high) in edges.Skip(1).Zip(edges.Skip(2))) Assert.AreEqual(500, high - low, 30);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(48)]
    public void ToScale_AnyNumbers_HaveNoMoreBinsThanAsked(int bins)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            float[] numbers = [.. Enumerable.Range(0, 300).Select(_ => (float)Math.Round(Math.Pow(random.NextDouble(), 1 + seed % 5) * (2 + seed * seed)))];

            float[] edges = Knots(Measure(NumberEncoder.PiecewiseLinear(bins), numbers));

            Assert.IsLessThanOrEqualTo(bins + 1, edges.Length);
            Assert.IsGreaterThanOrEqualTo(Math.Min(bins + 1, numbers.Distinct().Count()) / 2, edges.Length);
            Assert.AreEqual(numbers.Min(), edges[0]);
            Assert.AreEqual(numbers.Max(), edges[^1]);
            CollectionAssert.AreEqual(edges.Distinct().Order().ToArray(), edges);
        }
    }

    [TestMethod]
    public void ToScale_FewerValuesThanBins_HasAnEdgeAtEach() =>
        CollectionAssert.AreEqual(new float[] { 1, 2, 5 }, Knots(Measure(NumberEncoder.PiecewiseLinear(), [5, 1, 2, 2, float.NaN, 1])));

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void ToScale_Constant_IsOneKnot(NumberEncoder encoder)
    {
        var scale = Measure(encoder, [3, 3, 3]);

        CollectionAssert.AreEqual(new float[] { 3 }, Knots(scale));
        foreach (float number in new[] { -1, 3, 7, float.NaN }) Assert.AreEqual(0, Apply(scale, number), 1e-7);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void ToScale_AllMissing_IsOneKnotAtZero(NumberEncoder encoder)
    {
        var scale = Measure(encoder, [float.NaN, float.NaN]);

        CollectionAssert.AreEqual(new float[] { 0 }, Knots(scale));
        Assert.IsTrue(scale.HasMissing);
        Assert.AreEqual(0, Apply(scale, 5), 1e-7);
        Assert.AreEqual(0, Apply(scale, float.NaN), 1e-7);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ToScale_BinsOfTheLabelWithoutAnyNumber_IsOneKnotAtZero(bool areClasses)
    {
        var data = new NumberData<float>([float.NaN, 1, float.NaN, 2], 2, NumberEncoder.PiecewiseLinear(binning: NumberBinning.Label));

        var scale = NumberStatistics.Measure(data, [new LabelValues([0, 1], areClasses)], [0, 1])!;

        CollectionAssert.AreEqual(new[] { 1, 3 }, scale.KnotCounts);
        CollectionAssert.AreEqual(new float[] { 0, 1, 1.5f, 2 }, scale.Arrays.First().Values);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void ToScale_Doubles_AreToldApart(NumberEncoder encoder)
    {
        var data = new NumberData<double>([1e9 + 3, 1e9, 1e9 + 1, 1e9 + 2], 1, encoder);

        var scale = (KnotScale)NumberStatistics.Measure(data, [], [0, 1, 2, 3])!;

        Assert.IsGreaterThanOrEqualTo(3, scale.KnotCounts[0]);
        float[] result = new float[1], last = [float.NegativeInfinity];
        for (int i = 0; i < 4; i++)
        {
            scale.Apply([1e9 + i], result);
            Assert.IsGreaterThan(last[0], result[0]);
            last[0] = result[0];
        }
    }

    [TestMethod]
    public void ToScale_Normal_HasTheQuantilesOfANormalDistribution()
    {
        float[] numbers = [.. Enumerable.Range(0, 30_000).Select(i => MathF.Exp(i / 3_000f))];

        var scale = Measure(NumberEncoder.Quantile(), numbers);

        Assert.AreEqual(1_000, scale.KnotCounts[0]);
        // Quantiles of the normal distribution at 1/2, 0.975 and 0.001, as tables have them.
        Assert.AreEqual(0, Apply(scale, numbers[15_000]), 0.001);
        Assert.AreEqual(1.959964, Apply(scale, numbers[29_250]), 0.001);
        Assert.AreEqual(-3.090232, Apply(scale, numbers[30]), 0.005);
        Assert.AreEqual(Apply(scale, numbers[0]), Apply(scale, -1e9f));
        Assert.AreEqual(Apply(scale, numbers[^1]), Apply(scale, 1e9f));
        double[] scaled = [.. numbers.Select(number => (double)Apply(scale, number))];
        Assert.AreEqual(0, scaled.Average(), 0.001);
        Assert.AreEqual(1, scaled.Average(value => value * value), 0.01);
    }

    [TestMethod]
    public void ToScale_Ties_HaveTheirMiddleRank()
    {
        // 0 has the ranks 0 to 1/2, 1 those to 3/4, 2 those to 1: in the middle 1/4, 5/8 and 7/8.
        var scale = Measure(NumberEncoder.Quantile(), [0, 0, 1, 2]);

        Assert.AreEqual(-0.6744898, Apply(scale, 0), 1e-6);
        Assert.AreEqual(0.3186394, Apply(scale, 1), 1e-6);
        Assert.AreEqual(1.1503494, Apply(scale, 2), 1e-6);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void ToScale_MissingNumber_CountsAsTheMedian(NumberEncoder encoder)
    {
        var scale = Measure(encoder, [1, float.NaN, 2, 100]);

        Assert.AreEqual(Apply(scale, 2), Apply(scale, float.NaN));
    }

    [TestMethod]
    public void ToScale_TableAfterTable_IsThatOfOne()
    {
        float[] numbers = [.. Numbers.Random(900, seed: 1).Select(number => number > 0.8f ? float.NaN : number)];
        var data = new NumberData<float>(numbers, 3, NumberEncoder.Periodic());
        var statistics = NumberStatistics.For(data, [])!;
        foreach (int[] rows in Enumerable.Range(0, 300).Chunk(70)) statistics.Add(data, [], rows);

        foreach (var (expected, actual) in NumberStatistics.Measure(data, [], [.. Enumerable.Range(0, 300)])!.Arrays.Zip(statistics.ToScale().Arrays))
            CollectionAssert.AreEqual(expected.Values, actual.Values);
    }

    [TestMethod]
    public void ToScale_MoreRowsThanTheSample_IsNearlyThatOfAll()
    {
        // In order, so that a sample of the first rows would say otherwise.
        float[] numbers = [.. Enumerable.Range(0, 400_000).Select(i => (float)i)];

        float[] edges = Knots(Measure(NumberEncoder.PiecewiseLinear(bins: 8), numbers));

        for (int i = 0; i < 9; i++) Assert.AreEqual(50_000 * i, edges[i], 3_000);
        CollectionAssert.AreEqual(edges, Knots(Measure(NumberEncoder.PiecewiseLinear(bins: 8), numbers)));
    }

    [TestMethod]
    [DataRow(1e-7)]
    [DataRow(0.01)]
    [DataRow(0.4)]
    [DataRow(0.9)]
    [DataRow(0.999999)]
    public void NormalQuantile_Probability_GivesItBack(double probability)
    {
        double quantile = NormalKnots.NormalQuantile(probability);

        // The distribution by the midpoint rule from the quantile to the mean.
        double area = Enumerable.Range(0, 100_000)
            .Sum(i => Math.Exp(-0.5 * Math.Pow(quantile * (i + 0.5) / 100_000, 2))) * quantile / 100_000 / Math.Sqrt(2 * Math.PI);
        Assert.AreEqual(probability, 0.5 + area, 1e-6 * Math.Min(probability, 1 - probability) + 1e-8);
    }

    private static IEnumerable<NumberEncoder[]> Encoders => [[NumberEncoder.Quantile()], [NumberEncoder.PiecewiseLinear()], [NumberEncoder.Periodic()]];

    private static KnotScale Measure(NumberEncoder encoder, float[] numbers) =>
        (KnotScale)NumberStatistics.Measure(new NumberData<float>(numbers, 1, encoder), [], [.. Enumerable.Range(0, numbers.Length)])!;

    private static float[] Knots(KnotScale scale) => scale.Arrays.First().Values;

    private static float Apply(KnotScale scale, float number)
    {
        float[] result = new float[scale.Width];
        scale.Apply([number], result);
        return result[0];
    }
}
