using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Numbers of every size through fits and scoring: with small differences, infinite, missing, and as weights.</summary>
[TestClass]
public sealed class NumberPrecisionTests
{
    private const int Steps = 51;

    private static readonly MLContext Context = new(1);

    private static readonly MultiEmbeddingOptions Options = Trainers.Options with { MaxEpochs = 15, Patience = 15, HiddenUnits = [8] };

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Fit_SmallDifferencesOfLargeNumbers_AreLearned(NumberEncoder encoder)
    {
        Assert.AreEqual(1, Accuracy<double>(encoder, step => 1e9 + step), 0.03, "Double");
        Assert.AreEqual(1, Accuracy<long>(encoder, step => 1_700_000_000_000 + 1_000L * step), 0.03, "Int64");
        Assert.AreEqual(1, Accuracy<int>(encoder, step => 2_000_000_000 + step), 0.03, "Int32");
    }

    [TestMethod]
    public void Fit_NumbersNearTheEndsOfTheirTypes_AreLearned()
    {
        Assert.AreEqual(1, Accuracy<ulong>(NumberEncoder.Standard(), step => ulong.MaxValue - 100_000_000UL + 1_000_000UL * (ulong)step), 0.03, "UInt64");
        Assert.AreEqual(1, Accuracy<uint>(NumberEncoder.Standard(), step => uint.MaxValue - 100 + (uint)step), 0.03, "UInt32");
        Assert.AreEqual(1, Accuracy<long>(NumberEncoder.Quantile(), step => step < 3 ? long.MinValue : long.MaxValue - 1_000_000_000 + 1_000_000L * step),
            0.03, "Int64");
    }

    [TestMethod]
    public void Fit_VectorOfDoubles_ValidatedAndStreamed_IsLearned()
    {
        var view = View(step => new Row<double> { Numbers = [7, -1e12 + step] });
        var options = Options with { Columns = [InputColumn.Number("Numbers")] };

        var validated = Trainers.Of(options).Fit(view, view);
        var streamed = Trainers.Of(options with { ShuffleBufferRows = 100 }).Fit(view);

        foreach (var model in new[] { validated, streamed })
            Assert.AreEqual(1, Context.BinaryClassification.Evaluate(model.Transform(view)).Accuracy, 0.03);
        Assert.IsGreaterThan(0.95, validated.History.Epochs[validated.History.BestEpoch - 1].Metrics[0].Value);
    }

