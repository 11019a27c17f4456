using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>A sum of doubles or of their squares that is exact until it is asked for, and so the same in whatever order it is added up.</summary>
/// <remarks>
/// Neal, Fast Exact Summation Using Small and Large Superaccumulators (arXiv 1505.05571): mantissas are added up as whole numbers, in a bin for each exponent,
/// and carried to higher bins before they could overflow. Kept are the bins from the least to the largest exponent that was ever needed. A square is added as
/// its double and the error of that, which a fused multiplication gives exactly. What is not finite is added up by itself, as doubles are.
/// </remarks>
internal sealed class ExactSum : IMergeable
{
    private const int MantissaBits = 52, ExponentBits = 0x7FF, ExponentBias = 1075, CarriedBits = 32;

    /// <summary>The exponent of the last bit that there is: that of the square of the least double.</summary>
    private const int LastBit = 2 * (1 - ExponentBias);

    /// <summary>The bin of the least double.</summary>
    private const int LeastDouble = 1 - ExponentBias - LastBit;

    /// <summary>A mantissa is below 2⁵³, and so is what is left in a bin: after so many more carries cannot wait any longer.</summary>
    private const int MostWaiting = 1 << 9;

    private const long MostLeft = 1L << MantissaBits + 1;

    /// <summary>The largest exponent of a last bit, and the most bytes of a sum of fewer than 2⁶⁴ squares.</summary>
    private const int MostExponent = 2 * ExponentBits + 64, MostBytes = (MostExponent - LastBit) / 8 + 1;

    /// <summary>Within these, a square and the error of its double are doubles of full precision.</summary>
    private const double LeastSquared = 1e-130, MostSquared = 1e150;

    private long[] _bins = [];
    private int _first, _waiting;
    private double _infinite;

    /// <summary>The double nearest to the sum.</summary>
    internal double Value => Over(1);

