using System.IO.Compression;
using System.Text;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests.Tables;

/// <summary>Tests views of files.</summary>
[TestClass]
public sealed class TableReadingTests
{
    [TestMethod]
    public void Load_Values_AreThoseOfTheFile()
    {
        using var file = new TableFile("a.csv", " Name , Age,Born,Known\n Ann ,33,2020-02-28,true\n\" Bo \",,2021-01-02T10:30:00+02:00,false\n\n");

        var view = file.Load();

        CollectionAssert.AreEqual(new[] { "Ann", " Bo " }, TableFile.Texts(view, "Name"), "spaces around a field are dropped, within quotes kept");
        CollectionAssert.AreEqual(new[] { "33", "NaN" }, TableFile.Texts(view, "Age"));
        CollectionAssert.AreEqual(new[] { "2020-02-28 00:00:00", "2021-01-02 08:30:00" }, TableFile.Texts(view, "Born"), "times are universal");
        CollectionAssert.AreEqual(new[] { "True", "False" }, TableFile.Texts(view, "Known"));
    }

    [TestMethod]
    public void Load_ReadTwice_GivesTheSameRows()
    {
        using var file = new TableFile("a.csv", "A,B\n1,x\n2,y\n");
        var view = file.Load();

        CollectionAssert.AreEqual(TableFile.Texts(view, "A"), TableFile.Texts(view, "A"));
        using var first = view.GetRowCursor(view.Schema);
        using var second = view.GetRowCursor([view.Schema["B"]]);
        Assert.IsTrue(first.MoveNext() && second.MoveNext() && second.MoveNext() && !second.MoveNext() && first.MoveNext());
        Assert.AreEqual(1, first.Position);
        Assert.IsFalse(second.IsColumnActive(view.Schema["A"]));
    }

    [TestMethod]
    [DataRow("utf-8")]
    [DataRow("utf-16")]
    [DataRow("utf-16BE")]
    public void Load_ByteOrderMark_SaysTheEncoding(string encoding)
    {
        using var file = new TableFile("a.csv", "Größe,B\n1,ä\n2,ø\n", encoding == "utf-8" ? Encoding.UTF8 : Encoding.GetEncoding(encoding));

        CollectionAssert.AreEqual(new[] { "ä", "ø" }, TableFile.Texts(file.Load(), "B"));
        Assert.AreEqual("Größe", file.Load().Schema[0].Name);
    }

    [TestMethod]
    public void Load_EncodingOfOptions_IsUsed()
    {
        using var file = new TableFile("a.csv", "A,B\n1,ä\n2,ø\n", Encoding.Latin1);

        CollectionAssert.AreEqual(new[] { "ä", "ø" }, TableFile.Texts(file.Load(new() { Encoding = Encoding.Latin1 }), "B"));
    }

    [TestMethod]
    public void Load_CompressedFile_IsUnpacked()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress)) gzip.Write("A;B\n1;x\n2;y\n"u8);
        using var file = new TableFile("a.csv.gz", bytes.ToArray());

        CollectionAssert.AreEqual(new[] { "1", "2" }, TableFile.Texts(file.Load(), "A"));
    }

    [TestMethod]
    [DataRow("a.jsonl", "{\"Age\": 1, \"Zip\": \"12345\", \"Ok\": true}\n\n{\"Zip\": \"2\", \"Born\": \"2020-01-02\", \"Age\": null, \"Ok\": false}\n")]
    [DataRow("a.json", "[{\"Age\": 1, \"Zip\": \"12345\", \"Ok\": true},\n {\"Zip\": \"2\", \"Born\": \"2020-01-02\", \"Age\": null, \"Ok\": false}]")]
    public void Load_Json_HasTheTypesOfItsValues(string name, string text)
    {
        using var file = new TableFile(name, text);

        CollectionAssert.AreEqual(new[] { "Age Single", "Zip String", "Ok Boolean", "Born DateTime" }, file.Types(), "texts of digits are texts");
        CollectionAssert.AreEqual(new[] { "1", "NaN" }, TableFile.Texts(file.Load(), "Age"));
        CollectionAssert.AreEqual(new[] { "0001-01-01 00:00:00", "2020-01-02 00:00:00" }, TableFile.Texts(file.Load(), "Born"));
    }

    [TestMethod]
    public void Load_Types_AreObeyed()
    {
        using var file = new TableFile("a.csv", "A,B,C\n1,2,2020-01-01\n3,4,2020-01-02\n");

        var view = file.Load(new() { Types = new Dictionary<string, DataKind> { ["B"] = DataKind.String, ["C"] = DataKind.String, ["A"] = DataKind.Int32 } });

        Assert.AreEqual("Int32 String String", string.Join(' ', view.Schema.Select(column => column.Type)).Replace("Text", "String"));
    }

    [TestMethod]
    public void Load_Schema_GivesItsTypesByName()
    {
        using var train = new TableFile("train.csv", "Zip,Age,Label\n02134,33,yes\n10001,44,no\n");
        using var test = new TableFile("test.csv", "Age,More,Zip\nNA,1,10001\n1.5,2,10002\n");

        var view = test.Load(new() { Schema = train.Load().Schema });

        CollectionAssert.AreEqual(new[] { "10001", "10002" }, TableFile.Texts(view, "Zip"));
        CollectionAssert.AreEqual(new[] { "NaN", "1.5" }, TableFile.Texts(view, "Age"));
        CollectionAssert.AreEqual(new[] { "1", "2" }, TableFile.Texts(view, "More"), "what the schema does not have is text");
        Assert.IsInstanceOfType<TextDataViewType>(view.Schema["More"].Type);
        Assert.IsNull(view.Schema.GetColumnOrNull("Label"));
    }

    [TestMethod]
    public void Load_SchemaAndDecimalCommas_AreReadByTheFile()
    {
        using var train = new TableFile("train.csv", "Size,Label\n1.5,yes\n2.5,no\n");
        using var test = new TableFile("test.csv", "Size;Label\n3,25;yes\n");

        CollectionAssert.AreEqual(new[] { "3.25" }, TableFile.Texts(test.Load(new() { Schema = train.Load().Schema }), "Size"));
    }
}
