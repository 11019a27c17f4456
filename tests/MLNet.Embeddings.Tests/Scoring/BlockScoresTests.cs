using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Cursors score rows in blocks; what they give is compared with what the mapper of single rows gives.</summary>
[TestClass]
public sealed class BlockScoresTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly MultiEmbeddingTransformer _transformer = Networks.Transformer(Networks.OfEveryKind());

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(255)]
    [DataRow(257)]
    [DataRow(1000)]
    public void Cursor_AnyNumberOfRows_GivesWhatSingleRowsGive(int count) =>
        AssertAsRowByRow(_transformer, NetworkRow.View(NetworkRow.Random(count)), count);

    [TestMethod]
    [DataRow(1)]
    [DataRow(20)]
    [DataRow(67)]
    [DataRow(128)]
    public void Cursor_LongRaggedSequences_GivesTheSameBits(int units)
    {
        var random = new Random(units);
        uint[] Keys(int longest) => [.. Enumerable.Range(0, random.Next(3) == 0 ? 0 : random.Next(longest)).Select(_ => (uint)random.Next(6))];
        var rows = Enumerable.Range(0, 400).Select(_ => new NetworkRow { Gru = Keys(90), Mean = Keys(30), Max = Keys(200), Attention = Keys(150) }).ToArray();
        var network = Networks.Random(3, [units, 5],
            new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 9, SequenceEncoder.Gru(units)),
            new SequenceShape(nameof(NetworkRow.Mean), KeyCount: 5, Dimensions: units, SequenceEncoder.Mean()),
            new SequenceShape(nameof(NetworkRow.Max), KeyCount: 5, Dimensions: 2 * units, SequenceEncoder.Max()),
            new SequenceShape(nameof(NetworkRow.Attention), KeyCount: 5, Dimensions: units + 3, SequenceEncoder.Attention()));

        AssertAsRowByRow(Networks.Transformer(network), NetworkRow.View(rows), 400);
    }

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Cursor_AnyEncoder_GivesTheSameBits(SequenceEncoder encoder)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 300)
            .Select(i => new NetworkRow { Gru = [.. Enumerable.Range(0, i % 5 * random.Next(70)).Select(_ => (uint)random.Next(6))] });
        var network = Networks.Random(3, [5], new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 9, encoder));

        AssertAsRowByRow(Networks.Transformer(network), NetworkRow.View([.. rows]), 300);
    }

    [TestMethod]
    public void Cursor_WideLayers_GivesTheSameBits()
    {
        var network = Networks.Random(4, [500, 300], new SequenceShape(nameof(NetworkRow.Mean), KeyCount: 5, Dimensions: 70, SequenceEncoder.Mean()));

        AssertAsRowByRow(Networks.Transformer(network), NetworkRow.View(NetworkRow.Random(600)), 600);
    }

    [TestMethod]
    public void Cursor_NothingButEmptySequences_GivesWhatSingleRowsGive() =>
        AssertAsRowByRow(_transformer, NetworkRow.View([.. Enumerable.Range(0, 20).Select(_ => new NetworkRow())]), 20);

    [TestMethod]
    public void Cursor_TextsAndVectorsBesideScores_GivesThoseOfTheRow() => AssertAsRowByRow(_transformer, WithNotes(600), 600);

    [TestMethod]
    public void Cursor_StackedTransformers_GivesWhatSingleRowsGive() =>
        AssertAsRowByRow(Networks.Transformer(Networks.OfEveryKind(seed: 2)), _transformer.Transform(WithNotes(600)), 600);

    [TestMethod]
    [DataRow("Probability")]
    [DataRow("Note", "Score")]
    [DataRow("Gru", "PredictedLabel", "Score")]
    [DataRow("Note", "Numbers")]
    public void Cursor_SomeColumns_GivesThemAndNoOthers(params string[] names)
    {
        var view = _transformer.Transform(WithNotes(300));
        var all = _mlContext.Transforms.SelectColumns(names).Fit(view).Transform(view);
        var columns = names.Select(name => view.Schema[name]).ToArray();
        using var cursor = view.GetRowCursor(columns);

        CollectionAssert.AreEquivalent(names, view.Schema.Where(cursor.IsColumnActive).Select(column => column.Name).ToArray());
        CollectionAssert.AreEqual(Rows.Of(_mlContext.Data.Cache(all)), Rows.Of(all));
    }

    [TestMethod]
    public void CursorSet_InParallel_GivesEveryRowOnce()
    {
        var rows = _mlContext.Data.Cache(NetworkRow.View(NetworkRow.Random(3000)));
        var view = _transformer.Transform(rows);

        var cursors = view.GetRowCursorSet(view.Schema, 3);
        string[] given = [.. cursors.AsParallel().WithDegreeOfParallelism(3).SelectMany(Rows.ById)];

        CollectionAssert.AreEquivalent(Rows.OneByOne(_transformer, rows), given);
    }

    [TestMethod]
    public void Cursors_OfManyThreadsOnAFreshTransformer_GiveTheSameBits()
    {
        var network = Networks.Random(5, [], new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 40, SequenceEncoder.Gru(30)));
        string[] expected = Rows.OneByOne(Networks.Transformer(network), Data());
        var transformer = Networks.Transformer(network);

        string[][] given = new string[8][];
        Parallel.For(0, given.Length, i => given[i] = Rows.ById(Cursor(transformer.Transform(Data()))));

        foreach (string[] rows in given) CollectionAssert.AreEqual(expected, rows);

        static IDataView Data() => NetworkRow.View(NetworkRow.Random(500));
    }

    [TestMethod]
    public void Cursor_ShuffledByTheCaller_KeepsRowsTogether()
    {
        var rows = _mlContext.Data.Cache(NetworkRow.View(NetworkRow.Random(500)));
        var view = _transformer.Transform(rows);
        Assert.IsTrue(view.CanShuffle);

        string[] expected = Rows.OneByOne(_transformer, rows);
        string[] given = Rows.ById(view.GetRowCursor(view.Schema, new Random(5)));

        CollectionAssert.AreNotEqual(expected, given);
        CollectionAssert.AreEquivalent(expected, given);
    }

    [TestMethod]
    public void Cursor_SourceThatCanBeReadOnce_IsReadOnce()
    {
        var rows = new Queue<NetworkRow>(NetworkRow.Random(300));
        IEnumerable<NetworkRow> Once()
        {
            while (rows.TryDequeue(out var row)) yield return row;
        }

        float[] scores = Networks.Scores(_transformer.Transform(_mlContext.Data.LoadFromEnumerable(Once())));

        CollectionAssert.AreEqual(Networks.Scores(_transformer.Transform(NetworkRow.View(NetworkRow.Random(300)))), scores);
    }

    [TestMethod]
    public void Transforms_ThatSkipTakeAndFilter_GetTheirRows()
    {
        var rows = WithNotes(700);
        var view = _transformer.Transform(rows);
        string[] all = Rows.OneByOne(_transformer, rows);
        float[] probabilities = [.. view.GetColumn<float>("Probability")];
        float middle = probabilities.Order().ElementAt(350);

        CollectionAssert.AreEqual(all[300..], Rows.ById(Cursor(_mlContext.Data.SkipRows(view, 300))));
        CollectionAssert.AreEqual(all[..300], Rows.ById(Cursor(_mlContext.Data.TakeRows(view, 300))));
        CollectionAssert.AreEqual(
            all.Where((_, i) => probabilities[i] < middle).ToArray(),
            Rows.ById(Cursor(_mlContext.Data.FilterRowsByColumn(view, "Probability", 0, middle))));
    }

    [TestMethod]
    public void Cursor_KeyOutOfRange_ThrowsOnlyWhereThatRowsScoreIsAsked()
    {
        var network = Networks.Random(1, [], new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 3, Dimensions: 2, SequenceEncoder.Gru(2)));
        var rows = Enumerable.Range(0, 400).Select(i => new KeyRow<uint> { Keys = [i is 150 or 270 ? 4u : (uint)(i % 4)] }).ToArray();
        var view = Networks.Transformer(network).Transform(_mlContext.Data.LoadFromEnumerable(rows));
        using var cursor = Cursor(view);
        var score = cursor.GetGetter<float>(view.Schema["Score"]);
        var scores = new List<float>();

        while (cursor.MoveNext())
        {
            float given = 0;
            if (cursor.Position is 150 or 270)
            {
                StringAssert.StartsWith(
                    Assert.ThrowsExactly<InvalidOperationException>(() => score(ref given)).Message, $"Column 'Keys' holds key 4 in row {cursor.Position};");
                continue;
            }
            score(ref given);
            scores.Add(given);
        }

        var good = _mlContext.Data.LoadFromEnumerable(rows.Where(row => row.Keys[0] < 4).ToArray());
        CollectionAssert.AreEqual(Networks.Score(network, good), scores);
    }

    [TestMethod]
    [DataRow("Numbers", 50)]
    [DataRow("Score", 64)]
    public void Cursor_FewRowsTaken_ReadsAheadForScoresOnly(string column, int expected)
    {
        int reads = 0;
        IEnumerable<NetworkRow> Counted()
        {
            foreach (var row in NetworkRow.Random(200))
            {
                reads++;
                yield return row;
            }
        }
        var view = _transformer.Transform(_mlContext.Data.LoadFromEnumerable(Counted()));
        using var cursor = view.GetRowCursor([view.Schema[column]]);

        for (int i = 0; i < 50; i++) Assert.IsTrue(cursor.MoveNext());

        Assert.AreEqual(expected, reads);
    }

    [TestMethod]
    public void Cursor_OnlyScoresAsked_DoesNotReadOtherColumns()
    {
        int reads = 0;

        float[] scores = Networks.Scores(_transformer.Transform(WithNotes(300, () => Interlocked.Increment(ref reads))));

        Assert.HasCount(300, scores);
        Assert.AreEqual(0, reads);
    }

    [TestMethod]
    public void Cursor_ColumnOfATypeThatOwnsItsValues_GoesRowByRow()
    {
        int read = 0;
        IEnumerable<OwnedRow> Counted()
        {
            for (uint i = 0; i < 300; i++, read++) yield return new OwnedRow { Category = i % 4 - 1, Owned = new OwnedRow.Item(i) };
        }
        var network = Networks.Random(1, [3], new CategoryShape(nameof(OwnedRow.Category), KeyCount: 3, Dimensions: 2));
        var transformer = Networks.Transformer(network);
        var view = transformer.Transform(_mlContext.Data.LoadFromEnumerable(Counted()));
        float[] expected = Networks.Scores(view);
        read = 0;
        using var cursor = Cursor(view);
        var (score, owned) = (cursor.GetGetter<float>(view.Schema["Score"]), cursor.GetGetter<OwnedRow.Item>(view.Schema["Owned"]));

        for (int i = 0; i < 300; i++)
        {
            float value = 0;
            OwnedRow.Item item = null!;
            Assert.IsTrue(cursor.MoveNext());
            score(ref value);
            owned(ref item);
            Assert.AreEqual((expected[i], (uint)i, i), (value, item.Number, read));
        }
    }

    [TestMethod]
    public void Cursor_InTheSteadyState_AllocatesNothingPerRow()
    {
        var view = _transformer.Transform(_mlContext.Data.Cache(NetworkRow.View(NetworkRow.Random(5000))));
        Networks.Scores(view);

        // What threads cost is paid once for a block.
        Assert.IsLessThan(2000 / ReadAheadCursor.MaxRows * 20_000, Allocations.InThirdQuarter<float>(view, "Score"));
    }

    private static IEnumerable<SequenceEncoder[]> Encoders => [.. TorchCases.Encoders.Select(encoder => new[] { encoder })];

    private static void AssertAsRowByRow(MultiEmbeddingTransformer transformer, IDataView rows, int count)
    {
        string[] expected = Rows.OneByOne(transformer, rows);
        Assert.HasCount(count, expected);
        CollectionAssert.AreEqual(expected, Rows.ById(Cursor(transformer.Transform(rows))));
    }

    private static DataViewRowCursor Cursor(IDataView view) => view.GetRowCursor(view.Schema);

    /// <summary>Rows with a text and a vector of texts beside the network's columns.</summary>
    private IDataView WithNotes(int count, Action? read = null)
    {
        var mapping = _mlContext.Transforms.CustomMapping<Tagged, Noted>(
            (row, noted) =>
            {
                read?.Invoke();
                noted.Note = $"category {row.Category}";
                noted.Words = [.. Enumerable.Range(0, (int)row.Category + 1).Select(i => $"word {i}")];
            },
            contractName: null);
        var rows = NetworkRow.View(NetworkRow.Random(count));
        return mapping.Fit(rows).Transform(rows);
    }

    private sealed class Tagged
    {
        [KeyType(3)] public uint Category { get; set; }
    }

    private sealed class Noted
    {
        public string Note { get; set; } = "";
        public string[] Words { get; set; } = [];
    }
}
