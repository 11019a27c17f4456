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
    public void Transform_DatesOfAnotherFormat_WarnsOnceAPassAndEngine()
    {
        var rows = RawRow.Random(60, seed: 4);
        RawRow[] others = [.. rows[..3], new RawRow { Sold = "" }, new RawRow { Sold = "2024-12-31" }, new RawRow { Sold = "soon" }];
        var options = RawRow.Options with { Columns = [InputColumn.Date("Sold"), InputColumn.Number("Area")], MaxEpochs = 1 };
        List<string> told = [];
        var context = new MLContext(1);
        context.Log += (_, message) =>
        {
            if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning) told.Add(message.RawMessage);
        };
        using var file = new MemoryStream();
        var fitted = context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(RawRow.View(rows));
        context.Model.Save(fitted, null, file);
        var loaded = context.Model.Load(file, out _);

        Networks.Scores(fitted.Transform(RawRow.View(rows)));
        Assert.IsEmpty(told);
        Networks.Scores(fitted.Transform(RawRow.View(others)));
        Assert.HasCount(1, told);
        Networks.Scores(loaded.Transform(RawRow.View(others)));
        Assert.HasCount(2, told);
        using var engine = context.Model.CreatePredictionEngine<RawRow, Prediction>(loaded, RawRow.View(rows).Schema);
        foreach (var row in others) engine.Predict(row);

        Assert.HasCount(3, told);
        foreach (string message in told)
        {
            StringAssert.StartsWith(message, "The date column 'Sold' holds '2024-12-31' in row ");
            StringAssert.Contains(message, ", which is no date of the format d.M.yyyy of the training data: it counts as missing.");
        }
    }

    [TestMethod]
    public void Fit_FromAnEarlierModelWithDatesOfAnotherFormat_IsToldInTheHistory()
    {
        var rows = RawRow.Random(60, seed: 4);
        var trainer = RawRow.Trainer(RawRow.Options with { Columns = [InputColumn.Date("Sold"), InputColumn.Number("Area")], MaxEpochs = 1 });
        var model = trainer.Fit(RawRow.View(rows));
        foreach (var row in rows[50..]) row.Sold = "May 2024";

        var next = trainer.Fit(RawRow.View(rows), model);

        Assert.IsEmpty(model.History.Warnings);
        StringAssert.StartsWith(next.History.Warnings.Single(), "The date column 'Sold' holds 'May 2024' in row 50");
    }

    [TestMethod]
    [DataRow("Title", "text", "Text")]
    [DataRow("City", "category", "Text, Boolean, a number type or a key of such, or a vector")]
    [DataRow("Area", "number", "a number, Boolean or vector of numbers")]
    [DataRow("Listed", "date", "DateTime or DateTimeOffset")]
    public void Transform_ColumnMissingOrOfAnotherType_SpeaksOfScoring(string column, string role, string expected)
    {
        var rows = RawRow.View(RawRow.Random(40, seed: 8));
        InputColumn[] columns = [InputColumn.Text("Title"), InputColumn.Category("City"), InputColumn.Number("Area"), InputColumn.Date("Listed")];
        var model = RawRow.Trainer(RawRow.Options with { Columns = columns, Members = 1, MaxEpochs = 1 }).Fit(rows);
        string other = column == "Listed" ? "Took" : "Listed";
        var wrong = _mlContext.Transforms.CopyColumns(column, other).Fit(rows).Transform(rows);

        string mismatch = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(wrong)).Message;
        string missing = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(EstimatorWorkout.Without(rows, column))).Message;

        StringAssert.StartsWith(mismatch, $"Schema mismatch for {role} column '{column}': expected {expected}, got {rows.Schema[other].Type}. " +
            "Give it in the type that it had in training. ");
        StringAssert.StartsWith(missing, $"Could not find {role} column '{column}'. ");
        StringAssert.Contains(missing, "It was there in training: give data that has it, under this name. ");
    }

    [TestMethod]
    public void MultiEmbedding_TextsOfOneTableCutInTwoWays_AreRefused()
    {
        TextColumn title = InputColumn.Text("Title") with { Table = "Words" }, body = InputColumn.Text("Body") with { Table = "Words" };
        var tokens = new TokenIndexingOptions { Split = TokenSplit.Character };

        var error = Assert.ThrowsExactly<ArgumentException>(() =>
            RawRow.Trainer(new() { Columns = [title with { Tokens = tokens }, body with { Tokens = new() }] }));
        var model = RawRow.Trainer(new() { Columns = [title, body with { Tokens = tokens }], HiddenUnits = [2], MaxEpochs = 1 })
            .Fit(RawRow.View(RawRow.Random(20, seed: 8)));

        StringAssert.Contains(error.Message, "The columns 'Title' and 'Body' share the table 'Words', so their texts are cut by the same Tokens");
        Assert.AreEqual(TokenSplit.Character, ((TokenIndexingTransformer)model.Steps.Single()).Shape.Split);
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

        Refused(InputColumn.Text("Area"), "Schema mismatch for text column 'Area': expected Text, got Single. Read it with InputColumn.Number(\"Area\")");
        Refused(InputColumn.Date("Area"), "Schema mismatch for date column 'Area': expected DateTime, DateTimeOffset, TimeSpan or Text, got Single. " +
            "Read it with InputColumn.Number(\"Area\") or, where numbers are names only, InputColumn.Category(\"Area\"). " +
            "Where it holds dates, load it as such.");
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
