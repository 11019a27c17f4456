using Microsoft.ML;
using SkiaSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>What all pictures have in common: files, sizes and what cannot be drawn.</summary>
[TestClass]
public sealed class PictureTests
{
    private static readonly EmbeddingVectors Vectors = new(["Oslo", "Bergen"], [[0f, 1], [1, 0]]);
    private static readonly ColumnImportances Importances = new("Late", "Accuracy", 0.9, [new("Carrier", 0.1, 0.01, [0.1])]);

    private static readonly MLContext Context = new(seed: 1);
    private static readonly IDataView None = Context.Data.LoadFromEnumerable<ScoredRow>([]);
    private static readonly IDataView Scored = Context.Data.LoadFromEnumerable(
        [new ScoredRow { Label = true, Score = 1, Probability = 0.7f, Amount = 2 }, new ScoredRow { Score = -1, Probability = 0.3f, Amount = 1 }]);

    private static readonly TrainingHistory History = new()
    {
        Epochs = [new() { Epoch = 1, TrainingLoss = 1, LearningRate = 0.01, Duration = TimeSpan.Zero }],
        BestEpoch = 1,
        StopReason = StopReason.MaxEpochsReached,
        TrainingRows = 10,
        ValidationRows = 0,
        SkippedRows = 0,
    };

    [TestMethod]
    public void SavePlot_Png_HasTheSizeAskedForAndIsDrawnOn()
    {
        foreach (var save in Pictures)
        {
            using var folder = new TemporaryFolder();
            string path = Path.Combine(folder.Path, "picture.PNG");

            save(path, new PlotOptions { Width = 640, Height = 360 });

            using var picture = SKBitmap.Decode(path);
            Assert.AreEqual((640, 360), (picture.Width, picture.Height));
            Assert.IsGreaterThan(2, picture.Pixels.Distinct().Count());
        }
    }

    [TestMethod]
    public void SavePlot_Svg_HasSizeAndTitle()
    {
        foreach (var save in Pictures)
        {
            using var folder = new TemporaryFolder();
            string path = Path.Combine(folder.Path, "picture.svg");

            save(path, new PlotOptions { Title = "Flights <2 h> & \"more\"\u0001" });

            var picture = new SvgPicture(path);
            Assert.AreEqual(("1000", "600", "0 0 1000 600"), picture.Size);
            CollectionAssert.Contains(picture.Texts.Select(text => text.Text).ToArray(), "Flights <2 h> & \"more\"");
        }
    }

    [TestMethod]
    public void SavePlot_OtherExtension_SaysWhichThereAre()
    {
        foreach (var save in Pictures)
        {
            var error = Assert.ThrowsExactly<ArgumentException>(() => save("curve.gif", null));

            Assert.Contains("'curve.gif' does not say as what to write the picture; name a file that ends with .png or .svg.", error.Message);
            Assert.AreEqual("path", error.ParamName);
        }
    }

    [TestMethod]
    public void SavePlot_SizesOutOfRange_SaysAllFaults()
    {
        foreach (var save in Pictures)
        {
            var error = Assert.ThrowsExactly<ArgumentException>(() => save("curve.png", new PlotOptions { Width = 199, Height = 10_001 }));

            Assert.Contains("Width must be from 200 to 10000 pixels; it was 199.\nHeight must be from 200 to 10000 pixels; it was 10001.", error.Message);
        }
    }

    [TestMethod]
    public void SavePlot_NothingToDraw_SaysSo()
    {
        Action[] empty =
        [
            () => (History with { Epochs = [] }).SavePlot("curve.png"),
            () => (Importances with { Columns = [] }).SavePlot("importance.png"),
            () => new EmbeddingVectors([], []).SavePlot("map.png"),
            () => new AttentionMap([], ["a"], []).SavePlot("attention.png"),
            () => Context.BinaryClassification.SaveRocPlot(None, "roc.png"),
            () => Context.BinaryClassification.SaveCalibrationPlot(None, "calibration.png"),
            () => Context.Regression.SaveResidualPlot(None, "residuals.png", labelColumnName: "Amount"),
        ];

        foreach (var save in empty) Assert.Contains("nothing to draw", Assert.ThrowsExactly<ArgumentException>(save).Message);
    }

    private static Action<string, PlotOptions?>[] Pictures =>
    [
        History.SavePlot,
        Importances.SavePlot,
        Vectors.SavePlot,
        new AttentionMap(["a", "b"], ["c"], [0.25f, 0.75f]).SavePlot,
        Context.BinaryClassification.EvaluateNonCalibrated(Scored).ConfusionMatrix.SavePlot,
        (path, options) => Context.BinaryClassification.SaveRocPlot(Scored, path, options: options),
        (path, options) => Context.BinaryClassification.SaveCalibrationPlot(Scored, path, options: options),
        (path, options) => Context.Regression.SaveResidualPlot(Scored, path, labelColumnName: "Amount", options: options),
    ];
}
