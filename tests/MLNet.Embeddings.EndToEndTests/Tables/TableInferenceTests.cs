using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests.Tables;

/// <summary>Tests what is found in a file of which nothing is said.</summary>
[TestClass]
public sealed class TableInferenceTests
{
    [TestMethod]
    [DataRow("1\n2\n3", DataKind.Single, DisplayName = "whole numbers")]
    [DataRow("1.5\n-2\n3e4", DataKind.Single, DisplayName = "numbers")]
    [DataRow("1.5\nNA\n?\nn/a\nNaN\nnull\n-\n\"\"", DataKind.Single, DisplayName = "missing numbers")]
    [DataRow("40.7488171\n1", DataKind.Double, DisplayName = "more digits than Single has")]
    [DataRow("16777217\n1", DataKind.Double, DisplayName = "a whole number that Single has not")]
    [DataRow("1e300\n2", DataKind.Double, DisplayName = "larger than Single")]
    [DataRow("9007199254740993\n1", DataKind.Int64, DisplayName = "a whole number that Double has not")]
    [DataRow("9007199254740993\nNA", DataKind.String, DisplayName = "and one missing")]
    [DataRow("02134\n10001", DataKind.String, DisplayName = "zip codes")]
    [DataRow("0\n0.5", DataKind.Single, DisplayName = "zeros")]
    [DataRow("Infinity\n1", DataKind.String, DisplayName = "infinite")]
    [DataRow("1\nabc", DataKind.String, DisplayName = "mixed")]
    [DataRow("True\nfalse", DataKind.Boolean, DisplayName = "Booleans")]
    [DataRow("True\nfalse\nNA", DataKind.String, DisplayName = "Booleans, one missing")]
    [DataRow("yes\nno", DataKind.String, DisplayName = "yes and no")]
    [DataRow("2026-02-28\n2025-12-01", DataKind.DateTime, DisplayName = "dates")]
    [DataRow("2026-02-28T09:30:00Z\n2025-12-01 10:00", DataKind.DateTime, DisplayName = "dates with times")]
    [DataRow("2026-02-30\n2025-12-01", DataKind.String, DisplayName = "no date")]
    [DataRow("NA\n?", DataKind.String, DisplayName = "nothing known")]
    public void Type_ByValues_HoldsThemAll(string values, DataKind expected)
    {
        using var file = new TableFile("values.csv", $"X,Y\n{string.Join('\n', values.Split('\n').Select(value => $"{value},a"))}\n");

        Assert.AreEqual(expected, file.Describe().Columns[0].Type);
    }

    [TestMethod]
    public void Type_OfNumbersDifferentInAllRows_IsThatOfIds()
    {
        var rows = Enumerable.Range(0, 30).Select(i => $"{i + 1},{29 - i},{5_000_000 + i * 7919 % 1000},{1960 + i},{30_000_000 + i * 7919 % 1000},{i / 2}");
        using var file = new TableFile("ids.csv", $"Up,Down,CustomerId,Year,People,Pairs\n{string.Join('\n', rows)}\n");

        CollectionAssert.AreEqual(
            new[] { "Up Int64", "Down Int64", "CustomerId Int64", "Year Single", "People Double", "Pairs Single" }, file.Types());
    }

    [TestMethod]
    [DataRow("a.csv", "A,B\n1,x;y\n2,z;w\n", ',')]
    [DataRow("a.csv", "A;B\n1,5;x\n2,5;y\n", ';')]
    [DataRow("a.txt", "A\tB\n1\tx,y\n2\tz\n", '\t')]
    [DataRow("a.csv", "A|B|C\n1|x|2\n2|y|3\n", '|')]
    [DataRow("a.csv", "Text,Label\n\"one; two\",x\n\"three; four\",y\n", ',')]
    [DataRow("a.csv", "One\n1\n2\n", ',')]
    public void Separator_ByRows_CutsThemIntoTheSameFields(string name, string text, char expected)
    {
        using var file = new TableFile(name, text);

        Assert.AreEqual(expected, file.Describe().Options.Separator);
    }

    [TestMethod]
    [DataRow("Age,City\n1,Oslo\n", true)]
    [DataRow("1,Oslo\n2,Rome\n", false)]
    [DataRow("Text,Label\nI like it,good\nNever again,bad\n", true, DisplayName = "names above texts")]
    [DataRow("I like it,good\nNever again,bad\nFine,good\n", false, DisplayName = "the first label comes again")]
    [DataRow(",Age\n0,33\n1,44\n", true, DisplayName = "an index without a name")]
    [DataRow("City,Age,,\nOslo,1,,\n", true, DisplayName = "columns behind the last, of a spreadsheet")]
    [DataRow("#,Name\n1,Bulbasaur\n", true, DisplayName = "a sign for numbers")]
    [DataRow("a,a\nb,c\n", false, DisplayName = "one name twice")]
    [DataRow("2026-01-01,x\n2026-01-02,y\n", false, DisplayName = "a date")]
    public void Header_ByFirstRow_IsFound(string text, bool expected)
    {
        using var file = new TableFile("a.csv", text);

        var description = file.Describe();

        Assert.AreEqual(expected, description.Options.HasHeader);
        Assert.AreEqual(text.Split('\n').Length - (expected ? 2 : 1), description.Rows);
        if (!expected) Assert.AreEqual("Column1 Column2", string.Join(' ', description.Columns.Select(column => column.Name)));
    }

