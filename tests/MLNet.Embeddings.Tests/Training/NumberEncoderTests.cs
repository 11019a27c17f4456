namespace MLNet.Embeddings.Tests;

/// <summary>Fits on number columns of every encoder.</summary>
[TestClass]
public sealed class NumberEncoderTests
{
    [TestMethod]
    [DynamicData(nameof(Learning))]
    public void Fit_FunctionThatRisesAndFalls_IsLearned(NumberEncoder encoder, double least, bool withTorch)
    {
        // True in every other stretch of the number: nothing that rises or falls with it alone.
        TrainingRow[] Rows(int seed) => TrainingRow.Random(1_000, seed, (row, random) =>
        {
            row.Number = MathF.Exp(random.NextSingle() * 4);
            row.Label = (int)MathF.Log(row.Number) % 2 == 1;
        });
        InputColumn number = InputColumn.Number("Number", encoder);
        var options = Trainers.Options with
        {
            Columns = withTorch ? [InputColumn.Sequence("Words", 2, SequenceEncoder.Mean()), number] : [number],
            HiddenUnits = [16],
            MaxEpochs = 30,
            Patience = 30,
        };

        var model = Trainers.Fit(options, Rows(1));

        Assert.IsGreaterThan(least, Trainers.AreaUnderCurve(model, Rows(2)));
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Fit_ConstantsFewValuesAndMissingNumbers_GivesFiniteScores(NumberEncoder encoder)
    {
        var rows = TrainingRow.Random(60, seed: 3, (row, random) =>
        {
            row.Number = random.Next(2);
            row.Numbers = [7, random.Next(3) == 0 ? float.NaN : random.Next(3)];
        });
        var options = Trainers.Options with { Columns = [InputColumn.Number("Number", encoder), InputColumn.Number("Numbers", encoder)], MaxEpochs = 2 };

        var model = Trainers.Fit(options, rows);

        foreach (float number in new[] { -1, 0.5f, 9, float.NaN, float.MinValue, float.MaxValue })
        {
            float score = Trainers.Scores(model, new TrainingRow { Number = number, Numbers = [number, number] }).Single();
            Assert.IsTrue(float.IsFinite(score), $"{score} for {number}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Fit_OneSeed_GivesOneModelInMemoryOrFromItsFile(NumberEncoder encoder)
    {
        var rows = TrainingRow.Random(700, seed: 4);
        var options = Trainers.Options with
        {
            Columns = [InputColumn.Category("Category"), InputColumn.Number("Numbers", encoder)],
            MaxEpochs = 2,
            BatchSize = 600
        };

        var model = Trainers.Fit(options, rows);

        Trainers.AssertSameWeights(model, Trainers.Fit(options, rows));
        var loaded = EstimatorWorkout.SaveAndLoad(model, TrainingRow.View(rows).Schema);
        CollectionAssert.AreEqual(Trainers.Scores(model, rows), Trainers.Scores(loaded, rows));
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Fit_Streamed_MeasuresAsInMemory(NumberEncoder encoder)
    {
        var view = TrainingRow.View(TrainingRow.Random(400, seed: 5));
        var options = Trainers.Options with { Columns = [InputColumn.Number("Number", encoder)], MaxEpochs = 1, ValidationFraction = 0 };

        var (inMemory, streamed) = (
            Trainers.Weights(Trainers.Of(options).Fit(view)), Trainers.Weights(Trainers.Of(options with { ShuffleBufferRows = 150 }).Fit(view)));

        string[] measured = ["mean", "deviation", "knots", "heights", "fill"];
        var names = inMemory.Keys.Where(name => measured.Contains(name.Split('.')[^1])).ToArray();
        Assert.IsNotEmpty(names);
        foreach (string name in names) CollectionAssert.AreEqual(inMemory[name].Values, streamed[name].Values, name);
    }

    [TestMethod]
    public void Fit_InfiniteNumber_IsRefused()
    {
        var rows = TrainingRow.Random(20, seed: 6, (row, _) => row.Number = float.PositiveInfinity);
        var options = Trainers.Options with { Columns = [InputColumn.Number("Number", NumberEncoder.PiecewiseLinear())] };

        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(options, rows)).Message, "Column 'Number' holds ");
    }

    private static IEnumerable<object[]> Learning =>
    [
        [NumberEncoder.PiecewiseLinear(bins: 20), 0.99, false], [NumberEncoder.PiecewiseLinear(bins: 20), 0.99, true],
        [NumberEncoder.PiecewiseLinear(binning: NumberBinning.Label), 0.99, false],
        [NumberEncoder.Periodic(deviation: 0.5), 0.98, false], [NumberEncoder.Periodic(deviation: 0.5), 0.98, true],
        [NumberEncoder.Quantile(), 0.8, false], [NumberEncoder.Quantile(), 0.8, true],
    ];

    private static IEnumerable<NumberEncoder[]> Encoders =>
    [
        [NumberEncoder.Standard()], [NumberEncoder.Quantile()], [NumberEncoder.PiecewiseLinear(bins: 5)],
        [NumberEncoder.PiecewiseLinear(bins: 5, binning: NumberBinning.Label)], [NumberEncoder.Periodic(4, 3)],
    ];
}
