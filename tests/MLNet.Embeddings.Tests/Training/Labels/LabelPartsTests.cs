using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What labels are like in parts of the rows, beside all rows.</summary>
[TestClass]
public sealed class LabelPartsTests
{
    private static readonly MLContext Context = new(1);

    private static readonly Row[] Rows = [.. Enumerable.Range(0, 300).Select(i => new Row
    {
        Answer = i % 3 == 0 ? "yes" : "no",
        Town = i < 290 ? $"town {i % 5}" : "rare",
        Amount = i == 7 ? double.NaN : 1e9 + 0.25 * ((i * 37) % 200),
        Tags = i % 4 == 0 ? [] : [$"tag {i % 3}", $"tag {i % 5}"],
    })];

    private static IEnumerable<LabelColumn[]> Labels =>
        [[LabelColumn.Binary("Answer")], [LabelColumn.Multiclass("Town")], [LabelColumn.Regression("Amount")], [LabelColumn.Set("Tags")]];

    [TestMethod]
    [DynamicData(nameof(Labels))]
    public void Learn_PartsInAnyOrder_IsThatOfAllRows(LabelColumn label)
    {
        // What is found before rows are read.
        var whole = Begin(label);
        LabelValuesPass.CollectPart([whole], View(Rows), CancellationToken.None);
        byte[] collected = Merges.Bytes(whole.Collected!);
        Merges.Check(Rows.Length, (_, range) => Collect(label, Rows[range]), () => Begin(label).Collected!, merged =>
            CollectionAssert.AreEqual(collected, Merges.Bytes(merged)));
        Merges.RefusesDamage(whole.Collected!, () => Begin(label).Collected!);
        whole.Decide();
        var statistics = Measure(whole, Rows);
        var expected = whole.Learn(statistics);

        Merges.Check(Rows.Length, (_, range) => Measure(Decided(label, collected), Rows[range]), () => Decided(label, collected).Source.Statistics(), merged =>
        {
            CollectionAssert.AreEqual(Merges.Bytes(statistics), Merges.Bytes(merged));
            Assert.AreEqual(Text(expected.Shape), Text(Decided(label, collected).Learn(merged).Shape));
        });
        Merges.RefusesDamage(statistics, () => Decided(label, collected).Source.Statistics());
    }

    [TestMethod]
    public void Decide_NumbersInParts_AreToldAsTheirDistanceFromTheLeast()
    {
        var label = LabelColumn.Regression("Amount");
        var reader = Decided(label, Merges.Bytes(Collect(label, Rows)));

        var moments = ((LabelMoments)Measure(reader, Rows)).Numbers;

        Assert.AreEqual(0, moments.Least);
        Assert.AreEqual(0.25 * 199, moments.Most);
        double[] amounts = [.. Rows.Select(row => row.Amount).Where(double.IsFinite)];
        Assert.AreEqual(amounts.Average(), ((RegressionLabelShape)reader.Learn(Measure(reader, Rows)).Shape).Mean, 1e-6);
    }

    [TestMethod]
    public void Learn_SetsThatAreEmptyInAllParts_SaysSo()
    {
        var label = LabelColumn.Set("Tags");
        Row[] rows = [.. Rows.Where(row => row.Tags.Length == 0)];
        var reader = Decided(label, Merges.Bytes(Collect(label, Rows)));

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => reader.Learn(Measure(reader, rows)));

        StringAssert.StartsWith(error.Message, "The sets of the label column 'Tags' are empty in all rows");
    }

    private static string Text(LabelShape shape) =>
        $"{shape} {string.Join(' ', (shape as BinaryLabelShape)?.Classes?.Texts ?? (shape as ClassesLabelShape)?.Classes?.Texts ?? [])}";

    private static LabelReader Begin(LabelColumn label) => LabelTask.Of(label).Begin(View([]).Schema[label.Name], null);

    private static IMergeable Collect(LabelColumn label, Row[] rows)
    {
        var reader = Begin(label);
        LabelValuesPass.CollectPart([reader], View(rows), CancellationToken.None);
        return reader.Collected!;
    }

    private static LabelReader Decided(LabelColumn label, byte[] collected)
    {
        var reader = Begin(label);
        Merges.Merge(reader.Collected!, collected);
        reader.Decide();
        return reader;
    }

    private static LabelStatistics Measure(LabelReader reader, Row[] rows)
    {
        var view = View(rows);
        using var cursor = view.GetRowCursor(view.Schema);
        var value = reader.Open(cursor, view.Schema[reader.Name]);
        List<float> labels = [];
        while (cursor.MoveNext()) labels.Add(value());
        return reader.Source.Measure([.. labels]);
    }

    private static IDataView View(Row[] rows) => Context.Data.LoadFromEnumerable(rows);

    private sealed class Row
    {
        public string Answer { get; set; } = "";
        public string Town { get; set; } = "";
        public double Amount { get; set; }
        public string[] Tags { get; set; } = [];
    }
}
