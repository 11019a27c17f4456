using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Rows of names and values, scored by models of every kind.</summary>
[TestClass]
public sealed class RowPredictionTests
{
    private static readonly NumberShape Age = new("Age", Size: 1, MissingIndicator: true), Height = new("Height", Size: 1, MissingIndicator: true);

    private static readonly TrainedNetwork People = Networks.Random(1, [3], Age, Height);

    private static readonly Lazy<MultiEmbeddingTransformer> Raw = new(() => RawRow.Trainer(RawRow.Options).Fit(RawRow.View(RawRow.Random(80, seed: 1))));

    private readonly MLContext _mlContext = new(1);

    private static IEnumerable<object?[]> Forties =>
    [
        [40], [40L], [40u], [40ul], [(short)40], [(ushort)40], [(byte)40], [(sbyte)40], [40f], [40.0], [40m], [(Half)40], ["40"], [" 4e1 "],
        [JsonDocument.Parse("40").RootElement], [JsonDocument.Parse("\"40.0\"").RootElement],
    ];

    private static IEnumerable<object?[]> Nothings => [[null], [DBNull.Value], [""], [float.NaN], [double.NaN], [JsonDocument.Parse("null").RootElement]];

    [TestMethod]
    [DynamicData(nameof(Forties))]
    public void Predict_ANumberInAnyForm_IsThatNumber(object? given) =>
        Assert.AreEqual(PlainForward.Score(People, new[] { 40f }, new[] { 2f }), Score(Row(("Age", given), ("Height", 2))), 1e-5);

    [TestMethod]
    [DataRow(true, 1f)]
    [DataRow(false, 0f)]
    public void Predict_ABooleanForANumber_IsOneOrZero(bool given, float number) =>
        Assert.AreEqual(PlainForward.Score(People, new[] { number }, new[] { 2f }), Score(Row(("Age", given), ("Height", 2))), 1e-5);

    [TestMethod]
    [DynamicData(nameof(Nothings))]
    public void Predict_Nothing_IsMissing(object? nothing)
    {
        double missing = PlainForward.Score(People, new[] { float.NaN }, new[] { 2f });

        Assert.AreEqual(missing, Score(Row(("Age", nothing), ("Height", 2))), 1e-5);
        Assert.AreEqual(missing, Score(Row(("Height", 2))), 1e-5, "left out");
    }

    [TestMethod]
    public void Predict_BinaryModel_GivesTheScoreColumnsInTheirOrder()
    {
        var result = Networks.Transformer(People).Predict(Row(("Age", 40), ("Height", 2)));

        double score = PlainForward.Score(People, new[] { 40f }, new[] { 2f });
        CollectionAssert.AreEqual(new[] { "PredictedLabel", "Score", "Probability" }, result.Keys.ToArray());
        Assert.AreEqual(score > 0, result["PredictedLabel"]);
        Assert.AreEqual(score, (float)result["Score"]!, 1e-5);
        Assert.AreEqual(1 / (1 + Math.Exp(-score)), (float)result["Probability"]!, 1e-5);
    }

    [TestMethod]
    public void Predict_OtherNamesAndCase_AreIgnored()
    {
        double expected = PlainForward.Score(People, new[] { 40f }, new[] { 2f });

        Assert.AreEqual(expected, Score(Row(("age", 40), ("HEIGHT", 2), ("Label", "any"), ("Id", new object()))), 1e-5);
        Assert.AreEqual(expected, Score(Row(("age", 1), ("Age", 40), ("Height", 2))), 1e-5, "the name as it is written counts");
        Assert.AreEqual(expected, Score(Row(("age", 1), ("AGE", 2), ("Age", 40), ("aGE", 3), ("Height", 2))), 1e-5, "wherever it stands");
    }

    [TestMethod]
    public void Predict_ADictionaryThatIgnoresCase_IsReadAsAnother()
    {
        var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["age"] = 40, ["HEIGHT"] = 2 };

