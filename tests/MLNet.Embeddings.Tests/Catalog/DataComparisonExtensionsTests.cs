using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What is kept of the training data, and how later data is told from it.</summary>
[TestClass]
public sealed class DataComparisonExtensionsTests
{
    private static readonly MultiEmbeddingTransformer Model =
        RawRow.Trainer(RawRow.Options with { Columns = [InputColumn.Text("Title"), InputColumn.Category("City"), InputColumn.Number("Area")] })
            .Fit(RawRow.View(RawRow.Random(400, seed: 1)));

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Data_OfAFit_SaysWhatTheColumnsWereLike()
    {
        RawRow[] rows = RawRow.Random(400, seed: 1);
        var (title, city, area) = (Model.History.Data[0], Model.History.Data[1], Model.History.Data[2]);

        Assert.AreEqual((double)rows.Count(row => row.City == "") / 400, city.Missing, 1e-5);
        double[] shares = [.. rows.Where(row => row.City != "").CountBy(row => row.City).Select(pair => (double)pair.Value).OrderDescending()];
        CollectionAssert.AreEqual(shares.Select(share => Math.Round(share / shares.Sum(), 5)).ToArray(), city.KeyShares.ToArray());
        Assert.AreEqual((double)rows.Count(row => float.IsNaN(row.Area)) / 400, area.Missing, 1e-5);
        float[] areas = [.. rows.Select(row => row.Area).Where(number => !float.IsNaN(number))];
        Assert.AreEqual((areas.Min(), areas.Max()), ((float)area.Least, (float)area.Most));
        Assert.HasCount(10, area.Bins);
        Assert.AreEqual(1, area.BinShares.Sum(), 1e-3);
        Assert.IsNull(area.Unknown);
        // Each title has two words.
        Assert.AreEqual((2.0, 2.0, 0.0, 0.0), (title.Least, title.Most, title.Missing, title.Unknown!.Value));
        Assert.IsGreaterThan(0.2, title.KeyShares[0]);
    }

    [TestMethod]
    public void CompareData_DataLikeTheTrainingRows_HasSmallIndices()
    {
        var frame = _mlContext.CompareData(Model, RawRow.View(RawRow.Random(400, seed: 2)));

        Assert.AreEqual(3, frame.Rows.Count);
        foreach (var row in frame.Rows) Assert.IsLessThan(0.1, (double)row[1]);
    }

    [TestMethod]
    public void CompareData_ChangedColumn_IsFirstWithItsShares()
    {
        RawRow[] rows = RawRow.Random(400, seed: 2);
        foreach (var (i, row) in rows.Index())
        {
            row.City = i % 2 == 0 ? "Rome" : row.City;
            row.Area = i % 4 == 0 ? 3 : row.Area;
        }
        var loaded = EstimatorWorkout.SaveAndLoad(Model, RawRow.View(rows).Schema);

        var frame = _mlContext.CompareData(loaded, RawRow.View(rows));

        Assert.AreEqual("City", frame["Column"][0]);
        Assert.IsGreaterThan(0.25, (double)frame["StabilityIndex"][0]);
        double known = rows.Count(row => row.City is not "" and not "Rome");
        Assert.AreEqual(200 / (200 + known), (double)frame["Unknown"][0], 1e-6);
        Assert.AreEqual(rows.Count(row => row.City == "") / 400.0, (double)frame["Missing"][0], 1e-6);
        int area = Enumerable.Range(0, 3).Single(i => (string)frame["Column"][i] == "Area");
        Assert.AreEqual(0.25, (double)frame["OutOfRange"][area], 0.01);
        Assert.IsTrue(double.IsNaN((double)frame["Unknown"][area]));
    }

    [TestMethod]
    public void CompareData_OneNumber_HasTheIndexOfItsFormula()
    {
        // Four values a quarter each; then all rows have the first one.
        var trained = Numbers(0, 1, 2, 3);
        var model = _mlContext.Regression.Trainers.MultiEmbedding(
            new MultiEmbeddingOptions
            {
                Columns = [InputColumn.Number("Area")],
                LabelColumnName = "Size",
                Members = 1,
                Wide = false,
                MaxEpochs = 1,
                Seed = 1,
                ValidationFraction = 0,
            }).Fit(trained);

        var frame = _mlContext.CompareData(model, Numbers(0));

        double least = 1e-4, expected = (1 - 0.25) * Math.Log(1 / 0.25) + 3 * (least - 0.25) * Math.Log(least / 0.25);
        Assert.AreEqual(expected, (double)frame["StabilityIndex"][0], 1e-6);
    }

    [TestMethod]
    public void CompareData_PipelineWithALabelStepAndAFrameWithoutIt_Compares()
    {
        var options = RawRow.Options with { Columns = [InputColumn.Category("City")], LabelColumnName = "Key", Members = 1, Wide = false, MaxEpochs = 1 };
        var model = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Label")
            .Append(_mlContext.MulticlassClassification.Trainers.MultiEmbedding(options)).Fit(RawRow.View(RawRow.Random(100, seed: 1)));

        var changes = _mlContext.CompareData(model, new DataFrame(new StringDataFrameColumn("City", ["Oslo", "Bern"])));

        Assert.AreEqual(0.5, changes["Unknown"][0]);
    }

    [TestMethod]
    public void CompareData_StreamedRows_KeepsTheSame()
    {
        InputColumn[] columns = [InputColumn.Category("City"), InputColumn.Number("Area")];
        var options = RawRow.Options with { Columns = columns, Members = 1, Wide = false, ValidationFraction = 0 };
        var rows = RawRow.View(RawRow.Random(300, seed: 1));

        var (streamed, held) = (RawRow.Trainer(options with { ShuffleBufferRows = 100 }).Fit(rows), RawRow.Trainer(options).Fit(rows));

        CollectionAssert.AreEqual(held.History.Data.ToArray(), streamed.History.Data.ToArray());
    }

    private IDataView Numbers(params float[] values) =>
        _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 80).Select(i => new RawRow { Area = values[i % values.Length] }));
}
