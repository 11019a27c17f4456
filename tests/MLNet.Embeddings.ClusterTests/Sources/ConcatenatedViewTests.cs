using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ConcatenatedViewTests
{
    private sealed class Row
    {
        public int Id { get; set; }

        public string Note { get; set; } = "";
    }

    private sealed class ShortRow
    {
        public int Id { get; set; }
    }

    private sealed class LongRow
    {
        public long Id { get; set; }

        public string Note { get; set; } = "";
    }

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void Cursor_OverParts_GivesTheirRowsInOrder()
    {
        var view = View(("a", Part(0, 2)), ("b", Part(2, 0)), ("c", Part(2, 3)), ("d", Part(5, 0)));

        using var cursor = view.GetRowCursor([view.Schema["Note"], view.Schema["Id"]]);
        // Taken before the first row, as trainers do, and valid for all parts.
        var id = cursor.GetGetter<int>(view.Schema["Id"]);
        var ids = cursor.GetIdGetter();
        Assert.AreEqual(-1, cursor.Position);
        List<(long, int, string, DataViewRowId)> rows = [];
        ValueGetter<ReadOnlyMemory<char>>? note = null;
        while (cursor.MoveNext())
        {
            note ??= cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Note"]); // and taken at a row
            (int number, ReadOnlyMemory<char> text, DataViewRowId rowId) = (0, default, default);
            id(ref number);
            note(ref text);
            ids(ref rowId);
            rows.Add((cursor.Position, number, text.ToString(), rowId));
        }

        CollectionAssert.AreEqual(Enumerable.Range(0, 5).Select(i => ((long)i, i, $"note {i}", new DataViewRowId((ulong)i, 0))).ToArray(), rows);
        Assert.AreEqual(-1, cursor.Position);
        Assert.IsFalse(cursor.MoveNext(), "the end stays the end");
        Assert.AreEqual(5, view.GetRowCount());
        Assert.IsFalse(view.CanShuffle);
    }

    [TestMethod]
    public void Cursor_OfSomeColumns_HasThese()
    {
        var view = View(("a", Part(0, 2)), ("b", Part(2, 1)));

        using var cursor = view.GetRowCursor([view.Schema["Id"]]);
        cursor.MoveNext();

        Assert.IsTrue(cursor.IsColumnActive(view.Schema["Id"]));
        Assert.IsFalse(cursor.IsColumnActive(view.Schema["Note"]));
        Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<long>(view.Schema["Id"]));
        Assert.Throws<Exception>(() => cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Note"]));
    }

    [TestMethod]
    public void Getter_BeforeTheFirstRow_Throws()
    {
        var view = View(("a", Part(0, 2)));
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<int>(view.Schema["Id"]);
        int value = 0;

        Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref value));
    }

    [TestMethod]
    public void Cursors_OfOneView_AreApart()
    {
        var view = View(("a", Part(0, 3)), ("b", Part(3, 3)));

        int[][] read = [.. Enumerable.Range(0, 8).AsParallel().Select(_ => view.GetColumn<int>("Id").ToArray())];

        foreach (int[] ids in read) CollectionAssert.AreEqual(new[] { 0, 1, 2, 3, 4, 5 }, ids);
    }

    [TestMethod]
    public void Parts_ThatDiffer_AreNamed()
    {
        var lacking = View(("a", Part(0, 1)), ("b", _context.Data.LoadFromEnumerable([new ShortRow()])));
        var other = View(("a", Part(0, 1)), ("c", _context.Data.LoadFromEnumerable([new LongRow()])));

        var missing = Assert.ThrowsExactly<ShardException>(() => lacking.GetColumn<string>("Note").ToArray());
        var type = Assert.ThrowsExactly<ShardException>(() => other.GetColumn<int>("Id").ToArray());

        Assert.AreEqual("Shard 'b': it has no column 'Note', which 'a' has. All must have the same columns.", missing.Message);
        Assert.AreEqual("Shard 'c': its column 'Id' is Int64, that of 'a' is Int32. They must agree.", type.Message);
        CollectionAssert.AreEqual(new[] { 0, 0 }, lacking.GetColumn<int>("Id").ToArray(), "what both have can be read");
    }

    [TestMethod]
    public void Part_ThatFails_IsNamed()
    {
        var closed = new ConcatenatedView(["a", "b"], name => name == "a" ? Part(0, 1) : throw new IOException("no disk"));
        static IEnumerable<Row> Rows()
        {
            yield return new Row();
            throw new InvalidDataException("no row");
        }
        var broken = View(("a", Part(0, 1)), ("b", _context.Data.LoadFromEnumerable(Rows())));

        var opening = Assert.ThrowsExactly<ShardException>(() => closed.GetColumn<int>("Id").ToArray());
        var reading = Assert.ThrowsExactly<ShardException>(() => broken.GetColumn<int>("Id").ToArray());

        Assert.AreEqual(("b", "Shard 'b': no disk"), (opening.Shard, opening.Message));
        Assert.IsInstanceOfType<IOException>(opening.InnerException);
        Assert.AreEqual(("b", "Shard 'b': no row"), (reading.Shard, reading.Message));
    }

    private static ConcatenatedView View(params (string Name, IDataView View)[] parts) =>
        new([.. parts.Select(part => part.Name)], name => parts.Single(part => part.Name == name).View);

    private IDataView Part(int first, int count) =>
        _context.Data.LoadFromEnumerable(Enumerable.Range(first, count).Select(i => new Row { Id = i, Note = $"note {i}" }).ToArray());
}
