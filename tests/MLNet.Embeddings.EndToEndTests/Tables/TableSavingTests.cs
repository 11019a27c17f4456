using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests.Tables;

/// <summary>Tests files that are written of views.</summary>
[TestClass]
public sealed class TableSavingTests
{
    private static readonly MLContext MLContext = new(seed: 1);

    private const string Values = "Text,Number,Long,Day,Ok,Big\n\"a, \"\"b\"\"\nc\",1.5,123456.789,2020-02-28,true,9007199254740993\n,,,,false,2\nø,-3,0.1," +
        "2021-01-02T10:30:00,true,3\n";

    [TestMethod]
    [DataRow("b.csv")]
    [DataRow("b.csv.gz")]
    [DataRow("b.tsv")]
    [DataRow("b.jsonl")]
    [DataRow("b.parquet")]
    public void SaveTable_AllTypes_AreReadBackAsTheyWere(string name)
    {
        using var file = new TableFile("a.csv", Values);
        var view = file.Load();

        MLContext.Data.SaveTable(view, file.Beside(name));
        var again = MLContext.Data.LoadTable(file.Beside(name));

        CollectionAssert.AreEqual(view.Schema.Select(column => $"{column.Name} {column.Type}").ToArray(),
            again.Schema.Select(column => $"{column.Name} {column.Type}").ToArray());
        foreach (var column in view.Schema)
            CollectionAssert.AreEqual(TableFile.Texts(view, column.Name), TableFile.Texts(again, column.Name), column.Name);
    }

    [TestMethod]
    public void SaveTable_ParquetOfSeveralRowGroups_KeepsAllRows()
    {
        using var file = new TableFile("a.csv", $"A,B\n{string.Concat(Enumerable.Range(0, 120_000).Select(i => $"{i % 1000},t{i}\n"))}");

        MLContext.Data.SaveTable(file.Load(), file.Beside("b.parquet"));
        var again = MLContext.Data.LoadTable(file.Beside("b.parquet"));

        string[] texts = TableFile.Texts(again, "B");
        Assert.HasCount(120_000, texts);
        Assert.AreEqual(("t0", "t50000", "t119999"), (texts[0], texts[50_000], texts[^1]));
    }

    [TestMethod]
    public void LoadTable_ParquetOfSeveralRowGroups_IsReadBySeveralCursors()
    {
        using var file = new TableFile("a.csv", $"A,B\n{string.Concat(Enumerable.Range(0, 120_000).Select(i => $"{i % 1000},t{i % 977}\n"))}");
        MLContext.Data.SaveTable(file.Load(), file.Beside("b.parquet"));
        var view = MLContext.Data.LoadTable(file.Beside("b.parquet"));
        DataViewSchema.Column[] columns = [view.Schema["B"]];

        Assert.HasCount(2, view.GetRowCursorSet(columns, 2));
        var cursors = view.GetRowCursorSet(columns, 8);

        Assert.HasCount(3, cursors);
        var rows = cursors.SelectMany(Rows).OrderBy(row => row.Id).ToArray();
        CollectionAssert.AreEqual(Rows(view.GetRowCursor(columns)).ToArray(), rows);
        CollectionAssert.AreEqual(Enumerable.Range(0, 120_000).Select(i => ((ulong)i, i / 50_000L, $"t{i % 977}")).ToArray(), rows);
        CollectionAssert.AreEqual(
            MLContext.Transforms.Categorical.IndexCategories("K", "B").Fit(file.Load()).Terms.ToArray(),
            MLContext.Transforms.Categorical.IndexCategories("K", "B").Fit(view).Terms.ToArray());
    }

