using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads numbers of any type and Booleans from a row, scalars and vectors alike, as vectors of 32-bit floats; NaN is missing.</summary>
internal static class NumberReading
{
    /// <summary>The numbers of a row; valid until the next call.</summary>
    internal delegate ReadOnlySpan<float> Getter();

    /// <summary>Reader of a number column.</summary>
    internal static Getter Of(DataViewRow row, DataViewSchema.Column column)
    {
        var item = column.Type.ItemType().RawType;
        if (item == typeof(float)) return Of<float>(row, column, value => value);
        if (item == typeof(double)) return OfNumber<double>(row, column);
        if (item == typeof(bool)) return Of<bool>(row, column, value => value ? 1 : 0);
        if (item == typeof(int)) return OfNumber<int>(row, column);
        if (item == typeof(long)) return OfNumber<long>(row, column);
        if (item == typeof(short)) return OfNumber<short>(row, column);
        if (item == typeof(sbyte)) return OfNumber<sbyte>(row, column);
        if (item == typeof(uint)) return OfNumber<uint>(row, column);
        if (item == typeof(ulong)) return OfNumber<ulong>(row, column);
        if (item == typeof(ushort)) return OfNumber<ushort>(row, column);
        return OfNumber<byte>(row, column);
    }

    private static Getter OfNumber<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T> =>
        Of<T>(row, column, float.CreateTruncating);

    private static Getter Of<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert) =>
        column.Type is VectorDataViewType ? Vector(row, column, convert) : Scalar(row, column, convert);

    private static Getter Scalar<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        float[] numbers = new float[1];
        return () =>
        {
            getter(ref value);
            numbers[0] = Checked(convert(value), row, column);
            return numbers;
        };
    }

    private static Getter Vector<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var values = default(VBuffer<T>);
        float[] numbers = [];
        return () =>
        {
            getter(ref values);
            if (numbers.Length < values.Length) numbers = new float[values.Length];
            var result = numbers.AsSpan(0, values.Length);
            if (!values.IsDense) result.Clear();
            foreach (var item in values.Items()) result[item.Key] = Checked(convert(item.Value), row, column);
            return result;
        };
    }

    private static float Checked(float number, DataViewRow row, DataViewSchema.Column column) => !float.IsInfinity(number) ? number : throw new InvalidOperationException(
        $"Column '{column.Name}' holds {number} in row {row.Position}; numbers must be finite, or NaN where the value is missing. " +
        "Replace the value, or set it to NaN, before this step.");
}
