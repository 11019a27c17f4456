using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>How columns are read that nobody names: by their types and values.</summary>
[TestClass]
public sealed class NothingNamedTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Columns_Types_DecideTheKind()
    {
        var rows = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(_ => new Typed()));
        var view = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(rows).Transform(rows);

        var columns = Columns(view);

        foreach (string name in new[] { "Flag", "Key" }) Assert.AreEqual(InputColumn.Category(name), columns[name]);
        Assert.AreEqual(InputColumn.Sequence("Keys", encoder: SequenceEncoder.Attention()), columns["Keys"]);
        Assert.AreEqual(InputColumn.Bag("Texts"), columns["Texts"]);
        foreach (string name in new[] { "Numbers", "Single", "Double", "Small", "Large" }) Assert.AreEqual(InputColumn.Number(name), columns[name]);
        foreach (string name in new[] { "Date", "Offset", "Span" }) Assert.AreEqual(InputColumn.Date(name), columns[name]);
        Assert.IsFalse(columns.ContainsKey("RowId"), "of a type that is not known");
    }

    [TestMethod]
    public void Columns_Texts_AreToldByTheirValues()
    {
        // 60 rows: each value in 20 of them, in 2, or in 1.
        Assert.AreEqual(InputColumn.Category("Text"), Text(row => $"a rather long sentence number {row % 3}"));
        Assert.AreEqual(InputColumn.Text("Text"), Text(row => $"a rather long sentence number {row % 4}"));
        Assert.AreEqual(InputColumn.Category("Text"), Text(row => $"word{row % 30}"));
        Assert.AreEqual(InputColumn.Category("Text"), Text(row => $"two words{row % 30}"));
        Assert.AreEqual(InputColumn.Text("Text"), Text(row => $"a longishwordthatisnocategory{row % 30}"));
        Assert.AreEqual(InputColumn.Text("Text"), Text(row => $"word{row % 31}"));
        Assert.AreEqual(InputColumn.Date("Text"), Text(row => row == 7 ? "" : $"2024-1-{row % 28 + 1}"));
        Assert.AreEqual(InputColumn.Category("Text"), Text(row => row == 7 ? "none" : $"2024-1-{row % 28 + 1}"));
        Assert.IsNull(Text(_ => ""));
    }

    [TestMethod]
    public void Columns_IntegersThatAreDifferentInAllRows_AreIds()
    {
        Assert.IsNull(Id(21, row => row));
        Assert.IsNull(Id(21, row => (1L << 40) + row), "as Single they are one number");
        Assert.AreEqual(InputColumn.Number("Id"), Id(20, row => row));
        Assert.AreEqual(InputColumn.Number("Id"), Id(21, row => row / 2));
        Assert.IsNull(Id(200_100, row => 3 * row), "more rows than values are counted");
        Assert.AreEqual(InputColumn.Number("Id"), Id(200_100, row => Math.Max(0, row - 1)));
        var numbers = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(row => new NumberRow<float> { Number = row }));
        Assert.AreEqual(InputColumn.Number("Number"), Columns(numbers)["Number"], "numbers that may be broken are no ids");
    }

    [TestMethod]
    public void Fit_NothingNamed_ReadsAllButLabelWeightAndIdsAndSaysSo()
    {
        var rows = Sale.Random(60);
        var context = new MLContext(1);
        List<string> messages = [];
        context.Log += (_, log) => messages.Add(log.RawMessage);
        var options = new MultiEmbeddingOptions { ExampleWeightColumnName = "Weight", Members = 1, MaxEpochs = 1, NumberOfThreads = 2, Seed = 1 };

        var model = context.BinaryClassification.Trainers.MultiEmbedding(options with { LabelColumnName = "IsSold" })
            .Fit(context.Data.LoadFromEnumerable(rows));

        CollectionAssert.AreEqual(new[] { "Title", "City", "Area" }, model.Settings!.Columns.Select(column => column.Name).ToArray());
        string table = messages.Single(message => message.StartsWith("No columns are named; they are read as:", StringComparison.Ordinal));
        StringAssert.Contains(table, "\n  Id     left out  60 different whole numbers, another in every row: an id\n");
        StringAssert.Contains(table, "\n  City   Category  3 different texts of 1.0 words in the mean\n");
        var unlabelled = context.Transforms.DropColumns("IsSold", "Weight", "Id").Fit(context.Data.LoadFromEnumerable(rows))
            .Transform(context.Data.LoadFromEnumerable(rows));
        Assert.IsTrue(Networks.Scores(model.Transform(unlabelled)).All(float.IsFinite));
    }

    [TestMethod]
    public void Fit_LabelNameOnly_GivesTheModelOfThePositionalCall()
    {
        var view = _mlContext.Data.LoadFromEnumerable(Sale.Random(60));
        var model = new MLContext(5).BinaryClassification.Trainers.MultiEmbedding("IsSold", InputColumn.Number("Area")).Fit(view);

        var same = new MLContext(5).BinaryClassification.Trainers.MultiEmbedding(
            new MultiEmbeddingOptions { LabelColumnName = "IsSold", Columns = [InputColumn.Number("Area")] }).Fit(view);

        CollectionAssert.AreEqual(Networks.Scores(model.Transform(view)), Networks.Scores(same.Transform(view)));
    }

    [TestMethod]
    public void Fit_NoColumnIsLeft_SaysWhatToDo()
    {
        var view = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new IdRow { Id = i, Label = i % 2 == 0 }));

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Of(new MultiEmbeddingOptions()).Fit(view)).Message;

        StringAssert.StartsWith(message, "The data has no column to learn from");
        StringAssert.Contains(message, "Name the columns in Columns");
    }

    [TestMethod]
    public void Fit_DescribedNetworkOfKeyColumns_ReadsTheDataOnce()
    {
        int passes = 0;
        var rows = TrainingRow.Random(40, seed: 1);
        var view = _mlContext.Data.LoadFromEnumerable(Counted());

        Trainers.Of(Trainers.Options with { MaxEpochs = 1 }).Fit(view);

        Assert.AreEqual(1, passes);

        IEnumerable<TrainingRow> Counted()
        {
            passes++;
            foreach (var row in rows) yield return row;
        }
    }

    private static InputColumn? Text(Func<int, string> text) =>
        Columns(TextRow.View([.. Enumerable.Range(0, 60).Select(text)])).GetValueOrDefault("Text");

    private InputColumn? Id(int rows, Func<int, long> id) =>
        Columns(_mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(row => new IdRow { Id = id(row) }))).GetValueOrDefault("Id");

    private static Dictionary<string, InputColumn> Columns(IDataView view) =>
        ViewFacts.Of(view, [], ["Label"], CancellationToken.None).Columns.ToDictionary(column => column.Name);

    private sealed class Typed
    {
        public bool Flag { get; set; }
        public string Text { get; set; } = "a";
        [KeyType(5)] public uint[] Keys { get; set; } = [1];
        public string[] Texts { get; set; } = [];
        [VectorType(2)] public float[] Numbers { get; set; } = [1, 2];
        public float Single { get; set; }
        public double Double { get; set; }
        public byte Small { get; set; }
        public long Large { get; set; }
        public DateTime Date { get; set; }
        public DateTimeOffset Offset { get; set; }
        public TimeSpan Span { get; set; }
        public DataViewRowId RowId { get; set; }
    }

    private sealed class IdRow
    {
        public long Id { get; set; }
        public bool Label { get; set; }
    }

    private sealed class Sale
    {
        public int Id { get; set; }
        public string Title { get; set; } = "";
        public string City { get; set; } = "";
        public float Area { get; set; }
        public float Weight { get; set; } = 1;
        public bool IsSold { get; set; }

        internal static Sale[] Random(int count) => [.. RawRow.Random(count, seed: 1).Select((row, i) => new Sale
        {
            Id = 1_000 + i,
            Title = $"{row.Title} number {i} of many",
            City = row.City,
            Area = row.Area,
            IsSold = row.Label,
        })];
    }
}
