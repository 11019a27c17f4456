using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ReadAheadCursorTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(3, 4)]
    [DataRow(5, 8)]
    [DataRow(256, 256)]
    [DataRow(257, 512)]
    [DataRow(513, 768)]
    [DataRow(769, 1000)]
    public void MoveNext_SoManyTimes_HasReadAtMostAsManyMoreAndNoMoreThanABlock(int taken, int read)
    {
        var input = new MemoryCursor(1000, i => i);
        using var cursor = Create(input);

        for (int i = 0; i < taken; i++) Assert.IsTrue(cursor.MoveNext());

        Assert.AreEqual(read, input.Moves);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(256)]
    [DataRow(600)]
    public void Rows_OfAnyNumber_AreThoseOfTheInput(int count)
    {
        var input = new MemoryCursor(count, i => 3 * i);
        var block = new Doubling(input);
        using var cursor = Create(input, block);
        var getId = cursor.GetIdGetter();
        var number = cursor.GetGetter<int>(input.Number);
        var numbers = cursor.GetGetter<VBuffer<int>>(input.Numbers);
        Assert.AreEqual(-1, cursor.Position);

        for (int i = 0; i < count; i++)
        {
            int value = 0;
            VBuffer<int> vector = default;
            DataViewRowId id = default;
            Assert.IsTrue(cursor.MoveNext());
            number(ref value);
            numbers(ref vector);
            getId(ref id);
            Assert.AreEqual((i, i / 10, new DataViewRowId((ulong)i, 7)), (cursor.Position, cursor.Batch, id));
            Assert.AreEqual((3 * i, 6 * i), (value, block.Get()));
            Assert.AreEqual((3 * i, i % 10, 1), (vector.GetValues()[0], vector.GetIndices()[0], vector.GetValues().Length));
        }

        Assert.IsFalse(cursor.MoveNext());
        Assert.IsFalse(cursor.MoveNext());
        Assert.AreEqual(-1, cursor.Position);
        Assert.ThrowsExactly<InvalidOperationException>(() => block.Get());
    }

    [TestMethod]
    public void Values_NotAskedFor_AreNotComputed()
    {
        var input = new MemoryCursor(16, i => i);
        var block = new Doubling(input);
        using var cursor = Create(input, block);

        while (cursor.MoveNext())
        {
            if (cursor.Position is 5 or 6 or 15) block.Get();
        }

        CollectionAssert.AreEqual((int[])[4, 8], block.Computed);
    }

    [TestMethod]
    public void Value_OfARowThatCannotBeRead_ThrowsThereAndOnlyThere()
    {
        var input = new MemoryCursor(600, i => i is 0 or 5 or 6 or 300 or 599 ? throw new FormatException($"row {i}") : i);
        var block = new Doubling(input);
        using var cursor = Create(input, block);
        var kept = cursor.GetGetter<int>(input.Number);
        var getId = cursor.GetIdGetter();

        for (int i = 0; i < 600; i++)
        {
            int value = 0;
            DataViewRowId id = default;
            Assert.IsTrue(cursor.MoveNext());
            getId(ref id);
            Assert.AreEqual((i, (ulong)i), (cursor.Position, id.Low));
            if (i is 0 or 5 or 6 or 300 or 599)
            {
                for (int time = 0; time < 2; time++)
                {
                    Assert.AreEqual($"row {i}", Assert.ThrowsExactly<FormatException>(() => block.Get()).Message);
                    Assert.AreEqual($"row {i}", Assert.ThrowsExactly<FormatException>(() => kept(ref value)).Message);
                }
            }
            else
            {
                kept(ref value);
                Assert.AreEqual((i, 2 * i), (value, block.Get()));
            }
        }

        Assert.IsFalse(cursor.MoveNext());
        Assert.AreEqual(600, input.Moves);
    }

    [TestMethod]
    public void Rows_ThatCannotBeRead_CanBePassed()
    {
        var input = new MemoryCursor(100, i => i % 3 == 0 ? throw new FormatException() : i);
        using var cursor = Create(input);
        int rows = 0;

        while (cursor.MoveNext()) Assert.AreEqual(rows++, cursor.Position);

        Assert.AreEqual(100, rows);
    }

    [TestMethod]
    public void MoveNext_InputThatBreaksOff_GivesTheRowsBefore()
    {
        var input = new MemoryCursor(100, i => i) { Broken = 21 };
        var block = new Doubling(input);
        using var cursor = Create(input, block);

        for (int i = 0; i < 21; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual(2 * i, block.Get());
        }

        Assert.AreEqual("The disk is gone.", Assert.ThrowsExactly<IOException>(() => cursor.MoveNext()).Message);
        Assert.ThrowsExactly<IOException>(() => cursor.MoveNext());
    }

    [TestMethod]
    public void MoveNext_InputThatBreaksOffAtOnce_Throws()
    {
        using var cursor = Create(new MemoryCursor(1, i => i) { Broken = 0 });

        Assert.ThrowsExactly<IOException>(() => cursor.MoveNext());
    }

    [TestMethod]
    public void Dispose_AmidABlock_DisposesTheInput()
    {
        var input = new MemoryCursor(100, i => i);
        var cursor = Create(input);
        for (int i = 0; i < 9; i++) cursor.MoveNext();
        Assert.AreEqual(0, input.Disposals);

        cursor.Dispose();

        Assert.AreEqual(1, input.Disposals);
    }

    [TestMethod]
    public void GetGetter_ColumnNotAskedForOrOfAnotherType_SaysSo()
    {
        var input = new MemoryCursor(1, i => i);
        using var cursor = new ReadAheadCursor(input, [input.Number], new Doubling(input));

        Assert.IsTrue(cursor.IsColumnActive(input.Number));
        Assert.IsFalse(cursor.IsColumnActive(input.Numbers));
        Assert.AreEqual(
            "Column 'Numbers' is not active; ask for it when the cursor is made.",
            Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<VBuffer<int>>(input.Numbers)).Message);
        Assert.AreEqual(
            "Column 'Number' holds Int32, not Single. Ask for its values as what they are.",
            Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(input.Number)).Message);
    }

    [TestMethod]
    public void Rows_InTheSteadyState_AllocateNothing()
    {
        var input = new MemoryCursor(5_000, i => i);
        var block = new Doubling(input);
        using var cursor = Create(input, block);
        var numbers = cursor.GetGetter<VBuffer<int>>(input.Numbers);
        VBuffer<int> vector = default;
        Read(2_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(2_000);

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Read(int count)
        {
            for (; count > 0 && cursor.MoveNext(); count--)
            {
                numbers(ref vector);
                block.Get();
            }
        }
    }

    private static ReadAheadCursor Create(MemoryCursor input, RowBlock? block = null) => new(input, input.Schema, block ?? new Doubling(input));

    /// <summary>Computes twice the number of each row.</summary>
    private sealed class Doubling(MemoryCursor input) : RowBlock
    {
        private readonly ValueGetter<int> _number = input.GetGetter<int>(input.Number);
        private readonly int[] _taken = new int[ReadAheadCursor.MaxRows];
        private readonly int[] _doubled = new int[ReadAheadCursor.MaxRows];

        internal override Delegate?[] Getters => [];

        /// <summary>How many rows were computed, block by block.</summary>
        internal List<int> Computed { get; } = new(capacity: 64);

        internal int Get()
        {
            if (Index >= 0)
            {
                Complete();
                return _doubled[Index];
            }
            int value = 0;
            _number(ref value);
            return 2 * value;
        }

        private protected override void Take(int index) => _number(ref _taken[index]);

        private protected override void Compute(int rows)
        {
            for (int i = 0; i < rows; i++) _doubled[i] = 2 * _taken[i];
            Computed.Add(rows);
        }
    }
}
