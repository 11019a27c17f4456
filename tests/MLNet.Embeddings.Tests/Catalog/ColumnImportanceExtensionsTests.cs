using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Permutation importance of raw columns, of our models and of ML.NET's.</summary>
[TestClass]
public sealed class ColumnImportanceExtensionsTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void ColumnImportance_TitleThatSaysTheLabel_IsFirstAndTheOthersAreNothing()
    {
        var options = RawRow.Options with { Columns = [InputColumn.Text("Title"), InputColumn.Category("City"), InputColumn.Number("Area")], MaxEpochs = 10 };
        var model = RawRow.Trainer(options).Fit(RawRow.View(RawRow.Random(300, seed: 1)));
        List<double> shares = [];
        var asked = new ColumnImportanceOptions { Repeats = 3, Progress = new Progress(shares.Add) };

        var importance = _mlContext.ColumnImportance(model, RawRow.View(RawRow.Random(200, seed: 2)), asked);

        Assert.AreEqual(("Label", "AreaUnderRocCurve"), (importance.LabelColumnName, importance.Metric));
        CollectionAssert.AreEquivalent(new[] { "Title", "City", "Area" }, importance.Columns.Select(column => column.Column).ToArray());
        Assert.AreEqual("Title", importance.Columns[0].Column);
        Assert.AreEqual(1, importance.Value, 0.01);
        // Titles of other rows say as much of a row as chance does.
        Assert.AreEqual(0.5, importance.Columns[0].Mean, 0.12);
        Assert.AreEqual(0, importance.Columns[1].Mean, 0.05);
        Assert.HasCount(9, shares);
        Assert.AreEqual(1, shares[^1]);
        Assert.AreEqual(importance.Columns[0].Repeats.Average(), importance.Columns[0].Mean, 1e-12);
        var frame = importance.ToDataFrame();
        Assert.AreEqual("Title", frame["Column"][0]);
        Assert.AreEqual(importance.Columns[0].Deviation, frame["Deviation"][0]);
        Assert.AreEqual(importance, _mlContext.ColumnImportance(model, RawRow.View(RawRow.Random(200, seed: 2)), asked with { Progress = null }));
    }

    [TestMethod]
    public void ColumnImportance_MlNetTrainerBehindAVector_IsOfRawColumns()
    {
        // The label is the larger part of x and a small one of y.
        var random = new Random(1);
        var view = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(_ =>
        {
            float x = random.NextSingle(), y = random.NextSingle();
            return new Point { X = x, Kind = y > 0.5f ? "b" : "a", Noise = random.NextSingle(), Value = 10 * x + (y > 0.5f ? 2 : 0) };
        }));
        var model = _mlContext.Transforms.Categorical.OneHotEncoding("KindVector", "Kind")
            .Append(_mlContext.Transforms.Concatenate("Features", "X", "KindVector", "Noise"))
            .Append(_mlContext.Regression.Trainers.Sdca("Value")).Fit(view);

        var importance = _mlContext.ColumnImportance(model, view, new() { LabelColumnName = "Value", Metric = nameof(RegressionMetrics.MeanAbsoluteError) });

        CollectionAssert.AreEqual(new[] { "X", "Kind", "Noise" }, importance.Columns.Select(column => column.Column).ToArray());
        // The mean distance of two numbers from 0 to 1 is a third, of two coins a half.
        Assert.AreEqual(10 / 3.0, importance.Columns[0].Mean, 0.4);
        Assert.AreEqual(2 / 2.0, importance.Columns[1].Mean, 0.3);
        Assert.AreEqual(0, importance.Columns[2].Mean, 0.1);
    }

    [TestMethod]
    public void ColumnImportance_ClassesByKeysInAPipeline_IsMeasuredByLogLoss()
    {
        var view = RawRow.View(RawRow.Random(200, seed: 1));
        var options = RawRow.Options with { Columns = [InputColumn.Text("Title"), InputColumn.Category("City")], LabelColumnName = "Key", MaxEpochs = 10 };
        var model = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Label")
            .Append(_mlContext.MulticlassClassification.Trainers.MultiEmbedding(options)).Fit(view);

        var importance = _mlContext.ColumnImportance(model, view, new() { Repeats = 1 });

        Assert.AreEqual("LogLoss", importance.Metric);
        Assert.AreEqual("Title", importance.Columns[0].Column);
        Assert.IsGreaterThan(0.3, importance.Columns[0].Mean);
        Assert.AreEqual(0, importance.Columns[0].Deviation);
    }

    [TestMethod]
    public void ColumnImportance_SetsOfLabels_AreMeasuredByMicroF1()
    {
        var options = RawRow.Options with
        {
            Columns = [InputColumn.Text("Title"), InputColumn.Category("City")],
            Labels = [LabelColumn.Set("Tags")],
            MaxEpochs = 10,
        };
        RawRow[] rows = RawRow.Random(300, seed: 1);
        foreach (var row in rows) row.Tags = row.Label ? ["new", "rare"] : ["old"];
        var model = _mlContext.MultiOutput().Trainers.MultiEmbedding(options).Fit(RawRow.View(rows));

        var importance = _mlContext.ColumnImportance(model, RawRow.View(rows), new() { Repeats = 2 });

        Assert.AreEqual(("MicroF1", "Title"), (importance.Metric, importance.Columns[0].Column));
        Assert.AreEqual(1, importance.Value, 0.02);
        Assert.IsGreaterThan(0.3, importance.Columns[0].Mean);
    }

    [TestMethod]
    public void ColumnImportance_WhatCannotBeMeasured_IsRefusedWithTheCure()
    {
        var view = RawRow.View(RawRow.Random(60, seed: 1));
        var model = RawRow.Trainer(RawRow.Options with { Columns = [InputColumn.Category("City")], Members = 1, MaxEpochs = 1 }).Fit(view);

        Refused("'F2' is no metric of CalibratedBinaryClassificationMetrics; it has ", model, new() { Metric = "F2" });
        Refused("Repeats must be from 1 to 1000; it was 0.", model, new() { Repeats = 0 });
        Refused("no multi-embedding step that knows its label. Name it in LabelColumnName.", _mlContext.Transforms.CopyColumns("A", "City").Fit(view), new());
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            _mlContext.ColumnImportance(model, view, new() { CancellationToken = cancelled.Token }));

        void Refused(string part, ITransformer refused, ColumnImportanceOptions options) => StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => _mlContext.ColumnImportance(refused, view, options)).Message, part);
    }

    private sealed class Progress(Action<double> take) : IProgress<double>
    {
        public void Report(double value) => take(value);
    }

    private sealed class Point
    {
        public float X { get; set; }
        public string Kind { get; set; } = "";
        public float Noise { get; set; }
        public float Value { get; set; }
    }
}
