using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads numbers of any type and Booleans from a row, scalars and vectors alike, in double precision; NaN is missing.</summary>
internal static class NumberReading
{
    /// <summary>The numbers of a row; valid until the next call.</summary>
    internal delegate ReadOnlySpan<double> Getter();

    private delegate void Conversion<T>(ReadOnlySpan<T> values, Span<double> numbers);

    /// <summary>Reader of a number column.</summary>
    internal static Getter Of(DataViewRow row, DataViewSchema.Column column)
    {
        var item = column.Type.ItemType().RawType;
        if (item == typeof(float)) return OfNumber<float>(row, column);
        if (item == typeof(double)) return OfNumber<double>(row, column);
        if (item == typeof(bool))
        {
            return Of<bool>(row, column, value => value ? 1 : 0,
                (values, numbers) => TensorPrimitives.ConvertTruncating(MemoryMarshal.AsBytes(values), numbers));
        }
        if (item == typeof(int)) return OfNumber<int>(row, column);
        if (item == typeof(long)) return OfNumber<long>(row, column);
        if (item == typeof(short)) return OfNumber<short>(row, column);
        if (item == typeof(sbyte)) return OfNumber<sbyte>(row, column);
        if (item == typeof(uint)) return OfNumber<uint>(row, column);
        if (item == typeof(ulong)) return OfNumber<ulong>(row, column);
        if (item == typeof(ushort)) return OfNumber<ushort>(row, column);
        return OfNumber<byte>(row, column);
    }

    /// <summary>Whether Single holds every number of a column as it is.</summary>
    internal static bool FitsSingle(DataViewSchema.Column column)
    {
        var item = column.Type.ItemType().RawType;
        return item != typeof(double) && item != typeof(int) && item != typeof(uint) && item != typeof(long) && item != typeof(ulong);
    }

    /// <summary>Reader of a scalar number.</summary>
    internal static Func<double> Scalar(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = Of(row, column);
        return () => getter()[0];
    }

    private static Getter OfNumber<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T> =>
        Of<T>(row, column, double.CreateTruncating, TensorPrimitives.ConvertTruncating);

    private static Getter Of<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> convert, Conversion<T> convertAll) =>
        column.Type is VectorDataViewType ? Vector(row, column, convertAll) : Scalar(row, column, convert);

    private static Getter Scalar<T>(DataViewRow row, DataViewSchema.Column column, Func<T, double> convert)
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T)!;
        double[] numbers = new double[1];
        return () =>
        {
            getter(ref value);
            numbers[0] = convert(value);
            return numbers;
        };
    }

    private static Getter Vector<T>(DataViewRow row, DataViewSchema.Column column, Conversion<T> convert)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var buffer = default(VBuffer<T>);
        T[] values = [];
        double[] numbers = [];
        return () =>
        {
            getter(ref buffer);
            int length = buffer.Length;
            if (numbers.Length < length) (values, numbers) = (new T[length], new double[length]);
            buffer.CopyTo(values);
            convert(values.AsSpan(0, length), numbers);
            return numbers.AsSpan(0, length);
        };
    }
}
