using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What columns are like in parts of the rows, beside all rows.</summary>
[TestClass]
public sealed class MergedFactsTests
{
    private static readonly MLContext Context = new(1);

    private static readonly Row[] Rows = [.. Enumerable.Range(0, 400).Select(i => new Row
    {
        Id = i * 7919L % 4_001,
        Twice = i < 399 ? i : 0,
        Count = (byte)(i % 30),
        Size = i % 50 * 0.5f,
        Price = i % 3 == 0 ? double.NaN : i,
        City = $"town {i % 6}",
        Text = $"note {i} of many words and of 漢字",
        Date = i % 9 == 0 ? "" : $"{1 + i % 28}.{1 + i % 12}.2024",
        Day = new DateTime(2024, 1, 1).AddDays(i),
        Words = ["a", "b"],
    })];

    [TestMethod]
    public void Columns_PartsInAnyOrder_AreThoseOfAllRows()
    {
        var all = ViewFacts.Of(View(Rows), [], ["Label"], CancellationToken.None);
        CollectionAssert.AreEqual(
            new[] { "Twice", "Count", "Size", "Price", "City", "Text", "Date", "Day", "Words" }, all.Columns.Select(one => one.Name).ToArray());

        Merges.Check(Rows.Length, (_, rows) => ViewFacts.Of(View(Rows[rows]), [], ["Label"], CancellationToken.None), Empty, merged =>
        {
            CollectionAssert.AreEqual(Merges.Bytes(all), Merges.Bytes(merged));
            CollectionAssert.AreEqual(Text(all), Text(merged));
        });
        Merges.RefusesDamage(all, Empty);
    }

    [TestMethod]
    public void Of_ViewOfSeveralCursors_IsAsByOne()
    {
        var view = new SplitView(View(Rows), View(Rows[250..]), View(Rows[..3]), View(Rows[3..250]));

        var facts = ViewFacts.Of(view, [], ["Label"], CancellationToken.None);

        CollectionAssert.AreEqual(Merges.Bytes(ViewFacts.Of(View(Rows), [], ["Label"], CancellationToken.None)), Merges.Bytes(facts));
        Assert.AreEqual(1, view.Splits);
    }

    [TestMethod]
    public void DistinctCount_MoreThanItCounts_IsTheSameInAnyOrder()
    {
        // All different but for one value that is there twice, far apart.
        ulong[] values = [.. Enumerable.Range(0, 20_000).Select(i => (ulong)i)];
        foreach (ulong twice in values.Take(30))
        {
            ulong[] rows = [.. values, twice];
            var all = Count(rows);
            Assert.AreEqual(1_000, all.Count);

            Merges.Check(rows.Length, (_, range) => Count(rows[range]), () => new DistinctCount(1_000), merged =>
            {
                CollectionAssert.AreEqual(Merges.Bytes(all), Merges.Bytes(merged));
                Assert.AreEqual(all.HasRepeats, merged.HasRepeats);
            });
        }
        Assert.IsFalse(Count(values).HasRepeats);
        Assert.IsTrue(Count([.. values, .. values]).HasRepeats);
        Merges.RefusesDamage(Count(values), () => new DistinctCount(1_000));
    }

    [TestMethod]
    public void DistinctCount_FewerThanItCounts_IsExact()
    {
        var count = Count([.. Enumerable.Range(0, 5_000).Select(i => (ulong)i % 700)]);

        Assert.AreEqual(700, count.Count);
        Assert.IsTrue(count.HasRepeats);
    }

    [TestMethod]
    public void Merge_OtherColumns_IsRefused() =>
        Merges.Refuses(Empty(), Merges.Bytes(ViewFacts.Of(View(Rows), [], [], CancellationToken.None)));

    private static ViewFacts Empty() => ViewFacts.Begin(View([]).Schema, [], ["Label"]);

    private static string[] Text(ViewFacts facts) =>
        [.. facts.Profiles.Values.Select(profile => $"{profile.Name} {profile.Describe(facts.Rows)} {profile.MeanCharacters} {profile.MeanWords}")];

    private static DistinctCount Count(ulong[] values)
    {
        var count = new DistinctCount(1_000);
        foreach (ulong value in values) count.Add(value);
        return count;
    }

    private static IDataView View(Row[] rows) => Context.Data.LoadFromEnumerable(rows);

    private sealed class Row
    {
        public bool Label { get; set; }
        public long Id { get; set; }
        public int Twice { get; set; }
        public byte Count { get; set; }
        public float Size { get; set; }
        public double Price { get; set; }
        public string City { get; set; } = "";
        public string Text { get; set; } = "";
        public string Date { get; set; } = "";
        public DateTime Day { get; set; }
        public string[] Words { get; set; } = [];
    }
}
