using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

/// <summary>Numbers out of range, and numbers in messages, in one form whatever the culture.</summary>
[TestClass]
public sealed class NumberRangeTests
{
    /// <summary>As in de-DE, which is not there where globalization is invariant.</summary>
    private static readonly CultureInfo German = new("")
    {
        NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", PositiveInfinitySymbol = "∞" },
    };

    [TestMethod]
    [DataRow(-0.5, "X must be finite and at least 0; it was -0.5.", "X must be finite and at least 1; it was -0.5.", "X must be from 0 to 1; it was -0.5.")]
    [DataRow(double.PositiveInfinity, "X must be finite and at least 0; it was Infinity.", "X must be finite and at least 1; it was Infinity.",
        "X must be from 0 to 1; it was Infinity.")]
    [DataRow(double.NaN, "X must be finite and at least 0; it was NaN.", "X must be finite and at least 1; it was NaN.", "X must be from 0 to 1; it was NaN.")]
    [DataRow(0.0, null, "X must be finite and at least 1; it was 0.", null)]
    [DataRow(1.0, null, null, null)]
    public void Faults_Numbers_SayWhatIsAllowed(double value, string? fromZero, string? fromOne, string? zeroToOne)
    {
        Assert.AreEqual(fromZero, NumberRange.FromZero.Faults("X", value).SingleOrDefault());
        Assert.AreEqual(fromOne, NumberRange.FromOne.Faults("X", value).SingleOrDefault());
        Assert.AreEqual(zeroToOne, NumberRange.ZeroToOne.Faults("X", value).SingleOrDefault());
    }

    [TestMethod]
    public void Faults_BoundsOfRanges_AreInOrOut()
    {
        Assert.IsEmpty(NumberRange.AboveZeroOrInfinite.Faults("X", double.PositiveInfinity));
        Assert.IsEmpty(NumberRange.ZeroToOne.Faults("X", null));
        Assert.AreEqual("X must be above 0; it was 0.", NumberRange.AboveZeroOrInfinite.Faults("X", 0).Single());
        Assert.AreEqual("X must be finite and above 0; the file says 0.", NumberRange.AboveZero.Faults("X", 0, "the file says").Single());
        Assert.AreEqual("X must be from 0 to below 1; it was 1.", NumberRange.ZeroToBelowOne.Faults("X", 1).Single());
        Assert.AreEqual("X must be above 0 and below 1; it was 1.", NumberRange.BetweenZeroAndOne.Faults("X", 1).Single());
    }

    [TestMethod]
    public void Messages_InAnotherCulture_AreTheSame()
    {
        string[] plain = Messages(), german = In(German, Messages);

        CollectionAssert.AreEqual(plain, german);
        Assert.HasCount(31, plain);
        foreach (string message in plain) StringAssert.Matches(message, new Regex(@"-1\.5|1\.5|-0\.5|Infinity|\d,\d{3}"), message);
    }

    private static string[] Messages()
    {
        const double Low = -1.5;
        var regularization = new RegularizationOptions
        {
            Dropout = Low,
            UnknownDropout = Low,
            WeightDecay = double.PositiveInfinity,
            MaxGradientNorm = Low,
            AveragingDecay = Low,
        };
        var terms = new VocabularyBuilder();
        terms.Add("a", 2_000);
        terms.Build(new VocabularySettings("?", 5, 1, null), new Vocabulary(["?"]), out string counted);
        var options = Trainers.Options with { LearningRate = Low, ValidationFraction = Low, MinDelta = double.PositiveInfinity };
        return
        [
            .. regularization.Faults(),
            .. new DecodingOptions { LengthPenalty = Low }.Faults(),
            .. NumberEncoder.Periodic(deviation: Low).Faults("C"),
            .. SequenceEncoder.Gru(dropout: Low).Faults("C"),
            .. (LabelColumn.Binary("L") with { Weight = Low, LabelSmoothing = Low }).Faults(),
            .. ClassWeights.Of(new Dictionary<string, double> { ["a"] = Low }).Faults("L"),
            .. (LabelColumn.Regression("L") with { HuberDelta = Low }).Faults(),
            .. new RegressionLabelShape("L", double.PositiveInfinity, -1.5f).Faults(),
            .. new BinaryLabelShape("L") { Threshold = Low }.Faults(),
            .. LearningRateSchedule.Cosine(Low, Low).Faults(),
            .. LearningRateSchedule.OneCycle(0.5, Low, Low).Faults(),
            .. LearningRateSchedule.ReduceOnPlateau(Low).Faults(),
            counted,
            .. Lines(() => Trainers.Of(options)),
            .. Lines(() => SequenceEstimators.Of(SequenceEstimators.Tiny with { TeacherForcing = Low, FinalTeacherForcing = Low, LabelSmoothing = Low })),
            .. Lines(() => InitialArray.LengthOf("A", [1 << 16, 1 << 16])),
            .. Lines(() => HeldOut.Scores(1 << 20, 1 << 20)),
            .. Lines(() => ColumnBuffer<int>.Capacity(1, 1L << 40, 0, "numbers")),
            .. Lines(() => ThresholdSearch.Best([new(1, true, 1.5)], ThresholdMetric.Accuracy)),
        ];
    }

    /// <summary>The lines of an error that are about settings; all of one that is about something else.</summary>
    private static IEnumerable<string> Lines(Action act)
    {
        var error = Assert.Throws<Exception>(act);
        return error is ArgumentException ? error.Message.Split('\n')[1..] : [error.Message];
    }

    private static T In<T>(CultureInfo culture, Func<T> act)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