    private static IEnumerable<(ulong Id, long Batch, string B)> Rows(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            var (id, text) = (default(DataViewRowId), default(ReadOnlyMemory<char>));
            var (getId, getText) = (cursor.GetIdGetter(), cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema["B"]));
            while (cursor.MoveNext())
            {
                getId(ref id);
                getText(ref text);
                yield return (id.Low, cursor.Batch, text.ToString());
            }
        }
    }

    [TestMethod]
    public void SaveTable_VectorsAndKeys_AreColumnsOfTheirValues()
    {
        var rows = new[] { new Row { Class = "Tops", Scores = [0.25f, 0.75f] }, new Row { Class = "Dresses", Scores = [1, float.NaN] } };
        var view = MLContext.Transforms.Conversion.MapValueToKey("Key", "Class")
            .Append(MLContext.Transforms.Categorical.OneHotEncoding("Slots", "Class"))
            .Append(MLContext.Transforms.SelectColumns("Key", "Slots", "Scores")).Fit(MLContext.Data.LoadFromEnumerable(rows))
            .Transform(MLContext.Data.LoadFromEnumerable(rows));
        using var file = new TableFile("b.csv", "");

        MLContext.Data.SaveTable(view, file.Path);

        Assert.AreEqual("Key,Slots.Tops,Slots.Dresses,Scores.0,Scores.1\nTops,1,0,0.25,0.75\nDresses,0,1,1,\n", File.ReadAllText(file.Path));
    }

    [TestMethod]
    [DataRow(".csv", "PredictedLabel\n1\n0\n")]
    [DataRow(".jsonl", "{\"PredictedLabel\":1}\n{\"PredictedLabel\":0}\n")]
    public void SaveTable_TwoClassesThatAreNumbers_AreTheseNumbers(string extension, string expected)
    {
        var rows = MLContext.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Flag { Size = i % 2, Label = i % 2 }));
        var model = MLContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = "Label",
            Columns = [InputColumn.Number("Size")],
            HiddenUnits = [4],
            MaxEpochs = 60,
        }).Fit(rows);
        var scored = MLContext.Transforms.SelectColumns("PredictedLabel").Fit(model.Transform(rows))
            .Transform(model.Transform(MLContext.Data.LoadFromEnumerable<Flag>([new() { Size = 1 }, new() { Size = 0 }])));
        using var file = new TableFile($"b{extension}", "");

        MLContext.Data.SaveTable(scored, file.Path);

        Assert.AreEqual(expected, File.ReadAllText(file.Path));
    }

    [TestMethod]
    public void SaveTable_KeysOfNumbers_AreTheseNumbers()
    {
        var rows = MLContext.Data.LoadFromEnumerable<Flag>([new() { Label = 7 }, new() { Label = -2 }]);
        var view = MLContext.Transforms.Conversion.MapValueToKey("Key", "Label").Append(MLContext.Transforms.SelectColumns("Key")).Fit(rows).Transform(rows);
        using var file = new TableFile("b.csv", "");

        MLContext.Data.SaveTable(view, file.Path);

        Assert.AreEqual("Key\n7\n-2\n", File.ReadAllText(file.Path));
    }

    [TestMethod]
    public void SaveTable_CarriageReturnsAndOnlyEmptyFields_AreReadBack()
    {
        var rows = MLContext.Data.LoadFromEnumerable<Line>([new() { Text = "a\rb" }, new() { Text = "" }, new() { Text = "c" }]);
        using var file = new TableFile("b.csv", "");

        MLContext.Data.SaveTable(rows, file.Path);

        CollectionAssert.AreEqual(new[] { "a\rb", "", "c" }, TableFile.Texts(file.Load(), "Text"));
    }

    [TestMethod]
    public void SaveTable_SlotNamedAsAColumn_IsRefused()
    {
        var rows = MLContext.Data.LoadFromEnumerable(new[] { new Row { Class = "Tops", Scores = [0.25f, 0.75f] } });
        var view = MLContext.Transforms.CopyColumns("Scores.1", "Class").Fit(rows).Transform(rows);
        using var file = new TableFile("b.csv", "");

        string message = Assert.ThrowsExactly<ArgumentException>(() => MLContext.Data.SaveTable(view, file.Path)).Message;

        Assert.AreEqual("Two columns of the file would have the name 'Scores.1'. Drop one of them, or give it another name.", message);
    }

    [TestMethod]
    public void SaveTable_Stream_StaysOpen()
    {
        using var file = new TableFile("a.csv", "A,B\n1,x\n");
        using var stream = new MemoryStream();

        MLContext.Data.SaveTable(file.Load(), stream, TableFormat.Json);

        Assert.AreEqual("{\"A\":1,\"B\":\"x\"}\n", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        stream.WriteByte(1);
    }

    [TestMethod]
    public void SaveTable_FailureWhileReading_LeavesTheOldFile()
    {
        using var file = new TableFile("a.csv", "A,B\n1,x\nabc,y\n");
        string path = file.Beside("b.csv");
        File.WriteAllText(path, "old");

        Assert.ThrowsExactly<TableFormatException>(() => MLContext.Data.SaveTable(file.Load(new() { RowsToInfer = 1 }), path));

        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.HasCount(2, Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [TestMethod]
    public void SaveTable_OtherExtension_IsRefused()
    {
        using var file = new TableFile("a.csv", "A,B\n1,x\n");

        var error = Assert.ThrowsExactly<ArgumentException>(() => MLContext.Data.SaveTable(file.Load(), file.Beside("b.xlsx")));

        StringAssert.Contains(error.Message, "must end in .csv, .tsv, .jsonl or .parquet");
    }

    private sealed class Row
    {
        public string Class { get; set; } = "";

        [VectorType(2)]
        public float[] Scores { get; set; } = [];
    }

    private sealed class Flag
    {
        public float Size { get; set; }

        public int Label { get; set; }
    }

    private sealed class Line
    {
        public string Text { get; set; } = "";
    }
}
