using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Trainers that read columns as an application has them, and the models that they yield.</summary>
[TestClass]
public sealed class RawColumnsTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Workout_ColumnOfEachKindAndType()
    {
        var rows = RawRow.View(RawRow.Random(80, seed: 1));

        var model = EstimatorWorkout.Run(
            RawRow.Trainer(RawRow.Options), rows, [.. RawRow.Columns.Select(column => EstimatorWorkout.Without(rows, column.Name))]);

        Assert.HasCount(2, model.Model.Networks);
        Assert.IsNotNull(model.Model.Wide);
    }

    [TestMethod]
    public void Transform_RawColumns_AddsTheScoreColumnsOnly()
    {
        var rows = RawRow.View(RawRow.Random(60, seed: 2));
        var model = RawRow.Trainer(RawRow.Options).Fit(rows);

        string[] added = [.. model.Transform(rows).Schema.Select(column => column.Name).Except(rows.Schema.Select(column => column.Name))];

        CollectionAssert.AreEqual(new[] { "PredictedLabel", "Score", "Probability" }, added);
        Assert.HasCount(rows.Schema.Count + 3, model.GetOutputSchema(rows.Schema));
    }

    [TestMethod]
    public void Predict_EngineOnRawRows_GivesTheScoresOfTheView()
    {
        var rows = RawRow.Random(60, seed: 3);
        var model = RawRow.Trainer(RawRow.Options).Fit(RawRow.View(rows));

        using var engine = _mlContext.Model.CreatePredictionEngine<RawRow, Prediction>(model, RawRow.View(rows).Schema);

        CollectionAssert.AreEqual(Networks.Scores(model.Transform(RawRow.View(rows))), Array.ConvertAll(rows, row => engine.Predict(row).Score));
    }

    [TestMethod]
    public void Transform_UnknownAndMissingValues_GivesFiniteScores()
    {
        var model = RawRow.Trainer(RawRow.Options).Fit(RawRow.View(RawRow.Random(60, seed: 4)));

        float[] scores = Networks.Scores(model.Transform(RawRow.View(
            new RawRow(),
            new RawRow { Title = "Zebra okapi", City = "Rome", Floor = 99, Size = float.NaN, Area = float.MaxValue, Sold = "never", Tags = ["odd", ""] })));

        Assert.IsTrue(scores.All(float.IsFinite));
    }

    [TestMethod]
    public void Fit_DataFrame_TrainsOnItsRowsAndScoresThem()
    {
        var rows = RawRow.Random(120, seed: 5);
        var frame = new DataFrame(
            new BooleanDataFrameColumn("Label", rows.Select(row => row.Label)),
            new StringDataFrameColumn("Title", rows.Select(row => row.Title)),
            new StringDataFrameColumn("City", rows.Select(row => row.City)),
            new Int32DataFrameColumn("Floor", rows.Select(row => row.Floor)),
            new StringDataFrameColumn("Sold", rows.Select(row => row.Sold)));
        var options = RawRow.Options with
        {
            Columns = [InputColumn.Text("Title"), InputColumn.Category("City"), InputColumn.Category("Floor"), InputColumn.Date("Sold")],
            MaxEpochs = 15,
        };

        var scored = RawRow.Trainer(options).Fit(frame).Score(frame);

        Assert.HasCount(frame.Columns.Count + 3, scored.Columns);
        for (int i = 0; i < rows.Length; i++) Assert.AreEqual(rows[i].Label, scored["PredictedLabel"][i]);
    }

    [TestMethod]
    public void Fit_KeysBesideRawColumns_ReadsBoth()
    {
        var rows = RawRow.View(RawRow.Random(80, seed: 6));
        var keys = _mlContext.Transforms.Categorical.IndexCategories("CityKey", "City").Append(_mlContext.Transforms.Text.IndexTokens("Words", "Body"));
        var pipeline = keys.Append(RawRow.Trainer(RawRow.Options with
        {
            Columns =
            [
                InputColumn.Text("Title"), InputColumn.Category("CityKey"), InputColumn.Sequence("Words", 4, SequenceEncoder.Mean()),
                InputColumn.Category("City"),
            ],
        }));

        var model = pipeline.Fit(rows);
        var loaded = EstimatorWorkout.SaveAndLoad(model, rows.Schema);

        string[] read = [.. model.LastTransformer.Model.Shape.Columns.Select(column => column.Name)];
        CollectionAssert.IsSubsetOf(new[] { "Title/words", "CityKey", "Words", "City/key" }, read);
        CollectionAssert.AreEqual(Networks.Scores(model.Transform(rows)), Networks.Scores(loaded.Transform(rows)));
    }

    [TestMethod]
    public void Fit_TwoTextsOfOneTable_LearnsOneVocabularyAndOneTable()
    {
        var rows = RawRow.View(RawRow.Random(60, seed: 7));
        InputColumn[] texts = [InputColumn.Text("Title", SequenceEncoder.Mean()) with { Table = "words" }, InputColumn.Text("Body") with { Table = "words" }];

        var model = RawRow.Trainer(new() { Columns = texts, HiddenUnits = [4], MaxEpochs = 1, NumberOfThreads = 2, Seed = 1 }).Fit(rows);

        var step = (TokenIndexingTransformer)model.Steps.Single();
        CollectionAssert.AreEqual(new[] { "Title", "Body" }, step.Shape.Columns.Select(column => column.InputColumnName).ToArray());
        CollectionAssert.IsSubsetOf(new[] { "fine", "torn", "and", "scarf" }, step.Terms.ToArray());
        Assert.AreEqual(step.KeyCount, model.Model.Shape.Tables.Single().KeyCount);
        CollectionAssert.AreEqual(Networks.Scores(model.Transform(rows)), Networks.Scores(EstimatorWorkout.SaveAndLoad(model, rows.Schema).Transform(rows)));
    }

    [TestMethod]
    public void Fit_TextReadAsToldByTheUser_IsReadSo()
    {
        var text = InputColumn.Text("Title", SequenceEncoder.Convolution(filters: 5)) with
        {
            Dimensions = 3,
            Tokens = new() { Split = TokenSplit.Character },
            Readings = [new(new() { NgramLength = 2 }, Dimensions: 7)],
        };

        var trainer = RawRow.Trainer(RawRow.Options with { Columns = [text], Wide = false, Members = 1, MaxEpochs = 1 });
        var model = trainer.Fit(RawRow.View(RawRow.Random(40, seed: 8)));

        var words = (SequenceShape)model.Model.Shape.Columns[0];
        Assert.AreEqual(3, words.Dimensions);
        Assert.IsInstanceOfType<ConvolutionEncoder>(words.Encoder);
        Assert.AreEqual(7, ((BagShape)model.Model.Shape.Columns[1]).Dimensions);
        var steps = model.Steps.Cast<TokenIndexingTransformer>().ToArray();
        Assert.HasCount(2, steps);
        Assert.Contains("f", steps[0].Terms);
        Assert.Contains("fine coat", steps[1].Terms);
    }

    [TestMethod]
    public void Fit_ColumnOfAKindThatItIsNot_NamesTheCure()
    {
        var rows = RawRow.View(RawRow.Random(40, seed: 9));

        Refused(InputColumn.Text("Area"), "Schema mismatch for text column 'Area': expected Text, got Single.");
        Refused(InputColumn.Date("Area"), "Schema mismatch for date column 'Area': expected DateTime, DateTimeOffset, TimeSpan or Text, got Single. " +
            "Convert it before the trainer, or read it with InputColumn.Number(\"Area\").");
        Refused(InputColumn.Category("Listed"), "Schema mismatch for category column 'Listed': expected Text, Boolean, a number type or a key of such, or a " +
            "vector, got DateTime. Convert it with mlContext.Transforms.Conversion.ConvertType(\"Listed\", outputKind: DataKind.String) before this step.");
        Refused(InputColumn.Category("Tags"), "Schema mismatch for category column 'Tags': expected one value per row, got Vector<String>");
        Refused(InputColumn.Bag("City"),
            "Schema mismatch for bag column 'City': expected a vector of values, got String. Read it with InputColumn.Category(\"City\").");

        void Refused(InputColumn column, string start)
        {
            var trainer = RawRow.Trainer(RawRow.Options with { Columns = [column] });
            StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Shapes.Of(trainer, rows.Schema)).Message, start);
            StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(rows)).Message, start);
        }
    }
}
