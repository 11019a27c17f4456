using System.Reflection;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TorchColumnNetworkTests
{
    private static readonly EngineSettings Settings = new() { Seed = 3, Threads = 1 };

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Score_AnySequenceEncoder_AgreesWithPlainCode(SequenceEncoder encoder) =>
        AssertScores(TorchCases.Network(5, new HeadShape([7]), new SequenceShape("text", KeyCount: 9, Dimensions: 6, encoder)));

    [TestMethod]
    public void Score_NumberEncoders_AgreeWithPlainCode()
    {
        AssertScores(TorchCases.Network(5, new HeadShape([7]), new NumberShape("x", 3, MissingIndicator: true)));
        AssertScores(TorchCases.Network(6, new HeadShape([7]), new NumberShape("x", 3, MissingIndicator: true, NumberEncoder.Quantile(), [6, 1, 4])));
        AssertScores(TorchCases.Network(7, new HeadShape([7]),
            new NumberShape("x", 3, MissingIndicator: true, NumberEncoder.PiecewiseLinear(5, 3), [6, 1, 4])));
        AssertScores(TorchCases.Network(8, new HeadShape([7]), new NumberShape("x", 2, MissingIndicator: false, NumberEncoder.PiecewiseLinear(5, 3), [1, 1])));
        AssertScores(TorchCases.Network(9, new HeadShape([7]), new NumberShape("x", 3, MissingIndicator: false, NumberEncoder.Periodic(3, 4), [6, 1, 4])));
    }

    [TestMethod]
    [DynamicData(nameof(Heads), DynamicDataDisplayName = nameof(NameOf))]
    public void Score_EveryHead_AgreesWithPlainCode(object head) => AssertScores(TorchCases.Network(4, (HeadShape)head, TorchCases.Columns));

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Learn_AnySequenceEncoder_GivesTheSlopesOfTheLoss(SequenceEncoder encoder)
    {
        AssertSlopes(TorchCases.Network(5, new HeadShape([4], Activation: ActivationFunction.Tanh),
            new SequenceShape("text", KeyCount: 9, Dimensions: 3, TorchCases.WithoutDropout(encoder))));
    }

    [TestMethod]
    [DataRow(ColumnCombination.Concatenate, Normalization.None, 1)]
    [DataRow(ColumnCombination.Add, Normalization.Layer, 1)]
    [DataRow(ColumnCombination.Multiply, Normalization.Batch, 1)]
    [DataRow(ColumnCombination.Concatenate, Normalization.Batch, 3)]
    public void Learn_EveryKindOfColumn_GivesTheSlopesOfTheLoss(ColumnCombination combination, Normalization normalization, int members) =>
        AssertSlopes(TorchCases.Network(4, new HeadShape([5, 4], combination, ActivationFunction.Tanh, normalization, members), TorchCases.Columns));

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Score_RowsOfOtherLengthsInTheBatch_ChangeNothing(SequenceEncoder encoder)
    {
        var trained = TorchCases.Network(5, new HeadShape([7]), new SequenceShape("text", KeyCount: 9, Dimensions: 6, encoder));
        object[][] rows = TorchCases.Rows(trained.Shape, 12, seed: 2);
        using var network = Create(trained);

        float[] together = TorchCases.Scores(network, TorchCases.Batch(trained, rows));
        float[] alone = [.. rows.SelectMany(row => TorchCases.Scores(network, TorchCases.Batch(trained, [row])))];

        Numbers.AreClose([.. together], alone, $"{encoder}", tolerance: 2e-6);
    }

    [TestMethod]
    public void Score_NothingButEmptySequences_IsThatOfZeros()
    {
        var trained = TorchCases.Network(5, new HeadShape([]), new SequenceShape("text", KeyCount: 9, Dimensions: 6, SequenceEncoder.Gru(3)));
        using var network = Create(trained);
        var batch = TorchCases.Batch(trained, [[Array.Empty<int>()], [Array.Empty<int>()]]);

        float[] bias = trained[HeadShape.LayerBias(0)].ToArray();
        CollectionAssert.AreEqual((float[])[.. bias, .. bias], TorchCases.Scores(network, batch));
        network.Learn(batch, TorchCases.Loss);
        network.Step(0.1);
        CollectionAssert.AreEqual(trained[trained.Shape.Tables.Single().Name].ToArray(), network.Export()
            .Single(array => array.Name.EndsWith("table", StringComparison.Ordinal)).Values);
    }

    [TestMethod]
    public void Learn_SameSeedAndStep_DropsTheSame()
    {
        var trained = TorchCases.Network(4, new HeadShape([30]), TorchCases.Columns);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 20, seed: 1));
        using TorchColumnNetwork one = Create(trained, Settings with { Dropout = 0.5 }), other = Create(trained, Settings with { Dropout = 0.5, Seed = 4 });

        double first = one.Learn(batch, TorchCases.Loss), again = one.Learn(batch, TorchCases.Loss), otherSeed = other.Learn(batch, TorchCases.Loss);
        one.Step(0);

        Assert.AreEqual(first, again);
        Assert.AreNotEqual(first, otherSeed);
        Assert.AreNotEqual(first, one.Learn(batch, TorchCases.Loss));
    }

    [TestMethod]
    public void Learn_FrozenTable_StaysTheArrayThatWasGiven()
    {
        var trained = TorchCases.Network(4, new HeadShape([6]), TorchCases.Columns);
        var initial = TorchCases.Initial(trained, frozen: "tables.words");
        using var network = new TorchColumnNetwork(trained.Shape, initial, Settings with { AveragingDecay = 0.9 }, torch.CPU);

        network.Learn(TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 20, seed: 1)), TorchCases.Loss);
        network.Step(0.1);

        Assert.AreSame(initial["tables.words"].Values, network.Export().Single(array => array.Name == "tables.words").Values);
        CollectionAssert.AreEqual(trained["tables.words"].ToArray(), initial["tables.words"].Values);
        Assert.IsFalse(network.Gradients().ContainsKey("tables.words"));
    }

    [TestMethod]
    public void Learn_BatchOfOneRow_IsNormalisedAsInScoring()
    {
        var trained = TorchCases.Network(4, new HeadShape([6], Normalization: Normalization.Batch), TorchCases.Columns);
        using var network = Create(trained);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 1, seed: 1));

        Assert.AreEqual(TorchCases.Loss(TorchCases.Scores(network, batch), batch, 0, []), network.Learn(batch, TorchCases.Loss), 1e-5);
        CollectionAssert.AreEqual(trained[HeadShape.NormMean(0)].ToArray(), network.Export().Single(array => array.Name == HeadShape.NormMean(0)).Values);
    }

    [TestMethod]
    public void EstimateStatistics_Batches_AreTheMeansOfTheirsUntilTheAverageEnds()
    {
        var trained = TorchCases.Network(4, new HeadShape([6], Normalization: Normalization.Batch), TorchCases.Columns);
        using var network = Create(trained, Settings with { AveragingDecay = 0.9, Dropout = 0.3 });
        RowBatch[] batches = [.. Enumerable.Range(0, 3).Select(i => TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 20 + i, seed: i)))];
        float[] Mean() => network.Export().Single(array => array.Name == HeadShape.NormMean(0)).Values;
        using (network.UseAverage())
        {
            float[][] each = [.. batches.Select(batch => { network.EstimateStatistics([batch]); return Mean(); })];

            network.EstimateStatistics(batches);

            Numbers.AreClose([.. Enumerable.Range(0, 6).Select(i => each.Average(mean => (double)mean[i]))], Mean(), "running mean");
        }
        CollectionAssert.AreEqual(trained[HeadShape.NormMean(0)].ToArray(), Mean());
    }

    [TestMethod]
    public void Dispose_AfterTraining_LeavesNoTensor()
    {
        var trained = TorchCases.Network(4, new HeadShape([6], Normalization: Normalization.Batch, EnsembleSize: 2), TorchCases.Columns);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 20, seed: 1));
        LiveTensors.AssertUnchangedBy(() =>
        {
            using var network = Create(trained, Settings with { AveragingDecay = 0.9, Dropout = 0.1, MaxGradientNorm = 1 });
            LiveTensors.AssertUnchangedBy(() => TorchCases.Scores(network, batch));
            network.Learn(batch, TorchCases.Loss);
            network.Step(0.1);
            LiveTensors.AssertUnchangedBy(() =>
            {
                network.Learn(batch, TorchCases.Loss);
                network.Step(0.1);
                network.Gradients();
                network.Restore(network.Save());
                using (network.UseAverage()) network.EstimateStatistics([batch]);
                Assert.IsNotEmpty(network.Export().ToArray());
            });
        });
    }

    public static string NameOf(MethodInfo method, object[] data) => $"{method.Name} {data[0]}";

    /// <summary>Numbers that never vary have no bins, and an array of no values.</summary>
    [TestMethod]
    public void Restore_NumbersWithoutBins_GoesOn()
    {
        var trained = TorchCases.Network(8, new HeadShape([7]), new NumberShape("x", 2, MissingIndicator: false, NumberEncoder.PiecewiseLinear(5, 3), [1, 1]));
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 12, seed: 2));
        using TorchColumnNetwork first = Create(trained), second = Create(trained);
        first.Learn(batch, TorchCases.Loss);
        first.Step(0.1);

        second.Restore(first.Save());

        foreach (var (expected, actual) in first.Export().Zip(second.Export())) CollectionAssert.AreEqual(expected.Values, actual.Values, expected.Name);
    }

    private static IEnumerable<SequenceEncoder[]> Encoders => TorchCases.Encoders.Select(encoder => new[] { encoder });

    private static IEnumerable<object[]> Heads =>
        from combination in Enum.GetValues<ColumnCombination>()
        from normalization in Enum.GetValues<Normalization>()
        from activation in Enum.GetValues<ActivationFunction>()
        from members in new[] { 1, 3 }
        let hidden = members == 1 && activation == ActivationFunction.Tanh ? (int[])[] : [7, 6]
        select new object[] { new HeadShape(hidden, combination, activation, normalization, members) };

    private static TorchColumnNetwork Create(TrainedNetwork trained, EngineSettings? settings = null) =>
        new(trained.Shape, TorchCases.Initial(trained), settings ?? Settings, torch.CPU);

    private static void AssertScores(TrainedNetwork trained)
    {
        object[][] rows = TorchCases.Rows(trained.Shape, 30, seed: 1);
        using var turn = TorchTurn.Take(1, CancellationToken.None);
        using var network = Create(trained);

        float[] scores = TorchCases.Scores(network, TorchCases.Batch(trained, rows));

        double[] expected = [.. rows.SelectMany(row => PlainHead.Scores(trained, row))];
        Numbers.AreClose(expected, scores, "scores");
        Assert.IsGreaterThan(0.01, expected.Max() - expected.Min());
    }

    /// <summary>Moves each array to both sides along its own gradient: the loss must change by as much as the gradient says.</summary>
    private static void AssertSlopes(TrainedNetwork trained)
    {
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 12, seed: 1));
        using var turn = TorchTurn.Take(1, CancellationToken.None);
        using var network = Create(trained);
        network.Learn(batch, TorchCases.Loss);
        foreach (var (name, gradient) in network.Gradients())
        {
            double norm = Math.Sqrt(gradient.Sum(value => (double)value * value));
            // A bias before batch normalisation has no effect.
            if (trained.Shape.Head.Normalization == Normalization.Batch && norm < 1e-5) continue;
            double LossAt(double distance)
            {
                var initial = TorchCases.Initial(trained);
                for (int i = 0; i < gradient.Length; i++) initial[name].Values[i] += (float)(distance * gradient[i] / norm);
                using var moved = new TorchColumnNetwork(trained.Shape, initial, Settings, torch.CPU);
                return moved.Learn(batch, TorchCases.Loss) / batch.RowCount;
            }
            const double Distance = 3e-3;
            double slope = (LossAt(Distance) - LossAt(-Distance)) / (2 * Distance);
            Assert.AreEqual(norm, slope, 2e-3 * Math.Max(norm, 0.1), name);
            Assert.IsGreaterThan(0, norm, name);
        }
    }
}
