using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>What is measured of parts of rows, beside what one pass measures of all.</summary>
[TestClass]
public sealed class RowMeasuresTests
{
    private static readonly MLContext Context = new(1);

    private static IEnumerable<NumberEncoder[]> Encoders =>
    [
        [NumberEncoder.Standard()], [NumberEncoder.Quantile()], [NumberEncoder.PiecewiseLinear()], [NumberEncoder.Periodic()],
        [NumberEncoder.PiecewiseLinear(binning: NumberBinning.Label)],
    ];

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Merge_Parts_AreAsOnePassOverAllRows(NumberEncoder encoder)
    {
        var rows = Rows(600);
        var reader = Reader(encoder);
        var all = Measure(reader, rows, part: 0);

        Merges.Check(rows.Length, (part, range) => Measure(reader, rows[range], part), () => Empty(reader), merged =>
        {
            Assert.AreEqual(600 - rows.Count(row => double.IsNaN(row.Amount)), merged.Count);
            Assert.AreEqual(rows.Count(row => double.IsNaN(row.Amount)), merged.Skipped);
            Assert.AreEqual(all.MeanWeight, merged.MeanWeight);
            Assert.AreEqual(3, ((NumberData)merged.Columns[2]).Size);
            CollectionAssert.AreEqual(Text(all), Text(merged));
            Assert.IsNotNull(merged.KeyCounts[3]);
        });
        Merges.RefusesDamage(all, () => Empty(reader));
    }

    [TestMethod]
    public void Merge_ManyRowsOfDoubles_HasTheExactMeansAndDeviations()
    {
        var random = new Random(1);
        double[] numbers = [.. Enumerable.Range(0, 20_000).Select(_ => 1e9 + random.NextDouble())];
        var data = new NumberData<double>(numbers, 1);
        DeviationStatistics Measure(int[] rows)
        {
            var statistics = new DeviationStatistics(1);
            statistics.Add(data, [], rows);
            return statistics;
        }
        var all = Measure([.. Enumerable.Range(0, numbers.Length)]).ToScale();

        Merges.Check(numbers.Length, (_, rows) => Measure(Enumerable.Range(0, numbers.Length).ToArray()[rows]), () => new DeviationStatistics(1), merged =>
        {
            Assert.AreEqual(all.Mean[0], merged.ToScale().Mean[0]);
            Assert.AreEqual(all.Deviation[0], merged.ToScale().Deviation[0]);
        });
        decimal mean = numbers.Sum(number => (decimal)number) / numbers.Length;
        Assert.AreEqual((double)mean, all.Mean[0], 1e-6);
        Assert.AreEqual(Math.Sqrt(numbers.Average(number => Math.Pow((double)((decimal)number - mean), 2))), all.Deviation[0], 1e-6);
    }

    [TestMethod]
    public void Merge_MoreRowsThanTheSample_IsTheSameInAnyOrder()
    {
        var random = new Random(2);
        float[] numbers = [.. Enumerable.Range(0, 150_000).Select(_ => random.NextSingle())], labels = [.. numbers.Select(number => number > 0.3f ? 1f : 0)];
        var data = new NumberData<float>(numbers, 1, NumberEncoder.PiecewiseLinear(8, binning: NumberBinning.Label));
        NumberStatistics Make(int part) => NumberStatistics.For(data, [true], part)!;

        Merges.Check(numbers.Length, (part, rows) =>
        {
            var statistics = Make(part);
            statistics.Add(data, [new LabelValues(labels, true)], Enumerable.Range(0, numbers.Length).ToArray()[rows]);
            return statistics;
        }, () => Make(0), merged => Assert.IsTrue(merged.ToScale().Arrays.First().Values.Any(edge => Math.Abs(edge - 0.3f) < 1e-3)));
    }

    [TestMethod]
    public void Merge_APartTwice_IsRefused()
    {
        var reader = Reader(NumberEncoder.Standard());
        byte[] part = Merges.Bytes(Measure(reader, Rows(20), part: 4));
        var measures = Merges.Merge(Empty(reader), part);

        Merges.Refuses(measures, part);
    }

    [TestMethod]
    public void Merge_OtherLengthsOfVectors_NamesTheColumn()
    {
        var reader = Reader(NumberEncoder.Standard());
        Row[] other = Rows(20);
        foreach (var row in other) row.Vector = [1, 2];
        var measures = Merges.Merge(Empty(reader), Merges.Bytes(Measure(reader, Rows(20), part: 1)));
        using var bytes = new BinaryReader(new MemoryStream(Merges.Bytes(Measure(reader, other, part: 2))));

        StringAssert.StartsWith(Assert.ThrowsExactly<FormatException>(() => measures.Merge(bytes)).Message,
            "Column 'Vector' holds 2 numbers in the rows of one part and 3 in those of others");
    }