    [TestMethod]
    public void Fit_LabelOfSmallDifferences_HasTheirError()
    {
        // A Single tells such scores apart by 64; how far they are from the labels is measured before they are rounded.
        var view = View(step => new Row<double> { Number = step, Amount = 1e9 + step });
        var options = Options with { Columns = [InputColumn.Number("Number")], LabelColumnName = "Amount", MaxEpochs = 40, Patience = 40 };

        var history = Context.Regression.Trainers.MultiEmbedding(options).Fit(view).History;

        var metrics = history.Epochs[history.BestEpoch - 1].Metrics;
        Assert.IsLessThan(2, metrics.Single(metric => metric.Name == "RMSE").Value);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Fit_NoValueAtAll_Trains(NumberEncoder encoder)
    {
        Row<float> nothing = new() { Number = float.NaN, Numbers = [float.NaN, float.NaN] }, known = new() { Number = 1, Numbers = [1, float.NaN] };
        var options = Options with { Columns = [InputColumn.Number("Number", encoder), InputColumn.Number("Numbers", encoder)], MaxEpochs = 1 };
        IDataView missing = View(_ => nothing), some = View(_ => known);

        foreach (var model in new[] { Trainers.Of(options).Fit(missing), Trainers.Of(options).Fit(some, missing), Trainers.Of(options).Fit(missing, some) })
            Assert.IsTrue(Networks.Scores(model.Transform(some)).Concat(Networks.Scores(model.Transform(missing))).All(float.IsFinite));
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Transform_InfiniteNumbers_AreTheEndsOfTheTrainingRows(NumberEncoder encoder)
    {
        var view = View(step => new Row<double> { Number = step, Numbers = [step, 100 + step] });
        var options = Options with { Columns = [InputColumn.Number("Number", encoder), InputColumn.Number("Numbers", encoder)], MaxEpochs = 2 };
        var model = Trainers.Of(options).Fit(view);
        Row<double> ends = new() { Number = 0, Numbers = [50, 100] };
        Row<double>[] beyond =
        [
            new() { Number = double.NegativeInfinity, Numbers = [double.PositiveInfinity, double.NegativeInfinity] },
            new() { Number = -1e300, Numbers = [1e300, -double.MaxValue] },
        ];

        float[] scores = Networks.Scores(model.Transform(Context.Data.LoadFromEnumerable([ends, .. beyond])));
        var engine = Context.Model.CreatePredictionEngine<Row<double>, Prediction>(model);
        var frame = new DataFrame(new PrimitiveDataFrameColumn<double>("Number", [double.NegativeInfinity, -1e300]),
            new VBufferDataFrameColumn<double>("Numbers", [.. beyond.Select(row => new VBuffer<double>(2, row.Numbers))]));

        foreach (float score in scores) Assert.AreEqual(scores[0], score);
        foreach (var row in beyond) Assert.AreEqual(scores[0], engine.Predict(row).Score);
        foreach (float score in Networks.Scores(model.Transform(frame))) Assert.AreEqual(scores[0], score);
    }

    [TestMethod]
    [DataRow(1e-40)]
    [DataRow(1e-310)]
    [DataRow(1e30)]
    [DataRow(1e307)]
    public void Fit_WeightsOfAnyUnit_GiveTheModelOfTheirShares(double unit)
    {
        IDataView Weighted(double one) => View(step => new Row<double> { Number = step, Weight = (1 + step % 4) * one });
        var options = Options with { Columns = [InputColumn.Number("Number")], ExampleWeightColumnName = "Weight", MaxEpochs = 2 };

        foreach (var one in new[] { options, options with { ShuffleBufferRows = 100 } })
        {
            float[] expected = Networks.Scores(Trainers.Of(one).Fit(Weighted(1)).Transform(Weighted(1)));
            float[] scores = Networks.Scores(Trainers.Of(one).Fit(Weighted(unit)).Transform(Weighted(1)));

            for (int i = 0; i < scores.Length; i++) Assert.AreEqual(expected[i], scores[i], 1e-4);
        }
    }

    [TestMethod]
    public void Fit_WeightOfTheOnlyLabel_ChangesNothing()
    {
        var view = View(step => new Row<float> { Number = step });
        MultiEmbeddingTransformer Fit(double weight) => Context.BinaryClassification.Trainers.MultiEmbedding(Options with
        {
            Columns = [InputColumn.Number("Number")],
            Labels = [LabelColumn.Binary("Label") with { Weight = weight }],
            MaxEpochs = 2,
        }).Fit(view);

        Trainers.AssertSameWeights(Fit(1), Fit(1_000));
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(16)]
    public void Fit_ViewThatAnnouncesTooManyRows_ReservesWhatItKeeps(int? bufferRows)
    {
        var view = new AnnouncedView(View(step => new Row<float> { Number = step }), 3_000_000_000);
        var options = Options with { Columns = [InputColumn.Number("Number")], MaxEpochs = 1, ShuffleBufferRows = bufferRows };
        long before = GC.GetTotalAllocatedBytes();

        Trainers.Of(options).Fit(view);

        Assert.IsLessThan(50_000_000, GC.GetTotalAllocatedBytes() - before);
    }

    private static IEnumerable<NumberEncoder[]> Encoders =>
    [
        [NumberEncoder.Standard()], [NumberEncoder.Quantile()], [NumberEncoder.PiecewiseLinear(bins: 16)],
        [NumberEncoder.PiecewiseLinear(bins: 16, binning: NumberBinning.Label)], [NumberEncoder.Periodic(8, 6)],
    ];

    /// <summary>How many rows are told right by a number of which only a small part differs.</summary>
    private static double Accuracy<T>(NumberEncoder encoder, Func<int, T> numberOf)
    {
        var view = View(step => new Row<T> { Number = numberOf(step) });
        var model = Trainers.Of(Options with { Columns = [InputColumn.Number("Number", encoder)] }).Fit(view);
        var loaded = EstimatorWorkout.SaveAndLoad(model, view.Schema);
        CollectionAssert.AreEqual(Networks.Scores(model.Transform(view)), Networks.Scores(loaded.Transform(view)));
        return Context.BinaryClassification.Evaluate(loaded.Transform(view)).Accuracy;
    }

    /// <summary>Rows of steps from 0 to 50, whose label is whether the step is above 25.</summary>
    private static IDataView View<T>(Func<int, Row<T>> rowOf) => Context.Data.LoadFromEnumerable(Enumerable.Range(0, 10 * Steps).Select(i =>
    {
        var row = rowOf(i % Steps);
        return new Row<T> { Number = row.Number, Numbers = row.Numbers, Weight = row.Weight, Amount = row.Amount, Label = i % Steps > 25 };
    }).ToArray());

    private sealed class Row<T>
    {
        public bool Label { get; set; }
        public T Number { get; set; } = default!;
        [VectorType(2)] public T[] Numbers { get; set; } = [default!, default!];
        public double Weight { get; set; } = 1;
        public double Amount { get; set; }
    }
}
