using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What is learned of dates in parts of the rows, beside all rows.</summary>
[TestClass]
public sealed class DateStatisticsTests
{
    [TestMethod]
    [DataRow("d.M.yyyy H:m", 40)]
    [DataRow("M/d/yyyy", 400)]
    [DataRow("H:m", 3)]
    public void Learn_TextsInParts_IsThatOfAllRows(string format, int daysBetween)
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => i % 7 == 3
            ? ""
            : new DateTime(2024, 1, 3).AddDays(i * daysBetween / 7.0).ToString(format, System.Globalization.CultureInfo.InvariantCulture))];
        var all = DatePartsTransformer.Fit(TextRow.View(texts), "Text").Shape;
        Assert.AreEqual(format, all.Format);

        Merges.Check(texts.Length, (_, rows) => Measure(TextRow.View(texts[rows]), "Text"), () => Empty(TextRow.View("")), merged =>
        {
            Assert.AreEqual(all.Format, merged.Learn().Format);
            CollectionAssert.AreEqual(all.Parts.ToArray(), merged.Learn().Parts.ToArray());
        });
        Merges.RefusesDamage(Measure(TextRow.View(texts), "Text"), () => Empty(TextRow.View("")));
    }

    [TestMethod]
    public void Learn_DatesInParts_IsThatOfAllRows()
    {
        var context = new MLContext(1);
        Row[] rows = [.. Enumerable.Range(0, 50).Select(i => new Row { Text = new DateTime(2024, 5, 1).AddHours(i) })];
        IDataView View(Row[] some) => context.Data.LoadFromEnumerable(some);

        Merges.Check(rows.Length, (_, range) => Measure(View(rows[range]), "Text"), () => Empty(View([])), merged =>
            CollectionAssert.AreEqual(new[] { DatePart.Day, DatePart.Weekday, DatePart.Hour }, merged.Learn().Parts.ToArray()));
        Merges.Refuses(Empty(View([])), Merges.Bytes(Measure(TextRow.View("2024-12-31"), "Text")));
    }

    [TestMethod]
    public void Learn_PartsOfDifferentFormats_SaysSo()
    {
        byte[][] parts = [.. new[] { "1/13/2024", "13/1/2024" }.Select(text => Merges.Bytes(Measure(TextRow.View(text), "Text")))];

        string message = Assert.ThrowsExactly<InvalidOperationException>(Merges.Merge(Empty(TextRow.View("")), parts).Learn).Message;

        StringAssert.StartsWith(message, "The date column 'Text' holds dates of different formats in different parts of the rows; all its texts must be dates");
    }

    [TestMethod]
    public void Learn_TextThatIsNoDate_IsNamedInAnyOrder()
    {
        byte[][] parts = [.. new[] { "2024-12-31|never", "2024-12-31", "soon|2024-12-31" }
            .Select(texts => Merges.Bytes(Measure(TextRow.View(texts.Split('|')), "Text")))];

        foreach (byte[][] order in new[] { parts, [.. parts.Reverse()] })
        {
            string message = Assert.ThrowsExactly<InvalidOperationException>(Merges.Merge(Empty(TextRow.View("")), order).Learn).Message;
            StringAssert.StartsWith(message, "The date column 'Text' holds 'never', which is no date of the format of the rows before");
        }
    }

    private static DateStatistics Empty(IDataView view) => new(view.Schema["Text"]);

    private static DateStatistics Measure(IDataView view, string name)
    {
        var column = view.Schema[name];
        var statistics = new DateStatistics(column);
        using var cursor = view.GetRowCursor([column]);
        var add = statistics.Open(cursor);
        while (cursor.MoveNext()) add();
        return statistics;
    }

    private sealed class Row
    {
        public DateTime Text { get; set; }
    }
}