    [TestMethod]
    public void Merge_NoRows_SaysSoAsOnePass()
    {
        var reader = Reader(NumberEncoder.Standard());
        var measures = Merges.Merge(Empty(reader), [Merges.Bytes(Measure(reader, [], 0)), Merges.Bytes(Measure(reader, [new() { Amount = double.NaN }], 1))]);

        Assert.AreEqual(reader.NoRows(1).Message, Assert.ThrowsExactly<InvalidOperationException>(measures.RequireRows).Message);
    }

    [TestMethod]
    public void Write_BinsByALabelOfSets_SaysThatTheyCannotBeMerged()
    {
        var labels = LabelTask.Of(LabelColumn.Set("Tags")).Begin(View([])!.Schema["Tags"], null);
        LabelValuesPass.Run([labels], View(Rows(5)), CancellationToken.None);
        var number = InputColumn.Number("Number", NumberEncoder.PiecewiseLinear(binning: NumberBinning.Label));
        var measures = Measure(new TrainingTableReader([number], [labels.Source], null), Rows(5), part: 0);

        string message = Assert.ThrowsExactly<NotSupportedException>(() => Merges.Bytes(measures)).Message;

        Assert.AreEqual(
            "The bins of column 'Number' cannot go by the label 'Tags', which is a set, where rows are read in parts: each part numbers its sets by " +
            "itself. Use NumberBinning.Quantiles for the column, or train in one process.", message);
    }

    private static string[] Text(RowMeasures measures) =>
    [
        .. measures.Scales.Select(scale => string.Join(' ', scale?.Arrays.SelectMany(array => array.Values).Select(BitConverter.SingleToUInt32Bits) ?? [])),
        .. measures.Tallies.Select(tally => Text(tally.ToStatistics("C"))),
        .. measures.KeyCounts.Select(counts => string.Join(' ', counts ?? [])),
        .. measures.Labels.Select(label => Convert.ToHexString(Merges.Bytes(label))),
    ];

    private static string Text(ColumnStatistics column) => string.Join(' ',
        [column.Missing, column.Unknown, column.Least, column.Most, .. column.Bins, .. column.BinShares, .. column.Keys, .. column.KeyShares]);

    private static RowMeasures Measure(TrainingTableReader reader, Row[] rows, int part)
    {
        RowMeasures? measures = null;
        foreach (var table in reader.Read(View(rows), rowsPerTable: 70, null, null, CancellationToken.None))
        {
            measures ??= new RowMeasures(reader, table.Columns, part);
            measures.Add(table);
        }
        return measures!;
    }

    private static RowMeasures Empty(TrainingTableReader reader) =>
        new(reader, reader.Read(View([]), 1, null, null, CancellationToken.None).Single().Columns);

    private static TrainingTableReader Reader(NumberEncoder encoder)
    {
        var schema = View([]).Schema;
        LabelReader[] labels =
        [
            LabelTask.Of(LabelColumn.Regression("Amount")).Begin(schema["Amount"], null),
            LabelTask.Of(LabelColumn.Multiclass("Class")).Begin(schema["Class"], null),
        ];
        LabelValuesPass.CollectPart(labels, View(Rows(600)), CancellationToken.None);
        foreach (var label in labels) label.Decide();
        return new([InputColumn.Number("Number", encoder), InputColumn.Sequence("Words"), InputColumn.Number("Vector", encoder), InputColumn.Category("Key")],
            [.. labels.Select(label => label.Source)], "Weight");
    }

    private static Row[] Rows(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => new Row
        {
            Number = i % 9 == 0 ? double.NaN : 1e8 + random.NextDouble(),
            Vector = [random.NextSingle(), float.NaN, i],
            Words = [.. Enumerable.Range(0, random.Next(6)).Select(_ => (uint)random.Next(31))],
            City = $"city {random.Next(i < 50 ? 4 : 7)}",
            Amount = i % 50 == 3 ? double.NaN : 5e9 + random.Next(1_000),
            Class = i % 50 == 3 ? "" : $"{random.Next(4)}",
            Weight = random.NextDouble() * 3,
            Tags = [$"{random.Next(3)}"],
        })];
    }

    private static IDataView View(Row[] rows) => Keys.Value.Transform(Context.Data.LoadFromEnumerable(rows));

    /// <summary>Keys of cities, of which some are unknown.</summary>
    private static readonly Lazy<ITransformer> Keys = new(() => Context.Transforms.Categorical.IndexCategories("Key", "City").Fit(
        Context.Data.LoadFromEnumerable(Rows(50))));

    private sealed class Row
    {
        public double Number { get; set; }
        public float[] Vector { get; set; } = [0, 0, 0];
        [KeyType(30)] public uint[] Words { get; set; } = [];
        public string City { get; set; } = "";
        public double Amount { get; set; }
        public string Class { get; set; } = "";
        public double Weight { get; set; }
        public string[] Tags { get; set; } = [];
    }
}
