using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Takes a checksum of what rows are trained for, their labels and weights, to tell whether a training goes on with the same.</summary>
internal sealed class TargetChecksum
{
    private readonly XxHash3 _hash = new();

    /// <summary>Takes some rows of a table in.</summary>
    internal void Add(TrainingTable table, ReadOnlySpan<int> rows)
    {
        const int RowsAtOnce = 1 << 16;
        float[] values = new float[Math.Min(RowsAtOnce, rows.Length)];
        foreach (float[] column in table.Labels.Append(table.Weights))
        {
            for (int start = 0; start < rows.Length; start += RowsAtOnce)
            {
                var some = rows[start..Math.Min(rows.Length, start + RowsAtOnce)];
                for (int i = 0; i < some.Length; i++) values[i] = column[some[i]];
                _hash.Append(MemoryMarshal.AsBytes(values.AsSpan(0, some.Length)));
            }
        }
    }

    public override string ToString() => _hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
}
