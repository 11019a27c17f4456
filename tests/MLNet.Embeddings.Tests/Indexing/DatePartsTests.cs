using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Dates of every type: their format, their time and the keys of their parts, worked out by hand.</summary>
[TestClass]
public sealed class DatePartsTests
{
    /// <summary>A Thursday in a leap year, 8,825 days after 1 January 2000, and a Sunday, 8,765 days after it.</summary>
    private static readonly DateTime Thursday = new(2024, 2, 29, 13, 45, 0), Sunday = new(2023, 12, 31);

    [TestMethod]
    [DataRow("yyyy-M-d", "2024-12-31||2024-1-5")]
    [DataRow("M/d/yyyy", "12/31/2024|3/4/2020")]
    [DataRow("d/M/yyyy", "31/12/2024|3/4/2020")]
    [DataRow("M/d/yyyy", "3/4/2020")]
    [DataRow("d.M.yyyy H:m", "31.12.2024 23:59|1.1.2024 0:00")]
    [DataRow("yyyy-M-d'T'H:m:sK", "2024-12-31T23:59:30Z")]
    [DataRow("yyyyMMdd", "20241231")]
    [DataRow("d-MMM-yyyy", "31-Dec-2024")]
    [DataRow("MMMM d, yyyy", "December 31, 2024")]
    [DataRow("M/d/yy", " 12/31/24 ")]
    [DataRow("H:m", "23:59")]
    [DataRow("h:m tt", "11:59 PM")]
    [DataRow(null, "2024-12-31|31.12.2024")]
    [DataRow(null, "2024-13-31")]
    [DataRow(null, "soon")]
    [DataRow(null, "| ")]
    public void Format_Texts_IsTheOneThatAllHave(string? expected, string texts)
    {
        var finder = new DateFormatFinder();

        foreach (string text in texts.Split('|')) finder.Add(text);

        Assert.AreEqual(expected, finder.Format);
    }

    [TestMethod]
    public void Transform_Dates_GivesDaysAndKeysOfTheParts()
    {
        var view = View(Thursday, Sunday, default);
        var step = DatePartsTransformer.Fit(view, "Date");

        CollectionAssert.AreEqual(new[] { DatePart.Month, DatePart.Day, DatePart.Weekday, DatePart.Hour }, step.Shape.Parts.ToArray());
        var dates = step.Transform(view);
        double[] days = [.. dates.GetColumn<double>("Date/time")];
        Assert.AreEqual(8825 + 13.75 / 24, days[0], 1e-9);
        Assert.AreEqual(8765, days[1]);
        Assert.IsTrue(double.IsNaN(days[2]), "the default of a date type is missing");
        CollectionAssert.AreEqual(new uint[] { 2, 12, 0 }, Keys(dates, "Date/month"));
        CollectionAssert.AreEqual(new uint[] { 29, 31, 0 }, Keys(dates, "Date/day"));
        CollectionAssert.AreEqual(new uint[] { 4, 7, 0 }, Keys(dates, "Date/weekday"));
        CollectionAssert.AreEqual(new uint[] { 14, 1, 0 }, Keys(dates, "Date/hour"));
    }

    [TestMethod]
    public void Fit_PartThatIsTheSameInAllRows_IsLeftOut()
    {
        var step = DatePartsTransformer.Fit(View(Sunday, Sunday.AddYears(-1)), "Date");

        CollectionAssert.AreEqual(new[] { DatePart.Weekday }, step.Shape.Parts.ToArray());
    }

    [TestMethod]
    public void Transform_DateWithOffset_IsTheClockOfItsPlace()
    {
        var view = View(new DateTimeOffset(Thursday, TimeSpan.FromHours(5)), new DateTimeOffset(Sunday, TimeSpan.FromHours(-9)));

        var dates = DatePartsTransformer.Fit(view, "Date").Transform(view);

        CollectionAssert.AreEqual(new uint[] { 14, 1 }, Keys(dates, "Date/hour"));
        CollectionAssert.AreEqual(new uint[] { 29, 31 }, Keys(dates, "Date/day"));
    }

    [TestMethod]
    public void Transform_Spans_GivesHoursWithTheirSign()
    {
        var view = View(TimeSpan.FromHours(25.5), TimeSpan.FromHours(-2.25), TimeSpan.MaxValue);
        var step = DatePartsTransformer.Fit(view, "Date");

        var spans = step.Transform(view);

        CollectionAssert.AreEqual(new[] { DatePart.Hour }, step.Shape.Parts.ToArray());
        CollectionAssert.AreEqual(new[] { 25.5, -2.25, TimeSpan.MaxValue.TotalHours }, spans.GetColumn<double>("Date/time").ToArray());
        CollectionAssert.AreEqual(new uint[] { 2, 22 }, Keys(spans, "Date/hour")[..2]);
    }