    [TestMethod]
    [DataRow("Text,2020\ngood,x\nbad,y\n", 2, DisplayName = "a name that looks like a value")]
    [DataRow("3,Text\n4,y\n", 2, DisplayName = "a value that is the name of another column")]
    public void Header_OfRowsToScore_IsThatOfTheSchema(string text, int rows)
    {
        using var file = new TableFile("a.csv", text);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Text", TextDataViewType.Instance);
        schema.AddColumn("2020", TextDataViewType.Instance);

        var view = file.Load(new() { Schema = schema.ToSchema() });

        Assert.HasCount(rows, TableFile.Texts(view, view.Schema[0].Name));
    }

    [TestMethod]
    public void Quotes_ThatStandForThemselves_AreFoundAlsoWhereTypesAreGiven()
    {
        string rows = string.Concat(Enumerable.Range(0, 300).Select(i => $"{(i == 290 ? "\"open" : "text")}\t{i}\n"));
        using var file = new TableFile("a.tsv", $"Text\tNumber\n{rows}");

        var view = file.Load(new() { Schema = file.Load().Schema });

        Assert.HasCount(300, TableFile.Texts(view, "Text"));
        Assert.AreEqual("\"open", TableFile.Texts(view, "Text")[290]);
    }

    [TestMethod]
    [DataRow("A;B\n1,5;x\n2,25;y\n", ',', "1.5 2.25", DisplayName = "semicolons and commas")]
    [DataRow("A;B\n1.5;x\n2.25;y\n", '.', "1.5 2.25", DisplayName = "semicolons and points")]
    [DataRow("A;B;C\n1,5;x;2.5\n2,25;y;3\n", '.', "1,5 2,25", DisplayName = "both: the commas are text")]
    [DataRow("A\tB\n1,500\tx\n2,250\ty\n", '.', "1,500 2,250", DisplayName = "tabs: may be thousands")]
    public void DecimalSeparator_ByNumbers_IsFound(string text, char expected, string values)
    {
        using var file = new TableFile("a.csv", text);

        Assert.AreEqual(expected, file.Describe().Options.DecimalSeparator);
        Assert.AreEqual(values, string.Join(' ', TableFile.Texts(file.Load(), "A")));
    }

    [TestMethod]
    public void Quotes_ThatStandForThemselves_AreKept()
    {
        using var file = new TableFile("a.tsv", "Text\tLabel\nplain\t1\n\"Hello\" he said\t2\n\"never closed\t3\n");

        Assert.IsFalse(file.Describe().Options.Quoted);
        CollectionAssert.AreEqual(new[] { "plain", "\"Hello\" he said", "\"never closed" }, TableFile.Texts(file.Load(), "Text"));
    }

    [TestMethod]
    public void Quotes_WithinAField_AreItsOwn()
    {
        using var file = new TableFile("a.csv", "Text,Label\n5\" disk,1\n\"say \"\"hi\"\", twice\",2\n\"two\n\nlines\",3\n");

        CollectionAssert.AreEqual(new[] { "5\" disk", "say \"hi\", twice", "two\n\nlines" }, TableFile.Texts(file.Load(), "Text"));
        CollectionAssert.AreEqual(new[] { "1", "2", "3" }, TableFile.Texts(file.Load(), "Label"));
    }

    [TestMethod]
    public void Types_OfFirstRows_AreThoseAskedFor()
    {
        using var file = new TableFile("a.csv", "A,B\n1,x\n2,y\nabc,z\n");

        CollectionAssert.AreEqual(new[] { "A Single", "B String" }, file.Types(new() { RowsToInfer = 2 }));
        CollectionAssert.AreEqual(new[] { "A String", "B String" }, file.Types());
    }

    [TestMethod]
    public void Describe_Columns_TellsOfTheirValues()
    {
        using var file = new TableFile("a.csv", "Born,City,Age\n28.2.2020,Oslo,1\n1.12.2021,?,?\n3.4.2019,Oslo,\n4.4.2019,,4\n");

        var columns = file.Describe().Columns;

        Assert.AreEqual("d.M.yyyy", columns[0].DateFormat);
        Assert.AreEqual((0.25, 2, "Oslo ?"), (columns[1].Missing, columns[1].Distinct, string.Join(' ', columns[1].Examples)), "a ? is a text among texts");
        Assert.AreEqual((0.5, 2, "1 4"), (columns[2].Missing, columns[2].Distinct, string.Join(' ', columns[2].Examples)), "and missing among numbers");
    }

    [TestMethod]
    public void Describe_Options_ReadTheFileInTheSameWay()
    {
        using var file = new TableFile("a.csv", "x;1,5\ny;2,5\n");

        var options = file.Describe().Options;
        var view = file.Load(options);

        Assert.AreEqual((';', false, ',', 2), (options.Separator, options.HasHeader, options.DecimalSeparator, options.Types.Count));
        CollectionAssert.AreEqual(new[] { "1.5", "2.5" }, TableFile.Texts(view, "Column2"));
    }
}
