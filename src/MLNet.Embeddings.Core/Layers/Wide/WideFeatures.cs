using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Makes the features of one column of the wide part, row by row. Belongs to one thread: it keeps scratch memory.</summary>
internal abstract class WideFeatures
{
    /// <param name="column">The column.</param>
    /// <param name="position">Its position among the columns of a batch.</param>
    /// <param name="offset">Number of its first feature.</param>
    /// <param name="arrays">What the features are made with, by name.</param>
    internal static WideFeatures Of(WideColumn column, int position, int offset, Func<string, float[]> arrays) => column switch
    {
        WideTerms terms => new TermFeatures(position, offset, arrays(terms.InverseFrequencies)),
        WideCategory category => new CategoryFeatures(position, offset, category.FeatureCount),
        WideNumbers numbers => new NumberFeatures(position, offset, numbers),
        WideCross cross => new CrossFeatures(cross, offset, arrays(cross.Pairs)),
        _ => throw new UnreachableException($"{column}"),
    };

    /// <summary>Goes before a row of a batch.</summary>
    internal virtual void Begin(ColumnBatch[] columns, int row) { }

    /// <summary>Adds the features of a row, and goes on to the next.</summary>
    internal abstract void Add(ColumnBatch[] columns, int row, SparseRow features);
}

/// <summary>TF-IDF of terms: see <see cref="WideTerms"/>.</summary>
internal sealed class TermFeatures(int position, int offset, float[] inverseFrequencies) : WideFeatures
{
    /// <summary>Missing and unknown terms have smaller keys.</summary>
    private const int FirstKey = 2;

    private int[] _keys = new int[64];
    private int _start;

    internal override void Begin(ColumnBatch[] columns, int row)
    {
        _start = 0;
        foreach (int length in ((SequenceBatch)columns[position]).Lengths.AsSpan(0, row)) _start += length;
    }

    internal override void Add(ColumnBatch[] columns, int row, SparseRow features)
    {
        var bags = (SequenceBatch)columns[position];
        int length = bags.Lengths[row], first = features.Count;
        if (_keys.Length < length) _keys = new int[2 * length];
        var keys = _keys.AsSpan(0, length);
        bags.TermOfToken.AsSpan(_start, length).CopyTo(keys);
        _start += length;
        if (!bags.IsByKey)
        {
            foreach (ref int key in keys) key = bags.Terms[key];
        }
        keys.Sort();
        double squares = 0;
        for (int i = 0, end; i < length; i = end)
        {
            for (end = i + 1; end < length && keys[end] == keys[i];) end++;
            if (keys[i] < FirstKey || keys[i] >= inverseFrequencies.Length) continue;
            float value = (end - i == 1 ? 1 : 1 + MathF.Log(end - i)) * inverseFrequencies[keys[i]];
            squares += value * value;
            features.Add(offset + keys[i], value);
        }
        if (squares > 0) features.Scale(first, (float)(1 / Math.Sqrt(squares)));
    }
}

/// <summary>The key of a category.</summary>
internal sealed class CategoryFeatures(int position, int offset, int count) : WideFeatures
{
    internal override void Add(ColumnBatch[] columns, int row, SparseRow features)
    {
        int key = ((CategoryBatch)columns[position]).KeyOf(row);
        if (key < count) features.Add(offset + key, 1);
    }
}

/// <summary>Pairs of the keys of two categories: see <see cref="WideCross"/>.</summary>
internal sealed class CrossFeatures(WideCross column, int offset, float[] pairs) : WideFeatures
{
    internal override void Add(ColumnBatch[] columns, int row, SparseRow features)
    {
        float first = ((CategoryBatch)columns[column.First]).KeyOf(row), second = ((CategoryBatch)columns[column.Second]).KeyOf(row);
        int low = 0, high = column.PairCount - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            float one = pairs[2 * middle], other = pairs[2 * middle + 1];
            if (one == first && other == second)
            {
                features.Add(offset + middle, 1);
                return;
            }
            if (one < first || one == first && other < second) low = middle + 1;
            else high = middle - 1;
        }
    }
}

/// <summary>Numbers between their knots: see <see cref="WideNumbers"/>.</summary>
internal sealed class NumberFeatures(int position, int offset, WideNumbers column) : WideFeatures
{
    internal override void Add(ColumnBatch[] columns, int row, SparseRow features)
    {
        var values = ((NumberBatch)columns[position]).Row(row);
        int first = offset;
        for (int i = 0; i < column.KnotCounts.Count; i++)
        {
            int knot = (int)values[i];
            float share = values[i] - knot;
            features.Add(first + knot, 1 - share);
            if (share > 0) features.Add(first + knot + 1, share);
            first += column.KnotCounts[i];
        }
        for (int i = 0; i < column.KnotCounts.Count; i++, first++) features.Add(first, 2 * values[i] / Math.Max(1, column.KnotCounts[i] - 1) - 1);
        for (int i = 0; column.HasMissing && i < column.KnotCounts.Count; i++)
        {
            if (values[column.KnotCounts.Count + i] > 0) features.Add(first + i, 1);
        }
    }
}
