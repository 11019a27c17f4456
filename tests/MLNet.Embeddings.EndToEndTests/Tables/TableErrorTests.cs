using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests.Tables;

/// <summary>Tests what is said of files that cannot be read.</summary>
[TestClass]
public sealed class TableErrorTests
{
    [TestMethod]
    [DataRow("a.csv", "", "a.csv: the file is empty; a table needs a row at least.")]
    [DataRow("a.csv", "\n\n", "a.csv: the file has empty lines only; a table needs a row at least.")]
    [DataRow("a.csv", "A,B,A\n1,2,3\n", "a.csv, line 1: two columns have the name 'A'; each needs a name of its own. Correct the header, or say that there " +
        "is none (HasHeader = false).")]
    [DataRow("a.csv", "A,B\n1,2\n\n3,4,5\n6,7\n", "a.csv, line 4: the row has 3 fields, and the first row 2. A field that holds the separator must stand " +
        "between quotes.")]
    [DataRow("a.csv", "A,B\n1,\"x\ny\"\n3\n", "a.csv, line 4: the row has 1 field, and the first row 2.")]
    [DataRow("a.csv", "A,B\n1,\"x, y\"\n2,z\n3,\"open\n4,v\n", "a.csv, line 4: the quote that opens here is never closed.")]
    [DataRow("a.csv", "A,B\n1,\"x, y\"\n2,\"z\" w\n", "a.csv, line 3: a quoted field has text behind its closing quote: \"z\" w. A quote within such a field " +
        "must be written twice.")]
    [DataRow("a.csv", "A\0,B\n", "a.csv: the file is binary; a table of text has no zero bytes.")]
    [DataRow("a.csv", "PK\u0003\u0004rest", "a.csv: the file is a zip or Excel file: save the sheet as CSV, or unpack it.")]
    [DataRow("a.csv.gz", "A,B\n", "a.csv.gz: the file is not compressed by gzip, as its extension says: ")]
    [DataRow("a.parquet", "A,B\n", "a.parquet: the file is no Parquet file, or a damaged one: ")]
    [DataRow("a.jsonl", "{\"A\": 1}\n{\"A\": }\n", "a.jsonl, line 2: this is no JSON, at byte 7: ")]
    [DataRow("a.jsonl", "{\"A\": 1}\n[1]\n", "a.jsonl, line 2: a row must be a JSON object, as {\"Age\": 33}; this is Array.")]
    [DataRow("a.jsonl", "{\"A\": 1}\n{\"A\": 2, \"Tags\": [1]}\n", "a.jsonl, line 2, column 'Tags': the value is an array; a column holds texts, numbers, " +
        "true and false. Make a column of each of its values, or leave it out.")]
    public void Load_WhatIsNoTable_SaysWhere(string name, string text, string message)
    {
        using var file = new TableFile(name, text);

        var error = Assert.ThrowsExactly<TableFormatException>(() => file.Load());

        Assert.StartsWith(message, error.Message);
        Assert.IsInstanceOfType<FormatException>(error);
    }

    [TestMethod]
    public void Load_BytesOfAnotherEncoding_SaysWhere()
    {
        using var file = new TableFile("a.csv", $"A,B\n{string.Concat(Enumerable.Repeat("1,x\n", 50_000))}2,ä\n", Encoding.Latin1);

        var error = Assert.ThrowsExactly<TableFormatException>(() => file.Load());

        StringAssert.Contains(error.Message, "are not UTF-8. Name the encoding of the file, such as latin1, or convert it to UTF-8.");
    }

    [TestMethod]
    public void Load_NoFile_NamesIt() =>
        Assert.AreEqual("There is no file 'none.csv'.", Assert.ThrowsExactly<FileNotFoundException>(() => new MLContext().Data.LoadTable("none.csv")).Message);

    [TestMethod]
    public void Read_ValueOfAnotherType_NamesLineAndColumn()
    {
        using var file = new TableFile("a.csv", "Text,Age\n\"two\nlines\",1\nx,2\ny,abc\n");
        var view = file.Load(new() { RowsToInfer = 2 });

        var error = Assert.ThrowsExactly<TableFormatException>(() => TableFile.Texts(view, "Age"));

        Assert.AreEqual("a.csv, line 5, column 'Age': 'abc' is not a number. Correct it, or name another type of the column (Types).", error.Message);
        Assert.AreEqual(("line 5", "Age"), (error.Place, error.Column));
        Assert.HasCount(3, TableFile.Texts(view, "Text"), "nobody asks for the ages");
    }

    [TestMethod]
    public void Read_MissingIntegerOrBoolean_IsAnError()
    {
        using var file = new TableFile("a.csv", "Ok,N\ntrue,1\n,2\n");
        var view = file.Load(new() { Types = new Dictionary<string, DataKind> { ["Ok"] = DataKind.Boolean } });

        var error = Assert.ThrowsExactly<TableFormatException>(() => TableFile.Texts(view, "Ok"));

        StringAssert.StartsWith(error.Message, "a.csv, line 3, column 'Ok': the value is missing, and a column of type Boolean has none that is.");
    }

    [TestMethod]
    public void Load_TypeOfNoColumn_NamesThose()
    {
        using var file = new TableFile("a.csv", "A,B\n1,2\n");

        var error = Assert.ThrowsExactly<ArgumentException>(() => file.Load(new() { Types = new Dictionary<string, DataKind> { ["C"] = DataKind.Single } }));

        StringAssert.StartsWith(error.Message, "Types names the column 'C', which a.csv does not have. Its columns are: 'A', 'B'.");
    }
}
