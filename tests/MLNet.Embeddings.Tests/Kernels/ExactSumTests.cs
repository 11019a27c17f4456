using System.Numerics;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ExactSumTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(60)]
    [DataRow(1_000)]
    public void Value_NumbersOfAnySize_IsTheNearestDoubleToTheirSum(int largestExponent)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            double[] numbers = Random(200 + 100 * seed, seed, largestExponent);

            var sum = Sum(numbers);

            Assert.AreEqual(Nearest(numbers.Aggregate(BigInteger.Zero, (total, number) => total + Fixed(number)), Denominator), sum.Value);
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(500)]
    public void Value_Squares_IsTheNearestDoubleToTheirSum(int largestExponent)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            double[] numbers = Random(200 + 50 * seed, seed, largestExponent);
            var squares = new ExactSum();
            foreach (double number in numbers) squares.AddSquare(number);

            var exact = numbers.Aggregate(BigInteger.Zero, (total, number) => total + Fixed(number) * Fixed(number));

            Assert.AreEqual(Nearest(exact, Denominator * Denominator), squares.Value);
        }
    }

    [TestMethod]
    public void Value_WhatRoundingWouldLose_IsThere()
    {
        Assert.AreEqual(1, Sum(1e308, 1, -1e308).Value);
        Assert.AreEqual(double.Epsilon, Sum(double.MaxValue, double.Epsilon, double.MinValue).Value);
        Assert.AreEqual(3 * double.Epsilon, Sum(double.Epsilon, double.Epsilon, double.Epsilon).Value);
        Assert.AreEqual(double.PositiveInfinity, Sum(double.MaxValue, double.MaxValue).Value);
        Assert.AreEqual(double.MaxValue, Sum(double.MaxValue, double.MaxValue).Over(2));
        Assert.AreEqual(0, Sum().Value);
        Assert.AreEqual(0.1, Sum(Enumerable.Repeat(0.1, 1_000_000).ToArray()).Over(1_000_000));
        Assert.AreEqual(-1e6, Sum(Enumerable.Repeat(-1.0, 1_000_000).ToArray()).Value);
        // Half a unit behind 1 goes to the even neighbour; anything more goes up.
        Assert.AreEqual(1, Sum(1, Math.ScaleB(1, -53)).Value);
        Assert.AreEqual(Math.BitIncrement(1.0), Sum(1, Math.ScaleB(1, -53), double.Epsilon).Value);
    }

    [TestMethod]
    public void Value_NotFinite_IsAsThatOfDoubles()
    {
        Assert.AreEqual(double.NegativeInfinity, Sum(1, double.NegativeInfinity).Value);
        Assert.IsTrue(double.IsNaN(Sum(double.PositiveInfinity, double.NegativeInfinity).Value));
        Assert.IsTrue(double.IsNaN(Sum(3, double.NaN).Value));
        CollectionAssert.AreEqual(
            Merges.Bytes(Sum(double.PositiveInfinity, double.NegativeInfinity)), Merges.Bytes(Sum(BitConverter.Int64BitsToDouble(0x7FF8000000000001))));
    }

    [TestMethod]
    public void Variance_MeanFarAboveTheDeviation_IsExact()
    {
        double[] numbers = [1e15, 1e15 + 1, 1e15 + 2];
        var squares = new ExactSum();
        foreach (double number in numbers) squares.AddSquare(number);

        Assert.AreEqual(2 / 3.0, ExactSum.Variance(Sum(numbers), squares, 3));
    }

    [TestMethod]
    public void Merge_AnyPartsAndOrder_HasTheSameBits()
    {
        double[] numbers = Random(5_000, seed: 1, largestExponent: 300);
        var all = Sum(numbers);

        Merges.Check(numbers.Length, (_, rows) => Sum(numbers[rows]), () => new ExactSum(), merged =>
        {
            Assert.AreEqual(all.Value, merged.Value);
            CollectionAssert.AreEqual(Merges.Bytes(all), Merges.Bytes(merged));
        });
        Merges.RefusesDamage(all, () => new ExactSum());
    }

    [TestMethod]
    public void Add_AnotherSum_IsThatOfBoth()
    {
        var sum = Sum(1e300, 3);
        sum.Add(Sum(-1e300, 0.25));

        Assert.AreEqual(3.25, sum.Value);
    }

    private static BigInteger Denominator { get; } = BigInteger.One << 1_074;

    private static ExactSum Sum(params double[] numbers)
    {
        var sum = new ExactSum();
        foreach (double number in numbers) sum.Add(number);
        return sum;
    }

    /// <summary>Numbers that take much of each other away.</summary>
    private static double[] Random(int count, int seed, int largestExponent)
    {
        var random = new Random(seed);
        double[] numbers = [.. Enumerable.Range(0, count).Select(_ => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-largestExponent, largestExponent)))];
        return [.. numbers, .. numbers.Skip(count / 3).Select(number => -number)];
    }

    /// <summary>A double in units of the least one.</summary>
    private static BigInteger Fixed(double number)
    {
        int exponent = number == 0 ? 0 : Math.Max(Math.ILogB(number) - 52, -1_074);
        return new BigInteger(Math.ScaleB(number, -exponent)) << exponent + 1_074;
    }

    /// <summary>The nearest double to a fraction, found by comparing its neighbours.</summary>
    private static double Nearest(BigInteger numerator, BigInteger denominator)
    {
        // Near enough to begin with: 60 bits of each.
        int drop = (int)Math.Max(0, BigInteger.Abs(numerator).GetBitLength() - 60), shift = (int)denominator.GetBitLength() - 1;
        double guess = Math.ScaleB((double)(long)(numerator >> drop), drop - shift);
        BigInteger Distance(double value) => BigInteger.Abs((Fixed(value) * denominator) - (numerator << 1_074));
        return new[] { Math.BitDecrement(guess), guess, Math.BitIncrement(guess) }.MinBy(Distance);
    }
}