        Assert.AreEqual(PlainForward.Score(People, new[] { 40f }, new[] { 2f }), Score(row), 1e-5);
    }

    [TestMethod]
    public void Predict_NamesThatDifferInCaseOnly_AreKeptApart()
    {
        var network = Networks.Random(1, [3], Age, new NumberShape("AGE", Size: 1, MissingIndicator: true));

        double score = (float)Networks.Transformer(network).Predict(Row(("AGE", 2), ("Age", 40), ("age", 7)))["Score"]!;

        Assert.AreEqual(PlainForward.Score(network, new[] { 40f }, new[] { 2f }), score, 1e-5);
    }

    [TestMethod]
    public void Predict_TwoNamesForOneColumn_Throws() => StringAssert.StartsWith(
        Refusal(Row(("age", 1), ("AGE", 2))), "Several names of the row mean column 'Age', but for their case: 'AGE' is one.");

    [TestMethod]
    public void Predict_NoColumnOfTheModel_NamesTheColumns() => StringAssert.StartsWith(
        Refusal(Row(("Weight", 1))), "The row has none of the model's columns, which are 'Age', 'Height'. It has 'Weight'.");

    [TestMethod]
    [DataRow("forty", "Column 'Age' cannot be 'forty': it needs a number.")]
    [DataRow(new[] { 1, 2 }, "Column 'Age' cannot be a list: it needs a number.")]
    [DataRow('4', "Column 'Age' cannot be 4 (Char): it needs a number.")]
    public void Predict_AValueThatIsNoNumber_NamesColumnValueAndNeed(object given, string message)
    {
        Assert.AreEqual(message, Refusal(Row(("Age", given))));
        Assert.AreEqual(PlainForward.Score(People, new[] { 40f }, new[] { 2f }), Score(Row(("Age", 40), ("Height", 2))), 1e-5, "the next row");
    }

    [TestMethod]
    public void Predict_ACommaInAnotherCulture_IsNoPoint()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            commas.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = commas;

            Assert.AreEqual("Column 'Age' cannot be '1,5': it needs a number.", Refusal(Row(("Age", "1,5"))));
            Assert.AreEqual(PlainForward.Score(People, new[] { 1.5f }, new[] { 2.5f }), Score(Row(("Age", "1.5"), ("Height", 2.5m))), 1e-5);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    public void Predict_RawColumnsOfEachKind_GivesTheScoresOfAnEngine()
    {
        var rows = RawRow.Random(30, seed: 2);
        using var engine = _mlContext.Model.CreatePredictionEngine<RawRow, Prediction>(Raw.Value, RawRow.View(rows).Schema);

        foreach (var row in rows)
        {
            float expected = engine.Predict(row).Score;
            Assert.AreEqual(expected, Raw.Value.Predict(Values(row))["Score"]);
            string json = JsonSerializer.Serialize(Values(row).Where(value => value.Value is not float.NaN).ToDictionary());
            // A Single that is written as JSON is read as the nearest Double to its text.
            Assert.AreEqual(expected, JsonDocument.Parse(Raw.Value.PredictJson(json)).RootElement.GetProperty("Score").GetSingle(), 1e-5);
        }
    }

    [TestMethod]
    [DataRow("Floor", 2.0, 2)]
    [DataRow("Floor", "2", 2)]
    [DataRow("Size", "0.5", 0.5f)]
    [DataRow("Size", 1, 1f)]
    [DataRow("IsOpen", "True", true)]
    [DataRow("City", "Rome", "Paris", DisplayName = "unknown ones are alike")]
    [DataRow("Seen", "2024-03-05T10:00:00+02:00", "2024-03-05T10:00:00")]
    [DataRow("Listed", "2024-03-05 10:30", "2024-03-05T10:30:00Z")]
    [DataRow("Sold", "5.3.2024", "2024-03-05")]
    [DataRow("Took", "10:00", "10:00:00")]
    public void Predict_FormsOfOneValue_GiveTheSameScore(string column, object given, object same) => AssertSame(column, given, same);

    [TestMethod]
    public void Predict_DatesOfAnyType_GiveTheSameScore()
    {
        var date = new DateTime(2024, 3, 5);
        foreach (string column in new[] { "Listed", "Seen", "Sold" })
        {
            AssertSame(column, date, "2024-03-05");
            AssertSame(column, DateOnly.FromDateTime(date), "2024-03-05");
            AssertSame(column, new DateTimeOffset(date, TimeSpan.FromHours(2)), "2024-03-05");
        }
        AssertSame("Floor", 2m, 2);
        AssertSame("Size", 0.5m, 0.5f);
        AssertSame("Took", new TimeOnly(10, 0), TimeSpan.FromHours(10));
        Assert.AreNotEqual(ScoreWith("Listed", "2024-03-05"), ScoreWith("Listed", "2025-08-09"));
        Assert.AreNotEqual(ScoreWith("Sold", "2024-03-05"), ScoreWith("Sold", "2025-08-09"));
    }

    [TestMethod]
    public void Predict_MissingDateAndTags_AreThoseOfAnEngine()
    {
        var row = RawRow.Random(1, seed: 3)[0];
        var values = Values(row);
        foreach (string name in new[] { "Title", "City", "Area", "Listed", "Sold", "Tags" }) values.Remove(name);
        (row.Title, row.City, row.Area, row.Listed, row.Sold, row.Tags) = ("", "", float.NaN, default, "", []);
        using var engine = _mlContext.Model.CreatePredictionEngine<RawRow, Prediction>(Raw.Value, RawRow.View(row).Schema);

        Assert.AreEqual(engine.Predict(row).Score, Raw.Value.Predict(values)["Score"]);
    }

    [TestMethod]
    [DataRow("Listed", "yesterday", "Column 'Listed' cannot be 'yesterday': it needs a date, or its text by ISO 8601")]
    [DataRow("Sold", "2024/3/5", "Column 'Sold' cannot be '2024/3/5': it needs a date, or its text by ISO 8601 such as 2024-12-31 or 2024-12-31T23:59, or in " +
        "the format of training, d.M.yyyy.")]
    [DataRow("Tags", "new", "Column 'Tags' cannot be 'new': it needs a list, of a text, or a value that has one each.")]
    [DataRow("Took", 12, "Column 'Took' cannot be 12 (Int32): it needs a span of time")]
    [DataRow("Took", null, "Column 'Took' is missing, which its type knows no value for: it needs a span of time")]
    [DataRow("Title", new[] { "a" }, "Column 'Title' cannot be a list: it needs a text, or a value that has one.")]
    public void Predict_AValueThatDoesNotFit_SaysWhatIsNeeded(string column, object? given, string message)
    {
        var values = Values(RawRow.Random(1, seed: 3)[0]);
        values[column] = given;

        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => Raw.Value.Predict(values)).Message, message);
    }

    [TestMethod]
    public void Predict_KeysAndVectors_AreReadByTheirNumbers()
    {
        var network = Networks.OfEveryKind();
        var model = Networks.Transformer(network);

        foreach (var row in NetworkRow.Random(20))
        {
            var values = new Dictionary<string, object?>
            {
                ["Category"] = row.CategoryKey,
                ["Gru"] = row.Gru,
                ["Mean"] = row.Mean.Select(key => (object)$"{key}").ToList(),
                ["Max"] = row.Max,
                ["Attention"] = Array.ConvertAll(row.Attention, key => (double)key),
                ["Bag"] = row.Bag,
                ["Numbers"] = row.Numbers,
            };

            Assert.AreEqual(PlainForward.Score(network, row.Values()), (float)model.Predict(values)["Score"]!, 1e-4);
        }
    }

    [TestMethod]
    [DataRow(null, float.NaN, float.NaN)]
    [DataRow(new[] { "1", null }, 1f, float.NaN)]
    [DataRow(new object[] { 1, 2.5 }, 1f, 2.5f)]
    public void Predict_AVectorOfNumbers_MayLackSomeOrAll(object? given, float first, float second)
    {
        var network = Networks.Random(1, [3], Age, new NumberShape("Pair", Size: 2, MissingIndicator: true));

        Assert.AreEqual(
            PlainForward.Score(network, new[] { 40f }, new[] { first, second }),
            (float)Networks.Transformer(network).Predict(Row(("Age", 40), ("Pair", given)))["Score"]!, 1e-5);
    }

    [TestMethod]
    public void Predict_AVectorOfAnotherLength_Throws()
    {
        var model = Networks.Transformer(Networks.Random(1, [3], new NumberShape("Pair", Size: 2, MissingIndicator: true)));

        Assert.AreEqual("Column 'Pair' cannot be a list of 3: it needs 2, each a number.",
            Assert.ThrowsExactly<ArgumentException>(() => model.Predict(Row(("Pair", new[] { 1, 2, 3 })))).Message);
    }

    [TestMethod]
    public void Predict_OnManyThreads_GivesTheScoresOfTheView()
    {
        var rows = RawRow.Random(40, seed: 5);
        var loaded = EstimatorWorkout.SaveAndLoad(Raw.Value, RawRow.View(rows).Schema);
        float[] expected = Networks.Scores(Raw.Value.Transform(RawRow.View(rows))), scores = new float[400];

        Parallel.For(0, scores.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => scores[i] = (float)loaded.Predict(Values(rows[i % rows.Length]))["Score"]!);

        CollectionAssert.AreEqual(Enumerable.Range(0, scores.Length).Select(i => expected[i % rows.Length]).ToArray(), scores);
    }

    [TestMethod]
    public void Predict_ModelWithoutScores_SaysWhatToUse()
    {
        var model = _mlContext.Transforms.CopyColumns("Copy", "Age").Fit(new DataFrame(new SingleDataFrameColumn("Age", [1])));

        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => model.Predict(Row(("Age", 1)))).Message, "The model makes no score columns;");
        Assert.ThrowsExactly<ArgumentNullException>(() => ((ITransformer)null!).Predict(Row()));
        Assert.ThrowsExactly<ArgumentNullException>(() => Networks.Transformer(People).Predict(null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => Networks.Transformer(People).PredictJson(null!));
    }

    private static void AssertSame(string column, object given, object same) =>
        Assert.AreEqual(ScoreWith(column, same), ScoreWith(column, given), $"{column}: {given}, {same}");

    private static float ScoreWith(string column, object given)
    {
        var values = Values(RawRow.Random(1, seed: 3)[0]);
        values[column] = given;
        return (float)Raw.Value.Predict(values)["Score"]!;
    }

    private static Dictionary<string, object?> Values(RawRow row) =>
        typeof(RawRow).GetProperties().Where(property => property.Name != "Label").ToDictionary(property => property.Name, property => property.GetValue(row));

    private static Dictionary<string, object?> Row(params (string Name, object? Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value);

    private static float Score(Dictionary<string, object?> row) => (float)Networks.Transformer(People).Predict(row)["Score"]!;

    private static string Refusal(Dictionary<string, object?> row) =>
        Assert.ThrowsExactly<ArgumentException>(() => Networks.Transformer(People).Predict(row)).Message.Split(" (Parameter")[0];
}