    /// <summary>Adds a number.</summary>
    internal void Add(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value), mantissa = bits & (1L << MantissaBits) - 1, sign = bits >> 63;
        int exponent = (int)(bits >> MantissaBits) & ExponentBits;
        if (exponent == ExponentBits)
        {
            AddInfinite(value);
            return;
        }
        if (exponent == 0) exponent = 1;
        else mantissa |= 1L << MantissaBits;
        int bin = Room(exponent - 1 + LeastDouble);
        _bins[bin] += (mantissa ^ sign) - sign;
        if (++_waiting == MostWaiting) Carry();
    }

    /// <summary>Adds the square of a number.</summary>
    internal void AddSquare(double value)
    {
        if (Math.Abs(value) is > LeastSquared and < MostSquared)
        {
            double square = value * value, error = Math.FusedMultiplyAdd(value, value, -square);
            Add(square);
            if (error != 0) Add(error);
        }
        else if (double.IsFinite(value))
        {
            var number = new ExactSum();
            number.Add(value);
            var (mantissa, exponent) = number.Total();
            Add(mantissa * mantissa, 2 * exponent);
        }
        else
        {
            AddInfinite(value * value);
        }
    }

    /// <summary>Adds another sum.</summary>
    internal void Add(ExactSum other)
    {
        AddInfinite(other._infinite);
        var (value, exponent) = other.Total();
        Add(value, exponent);
    }

    /// <summary>The double nearest to the sum divided by a number.</summary>
    internal double Over(long count)
    {
        if (_infinite != 0) return _infinite;
        var (value, exponent) = Total();
        return Nearest(value, count, exponent);
    }

    /// <summary>The variance of some numbers, rounded once: their mean may be as large against it as it likes.</summary>
    /// <param name="sum">Their sum.</param>
    /// <param name="squares">The sum of their squares.</param>
    /// <param name="count">How many there are, at least one.</param>
    internal static double Variance(ExactSum sum, ExactSum squares, long count)
    {
        if (sum._infinite != 0 || squares._infinite != 0) return double.NaN;
        var (total, exponent) = sum.Total();
        var (ofSquares, squaresExponent) = squares.Total();
        int last = Math.Min(2 * exponent, squaresExponent);
        var spread = (ofSquares * count << squaresExponent - last) - (total * total << 2 * exponent - last);
        return Nearest(spread, (BigInteger)count * count, last);
    }

    public void Write(BinaryWriter writer)
    {
        var (value, exponent) = Total();
        Merging.Begin(writer, nameof(ExactSum));
        writer.Write(_infinite);
        writer.Write7BitEncodedInt(exponent - LastBit);
        byte[] bytes = value.ToByteArray();
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(ExactSum), () =>
    {
        double infinite = reader.ReadDouble();
        int exponent = (int)Merging.ReadCount(reader, MostExponent - LastBit) + LastBit;
        byte[] bytes = Merging.ReadBytes(reader, (int)Merging.ReadCount(reader, MostBytes));
        if (infinite != 0 && double.IsFinite(infinite)) throw new FormatException($"A sum that is not finite is {infinite}.");
        AddInfinite(infinite);
        Add(new BigInteger(bytes), exponent);
    });

    /// <summary>Infinity and NaN: one NaN is as good as another.</summary>
    private void AddInfinite(double value) => _infinite = _infinite + value is var sum && double.IsNaN(sum) ? double.NaN : sum;

    /// <summary>Where a bin lies in the array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Room(int bin)
    {
        int at = bin - _first;
        return (uint)at < (uint)_bins.Length ? at : Grow(bin);
    }

    private int Grow(int bin)
    {
        const int Spare = 4;
        bool isEmpty = _bins.Length == 0;
        int first = isEmpty ? bin : Math.Min(_first, Math.Max(bin - Spare, 0)), end = Math.Max(isEmpty ? 0 : _first + _bins.Length, bin + Spare);
        long[] grown = new long[end - first];
        _bins.CopyTo(grown, isEmpty ? 0 : _first - first);
        (_bins, _first) = (grown, first);
        return bin - first;
    }

    /// <summary>Leaves no more in a bin than a mantissa.</summary>
    private void Carry()
    {
        _waiting = 0;
        for (int i = 0; i < _bins.Length; i++)
        {
            long sum = _bins[i];
            if (sum is >= -MostLeft and <= MostLeft) continue;
            _bins[i] = (uint)sum;
            int higher = Room(_first + i + CarriedBits);
            _bins[higher] += sum >> CarriedBits;
        }
    }

    private void Add(BigInteger value, int exponent)
    {
        int bin = exponent - LastBit;
        for (var rest = BigInteger.Abs(value); !rest.IsZero; rest >>= CarriedBits, bin += CarriedBits)
        {
            int at = Room(bin);
            _bins[at] += value.Sign * (long)(uint)(rest & uint.MaxValue);
        }
        if (++_waiting == MostWaiting) Carry();
    }

    /// <summary>The sum as an odd number times a power of two.</summary>
    private (BigInteger Value, int Exponent) Total()
    {
        var total = BigInteger.Zero;
        int last = _bins.Length;
        for (int i = _bins.Length - 1; i >= 0; i--)
        {
            if (_bins[i] == 0) continue;
            total = (total << last - i) + _bins[i];
            last = i;
        }
        if (total.IsZero) return (total, LastBit);
        int zeros = (int)BigInteger.TrailingZeroCount(total);
        return (total >> zeros, LastBit + _first + last + zeros);
    }

    /// <summary>The double nearest to a fraction times a power of two.</summary>
    private static double Nearest(BigInteger numerator, BigInteger denominator, int exponent)
    {
        if (numerator.IsZero) return 0;
        var size = BigInteger.Abs(numerator);
        // A quotient of 61 to 63 bits, and one more that says whether anything is left behind it: rounding to 53 bits sees all there is.
        int shift = (int)(62 + denominator.GetBitLength() - size.GetBitLength());
        var quotient = BigInteger.DivRem(shift > 0 ? size << shift : size, shift < 0 ? denominator << -shift : denominator, out var left);
        double nearest = Math.ScaleB((double)((ulong)quotient << 1 | (left.IsZero ? 0UL : 1UL)), exponent - shift - 1);
        return numerator.Sign * nearest;
    }
}
