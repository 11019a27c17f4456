using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads numbers of any type and Booleans from a row, scalars and vectors alike, as vectors of 32-bit floats; NaN is missing.</summary>
internal static class NumberReading
{
    /// <summary>The numbers of a row; valid until the next call.</summary>
    internal delegate ReadOnlySpan<float> Getter();

    private delegate void Conversion<T>(ReadOnlySpan<T> values, Span<float> numbers);

    /// <summary>Reader of a number column.</summary>
    internal static Getter Of(DataViewRow row, DataViewSchema.Column column)
    {
        var item = column.Type.ItemType().RawType;
        if (item == typeof(float)) return column.Type is VectorDataViewType ? OfNumber<float>(row, column) : Single(row, column);
        if (item == typeof(double)) return OfNumber<double>(row, column);
        if (item == typeof(bool)) return Of<bool>(row, column, (values, numbers) => TensorPrimitives.ConvertTruncating(MemoryMarshal.AsBytes(values), numbers));
        if (item == typeof(int)) return OfNumber<int>(row, column);
        if (item == typeof(long)) return OfNumber<long>(row, column);
        if (item == typeof(short)) return OfNumber<short>(row, column);
        if (item == typeof(sbyte)) return OfNumber<sbyte>(row, column);
        if (item == typeof(uint)) return OfNumber<uint>(row, column);
        if (item == typeof(ulong)) return OfNumber<ulong>(row, column);
        if (item == typeof(ushort)) return OfNumber<ushort>(row, column);
        return OfNumber<byte>(row, column);
    }

    /// <summary>Reader of a scalar number as it is, in 64 bits; NaN is missing.</summary>
    internal static Func<double> Double(DataViewRow row, DataViewSchema.Column column) => Type.GetTypeCode(column.Type.RawType) switch
    {
        TypeCode.Single => Double<float>(row, column),
        TypeCode.Double => Double<double>(row, column),
        TypeCode.Int32 => Double<int>(row, column),
        TypeCode.Int64 => Double<long>(row, column),
        TypeCode.Int16 => Double<short>(row, column),
        TypeCode.SByte => Double<sbyte>(row, column),
        TypeCode.UInt32 => Double<uint>(row, column),
        TypeCode.UInt64 => Double<ulong>(row, column),
        TypeCode.UInt16 => Double<ushort>(row, column),
        _ => Double<byte>(row, column),
    };

    private static Func<double> Double<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        var value = T.Zero;
        return () =>
        {
            getter(ref value);
            return double.CreateTruncating(value);
        };
    }

    private static Getter OfNumber<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T> =>
        Of<T>(row, column, TensorPrimitives.ConvertTruncating);

    private static Getter Of<T>(DataViewRow row, DataViewSchema.Column column, Conversion<T> convert) =>
        column.Type is VectorDataViewType ? Vector(row, column, convert) : Scalar(row, column, convert);

    /// <summary>What <see cref="Scalar"/> does, for the type that needs no conversion: most columns of most tables.</summary>
    private static Getter Single(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<float>(column);
        float[] numbers = new float[1];
        return () =>
        {
            getter(ref numbers[0]);
            if (float.IsInfinity(numbers[0])) RequireFinite(numbers, numbers, row, column);
            return numbers;
        };
    }

    private static Getter Scalar<T>(DataViewRow row, DataViewSchema.Column column, Conversion<T> convert)
    {
        var getter = row.GetGetter<T>(column);
        var values = new T[1];
        float[] numbers = new float[1];
        return () =>
        {
            getter(ref values[0]);
            convert(values, numbers);
            RequireFinite(numbers, values, row, column);
            return numbers;
        };
    }

    private static Getter Vector<T>(DataViewRow row, DataViewSchema.Column column, Conversion<T> convert)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var buffer = default(VBuffer<T>);
        T[] values = [];
        float[] numbers = [];
        return () =>
        {
            getter(ref buffer);
            int length = buffer.Length;
            if (numbers.Length < length) (values, numbers) = (new T[length], new float[length]);
            buffer.CopyTo(values);
            convert(values.AsSpan(0, length), numbers);
            RequireFinite(numbers.AsSpan(0, length), values, row, column);
            return numbers.AsSpan(0, length);
        };
    }

    private static void RequireFinite<T>(ReadOnlySpan<float> numbers, T[] values, DataViewRow row, DataViewSchema.Column column)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!float.IsInfinity(numbers[i])) continue;
            throw new InvalidOperationException(
                $"Column '{column.Name}' holds {values[i]} in row {row.Position}; numbers must be finite and within the range of Single, or NaN where the " +
                "value is missing. Replace the value, or set it to NaN, before this step.");
        }
    }
}
