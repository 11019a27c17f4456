using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>All values of one input column, in compact arrays.</summary>
internal abstract class ColumnData
{
    /// <summary>Number of tokens that the column adds to a row: what a recurrent encoder's time goes by.</summary>
    internal virtual int TokensOf(int row) => 0;

    /// <summary>Memory that the values take.</summary>
    internal abstract long Bytes { get; }

    /// <summary>The values, and behind them those of another table's column of the same kind and extent.</summary>
    internal abstract ColumnData With(ColumnData later);

    /// <summary>Writes the values.</summary>
    internal abstract void Write(ArrayFile file);

    /// <summary>The values that another one of the same column wrote.</summary>
    internal abstract ColumnData Read(ArrayReader reader);

    /// <summary>Gives arrays that were read back, when nobody needs the values any more.</summary>
    internal abstract void GiveBack(SpareArrays spares);

    /// <summary>How much there is to learn of the column, in words: what training and validation rows must agree on.</summary>
    internal abstract string Extent { get; }
}

/// <summary>The keys of a column.</summary>
/// <param name="keyCount">The largest key that there may be.</param>
/// <param name="hasUnknown">True if key 1 stands for unknown values.</param>
internal abstract class TermData(int keyCount, bool hasUnknown) : ColumnData
{
    /// <summary>Name of the table that the keys are looked up in together with those of other columns; null for a table of its own.</summary>
    internal string? SharedTable { get; init; }

    /// <summary>What the keys stand for; null where nobody asks.</summary>
    internal KeyTerms? Terms { get; init; }

    internal int KeyCount => keyCount;

    internal bool HasUnknown => hasUnknown;

    /// <summary>Counts the keys of some rows, that of missing values left out.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="counts">Added to, by key.</param>
    internal abstract void CountKeys(ReadOnlySpan<int> rows, long[] counts);

    internal sealed override string Extent => $"key count {keyCount}";
}

/// <summary>A key per row.</summary>
internal sealed class CategoryData(int[] keys, int keyCount, bool hasUnknown) : TermData(keyCount, hasUnknown)
{
    internal override long Bytes => sizeof(int) * (long)keys.Length;

    internal override CategoryData With(ColumnData later) =>
        new([.. keys, .. ((CategoryData)later).Keys], KeyCount, HasUnknown) { SharedTable = SharedTable, Terms = Terms };

    internal override void Write(ArrayFile file) => file.Append(keys);

    internal override CategoryData Read(ArrayReader reader) => new(reader.Next<int>(), KeyCount, HasUnknown) { SharedTable = SharedTable, Terms = Terms };

    internal override void GiveBack(SpareArrays spares) => spares.Add(keys);

    private int[] Keys => keys;

    internal int KeyOf(int row) => keys[row];

    internal override void CountKeys(ReadOnlySpan<int> rows, long[] counts)
    {
        foreach (int row in rows)
        {
            if (keys[row] > 0) counts[keys[row]]++;
        }
    }
}

/// <summary>The keys of all rows one after the other, padding left out; row i's begin at offsets[i]. Behind the last there may be anything.</summary>
internal sealed class SequenceData(int[] tokens, int[] offsets, int keyCount, bool hasUnknown) : TermData(keyCount, hasUnknown)
{
    internal override long Bytes => sizeof(int) * ((long)tokens.Length + offsets.Length);

    private int[] Tokens => tokens;

    private int[] Offsets => offsets;

    internal override SequenceData With(ColumnData later)
    {
        var others = (SequenceData)later;
        int[] moved = [.. offsets, .. others.Offsets.Skip(1).Select(offset => checked(offset + tokens.Length))];
        return new([.. tokens, .. others.Tokens], moved, KeyCount, HasUnknown) { SharedTable = SharedTable, Terms = Terms };
    }

    internal override void Write(ArrayFile file)
    {
        file.Append(tokens);
        file.Append(offsets);
    }

    internal override SequenceData Read(ArrayReader reader) =>
        new(reader.Next<int>(orLonger: true), reader.Next<int>(), KeyCount, HasUnknown) { SharedTable = SharedTable, Terms = Terms };

    internal override void GiveBack(SpareArrays spares)
    {
        spares.Add(tokens);
        spares.Add(offsets);
    }

    internal override void CountKeys(ReadOnlySpan<int> rows, long[] counts)
    {
        foreach (int row in rows)
        {
            foreach (int key in KeysOf(row)) counts[key]++;
        }
    }

    internal ReadOnlySpan<int> KeysOf(int row) => tokens.AsSpan(offsets[row], TokensOf(row));

    internal override int TokensOf(int row) => offsets[row + 1] - offsets[row];
}

/// <summary>The numbers of all rows as given; NaN is missing.</summary>
/// <param name="size">Numbers of a row.</param>
/// <param name="encoder">How they become vectors; <see cref="NumberEncoder.Standard"/> when left out.</param>
internal abstract class NumberData(int size, NumberEncoder? encoder) : ColumnData
{
    internal int Size => size;

    internal NumberEncoder Encoder { get; } = encoder ?? NumberEncoder.Standard();

    internal sealed override string Extent => $"vector length {size}";

    /// <summary>The least share of a number by which it can differ from another one that is held beside it.</summary>
    internal abstract double Resolution { get; }

    /// <summary>Copies the numbers of a row.</summary>
    internal abstract void CopyRow(int row, Span<double> numbers);

    /// <summary>All numbers, row after row.</summary>
    internal abstract double[] ToDoubles();
}

/// <summary>Numbers that are held in an array of floats, where these hold every number of the column as it is, or else of doubles.</summary>
/// <param name="values">Rows × size: row after row.</param>
/// <param name="size">Numbers of a row.</param>
/// <param name="encoder">How they become vectors; <see cref="NumberEncoder.Standard"/> when left out.</param>
internal sealed class NumberData<T>(T[] values, int size, NumberEncoder? encoder = null) : NumberData(size, encoder)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal override long Bytes => Unsafe.SizeOf<T>() * (long)values.Length;

    internal override double Resolution => double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    internal override void CopyRow(int row, Span<double> numbers) => TensorPrimitives.ConvertTruncating<T, double>(values.AsSpan(row * Size, Size), numbers);

    internal override NumberData With(ColumnData later) => later is NumberData<T> alike
        ? new NumberData<T>([.. values, .. alike.Values], Size, Encoder)
        : new NumberData<double>([.. ToDoubles(), .. ((NumberData)later).ToDoubles()], Size, Encoder);

    internal override double[] ToDoubles() => Array.ConvertAll(values, double.CreateTruncating);

    internal override void Write(ArrayFile file) => file.Append(values);

    internal override NumberData<T> Read(ArrayReader reader) => new(reader.Next<T>(), Size, Encoder);

    internal override void GiveBack(SpareArrays spares) => spares.Add(values);

    private T[] Values => values;
}
