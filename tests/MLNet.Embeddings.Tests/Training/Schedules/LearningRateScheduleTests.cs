namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class LearningRateScheduleTests
{
    [TestMethod]
    public void Factor_Constant_IsOne() => Check(LearningRateSchedule.Constant(), (0, 1), (0.5, 1), (1, 1));

    [TestMethod]
    public void Factor_OneCycle_RisesAndFallsAlongCosines() =>
        Check(LearningRateSchedule.OneCycle(), (0, 0.04), (0.125, 0.52), (0.25, 1), (0.625, 0.500005), (1, 0.00001));

    [TestMethod]
    public void Factor_Cosine_RisesAlongALineAndFallsToItsEnd()
    {
        Check(LearningRateSchedule.Cosine(warmUp: 0.1, end: 0.2), (0, 0), (0.05, 0.5), (0.1, 1), (0.55, 0.6), (1, 0.2));
        Check(LearningRateSchedule.Cosine(warmUp: 0), (0, 1), (0.5, 0.5), (1, 0));
    }

    [TestMethod]
    [DataRow(1, 0, new double[0])]
    [DataRow(1, 0, new[] { 3.0, 2, 2.5 })]
    [DataRow(0.5, 0, new[] { 3.0, 2, 2.5, 2 })]
    [DataRow(0.5, 0, new[] { 3.0, 2, 2.5, 2, 2 })]
    [DataRow(0.25, 0, new[] { 3.0, 2, 2.5, 2, 2, 2 })]
    [DataRow(0.5, 0, new[] { 3.0, 2, 2.5, 2, 1, 2 })]
    [DataRow(1, 0, new[] { 3.0, 2.875, 2.75 })]
    [DataRow(0.5, 0.25, new[] { 3.0, 2.875, 2.75 })]
    [DataRow(1, 0.25, new[] { 3.0, 2.875, 2.625, 2.5 })]
    public void Factor_ReduceOnPlateau_FallsAfterEpochsWithoutABetterLoss(double factor, double minDelta, double[] losses) =>
        Assert.AreEqual(factor, LearningRateSchedule.ReduceOnPlateau().Factor(0.5, losses, minDelta));

    [TestMethod]
    public void Fit_Schedule_IsFollowedAndRecorded()
    {
        var rows = TrainingRow.Random(100, seed: 1);
        double[] Rates(LearningRateSchedule schedule) => [.. Trainers.Fit(Trainers.Options with
        {
            Columns = [InputColumn.Number("Number")], Schedule = schedule, LearningRate = 0.1, BatchSize = 10, ValidationFraction = 0, MaxEpochs = 2,
        }, rows).History.Epochs.Select(epoch => epoch.LearningRate)];

        CollectionAssert.AreEqual(new[] { 0.1, 0.1 }, Rates(LearningRateSchedule.Constant()));
        // The last of ten steps of each of two epochs begins when 9 and 19 of 20 are done.
        double[] rates = Rates(LearningRateSchedule.Cosine(warmUp: 0.5));
        Assert.AreEqual(0.1 * 0.9, rates[0], 1e-9);
        Assert.AreEqual(0.1 * (1 + Math.Cos(0.9 * Math.PI)) / 2, rates[1], 1e-9);
    }

    [TestMethod]
    public void Fit_PlateauWithMinDelta_MakesStepsSmallerAtOnce()
    {
        var options = Trainers.Options with { Schedule = LearningRateSchedule.ReduceOnPlateau(0.1, 1), MinDelta = 100, Patience = 9, MaxEpochs = 3 };

        var history = Trainers.Fit(options, TrainingRow.Random(100, seed: 1)).History;

        CollectionAssert.AreEqual(new[] { 0.02, 0.02, 0.02 * 0.1 }, history.Epochs.Select(epoch => epoch.LearningRate).ToArray());
    }

    [TestMethod]
    public void Fit_Plateau_MakesStepsSmaller()
    {
        // Labels of chance, so that the validation loss soon rises.
        var history = Trainers.Fit(
            Trainers.Options with { Schedule = LearningRateSchedule.ReduceOnPlateau(0.1, 1), MaxEpochs = 30 }, TrainingRow.Random(150, seed: 1)).History;

        foreach (var (before, after) in history.Epochs.Zip(history.Epochs.Skip(1)))
        {
            bool isBetter = before.Epoch == 1 || before.ValidationLoss < history.Epochs.Take(before.Epoch - 1).Min(epoch => epoch.ValidationLoss);
            Assert.AreEqual(isBetter ? before.LearningRate : 0.1 * before.LearningRate, after.LearningRate, 1e-12);
        }
        Assert.IsLessThan(0.02, history.Epochs[^1].LearningRate);
    }

    [TestMethod]
    public void Faults_SettingsOutOfRange_AreNamed()
    {
        string Faults(LearningRateSchedule schedule) => string.Join(' ', schedule.Faults());

        Assert.AreEqual("The factor of the schedule must be above 0 and below 1; it was 1. The patience of the schedule must be at least 1; it was 0.",
            Faults(LearningRateSchedule.ReduceOnPlateau(1, 0)));
        Assert.AreEqual("The warm-up of the schedule must be from 0 to below 1; it was 1. The end of the schedule must be from 0 to 1; it was NaN.",
            Faults(LearningRateSchedule.Cosine(1, double.NaN)));
        Assert.AreEqual(
            "The divisor at the start of the schedule must be finite and at least 1; it was 0. " +
            "The divisor at the end of the schedule must be finite and at least 1; it was 0.5.",
            Faults(LearningRateSchedule.OneCycle(0.3, 0, 0.5)));
        var error = Assert.ThrowsExactly<ArgumentException>(() => Trainers.Of(Trainers.Options with { Schedule = LearningRateSchedule.Cosine(-1) }));
        StringAssert.Contains(error.Message, "The warm-up of the schedule must be from 0 to below 1; it was -1.");
    }

    private static void Check(LearningRateSchedule schedule, params (double Done, double Factor)[] expected)
    {
        foreach (var (done, factor) in expected) Assert.AreEqual(factor, schedule.Factor(done, [], minDelta: 0), 1e-9, $"{done}");
    }
}
