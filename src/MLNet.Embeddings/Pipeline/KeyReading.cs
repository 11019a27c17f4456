using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads keys of any width from a row as integers: 0 is missing or padding, 1 and above are the values.</summary>
internal static class KeyReading
{
    /// <summary>The keys of a row's sequence, padding left out; valid until the next call.</summary>
    internal delegate ReadOnlySpan<int> SequenceGetter();

    /// <summary>Number of values of a key column, without the missing one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column has more values than a table can have rows.</exception>
    internal static int KeyCount(DataViewSchema.Column column)
    {
        ulong count = ((KeyDataViewType)column.Type.ItemType()).Count;
        return count < int.MaxValue ? (int)count : throw SchemaErrors.Mismatch("key", column.Name, $"at most {int.MaxValue - 1} values", $"{count}",
            "Index the column with fewer values: MaxTerms of IndexTokens and IndexCategories; HashBuckets or fewer bits where values are hashed.");
    }

    /// <summary>Reader of a scalar key.</summary>
    internal static Func<int> Scalar(DataViewRow row, DataViewSchema.Column column, int keyCount) => column.Type.RawType switch
    {
        var type when type == typeof(uint) => Scalar<uint>(row, column, keyCount),
        var type when type == typeof(byte) => Scalar<byte>(row, column, keyCount),
        var type when type == typeof(ushort) => Scalar<ushort>(row, column, keyCount),
        _ => Scalar<ulong>(row, column, keyCount),
    };

    /// <summary>Reader of a vector of keys.</summary>
    internal static SequenceGetter Sequence(DataViewRow row, DataViewSchema.Column column, int keyCount) => column.Type.ItemType().RawType switch
    {
        var type when type == typeof(uint) => Sequence<uint>(row, column, keyCount),
        var type when type == typeof(byte) => Sequence<byte>(row, column, keyCount),
        var type when type == typeof(ushort) => Sequence<ushort>(row, column, keyCount),
        _ => Sequence<ulong>(row, column, keyCount),
    };

    private static Func<int> Scalar<T>(DataViewRow row, DataViewSchema.Column column, int keyCount) where T : unmanaged, IBinaryInteger<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            getter(ref value);
            return Checked(value, row, column, keyCount);
        };
    }

    private static SequenceGetter Sequence<T>(DataViewRow row, DataViewSchema.Column column, int keyCount) where T : unmanaged, IBinaryInteger<T>
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var values = default(VBuffer<T>);
        int[] keys = [];
        return () =>
        {
            getter(ref values);
            var given = values.GetValues();
            if (keys.Length < given.Length) keys = new int[Math.Max(given.Length, 2 * keys.Length)];
            int count = 0;
            foreach (T value in given)
            {
                // Entries that a sparse vector leaves out are zeros, that is padding, as well.
                if (!T.IsZero(value)) keys[count++] = Checked(value, row, column, keyCount);
            }
            return keys.AsSpan(0, count);
        };
    }

    private static int Checked<T>(T key, DataViewRow row, DataViewSchema.Column column, int keyCount) where T : IBinaryInteger<T>
    {
        int value = int.CreateSaturating(key);
        return value <= keyCount ? value : throw Unknown($"{key}", (ulong)value, row, column, keyCount);
    }

    private static InvalidOperationException Unknown(string key, ulong value, DataViewRow row, DataViewSchema.Column column, int keyCount)
    {
        ulong announced = ((KeyDataViewType)column.Type.ItemType()).Count;
        string found = $"Column '{column.Name}' holds key {key} in row {row.Position}";
        return new(value > announced
            ? $"{found}, but its type announces {announced} keys. Correct the step that makes the column."
            : $"{found}; the network knows keys up to {keyCount}. The column was made with another vocabulary than in training: use the indexing step that " +
                "was fitted with the network.");
    }
}