    [TestMethod]
    public void Transform_StepOfAnEarlierFile_HasTimesOfSinglePrecision()
    {
        var step = DatePartsTransformer.Fit(View(Thursday, Sunday), "Date");
        var earlier = new DatePartsTransformer(step.Shape with { IsDouble = false });

        double[] Days(DatePartsTransformer from) => [.. from.Transform(View(Thursday)).GetColumn<double>("Date/time")];

        Assert.AreEqual((float)(8825 + 13.75 / 24), Days(earlier)[0]);
        Assert.AreEqual(8825 + 13.75 / 24, Days(step)[0], 1e-9);
    }

    [TestMethod]
    public void Transform_FirstAndLastDates_HaveTheirParts()
    {
        DateTime first = new(1), last = DateTime.MaxValue;
        var dates = DatePartsTransformer.Fit(View(first, last), "Date").Transform(View(first, last));

        // 730,119 days before the year 2000, 2,921,940 days from there to the year 10000.
        double[] days = [.. dates.GetColumn<double>("Date/time")];
        Assert.AreEqual(-730_119, days[0], 1e-6);
        Assert.AreEqual(2_921_940, days[1], 1e-6);
        CollectionAssert.AreEqual(new uint[] { 1, 12 }, Keys(dates, "Date/month"));
        CollectionAssert.AreEqual(new uint[] { 1, 24 }, Keys(dates, "Date/hour"));
    }

    [TestMethod]
    public void Transform_Texts_AreReadByTheFormatAndElseMissing()
    {
        var view = TextRow.View("29.2.2024 13:45", "", "31.12.2023 0:00");
        var step = DatePartsTransformer.Fit(view, "Text");

        var dates = step.Transform(TextRow.View("29.2.2024 13:45", "", "2023-12-31"));

        double[] days = [.. dates.GetColumn<double>("Text/time")];
        Assert.AreEqual(8825 + 13.75 / 24, days[0], 1e-9);
        Assert.IsTrue(double.IsNaN(days[1]) && double.IsNaN(days[2]));
        CollectionAssert.AreEqual(new uint[] { 4, 0, 0 }, Keys(dates, "Text/weekday"));
    }

    [TestMethod]
    public void Transform_TimesOfTheDay_AreHours()
    {
        var view = TextRow.View("6:30", "18:00");
        var step = DatePartsTransformer.Fit(view, "Text");

        CollectionAssert.AreEqual(new[] { DatePart.Hour }, step.Shape.Parts.ToArray());
        CollectionAssert.AreEqual(new[] { 6.5, 18 }, step.Transform(view).GetColumn<double>("Text/time").ToArray());
    }

    [TestMethod]
    public void Fit_TextThatIsNoDate_NamesItAndTheCures()
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            DatePartsTransformer.Fit(TextRow.View("2024-12-31", "soon", "never"), "Text")).Message;

        Assert.AreEqual(
            "The date column 'Text' holds 'soon', which is no date of the format of the rows before; all its texts must be dates of one format, such as " +
            "2024-12-31 or 2024-12-31 23:59. Convert it to DateTime before the trainer, or read it with InputColumn.Category(\"Text\") or " +
            "InputColumn.Text(\"Text\").", message);
    }

    [TestMethod]
    public void Transform_DatesOfAnotherType_AreRefused()
    {
        var text = DatePartsTransformer.Fit(TextRow.View("2024-12-31"), "Text");
        var date = DatePartsTransformer.Fit(View(Sunday), "Date");
        var span = DatePartsTransformer.Fit(View(TimeSpan.Zero), "Date");

        Refused(date, View(TimeSpan.Zero), "expected DateTime or DateTimeOffset, got TimeSpan");
        Refused(span, View(Sunday), "expected TimeSpan, got DateTime");
        Refused(date, View("2024-12-31"), "expected DateTime or DateTimeOffset, got String");
        Refused(text, new MLContext().Transforms.CopyColumns("Text", "Date").Fit(View(Sunday)).Transform(View(Sunday)), "expected Text, got DateTime");
        date.Transform(View(new DateTimeOffset(Sunday, TimeSpan.Zero)));

        static void Refused(DatePartsTransformer step, IDataView view, string part)
        {
            string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => step.Transform(view)).Message;
            StringAssert.StartsWith(message, "Schema mismatch for date column '" + step.Shape.InputColumnName + "': " + part);
            StringAssert.Contains(message, "Give it in the type that it had in training.");
        }
    }

    private static uint[] Keys(IDataView view, string column) => [.. view.GetColumn<uint>(column)];

    private static IDataView View<T>(params T[] dates) =>
        new MLContext().Data.LoadFromEnumerable(dates.Select(date => new Row<T> { Date = date }));

    private sealed class Row<T>
    {
        public T Date { get; set; } = default!;
    }
}
