namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class FloatPairsTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(-0.75)]
    [DataRow(1_000_000_001)]
    [DataRow(-1_700_000_000_001)]
    [DataRow(281_474_976_710_655, DisplayName = "48 bits")]
    [DataRow(double.NaN)]
    public void Split_NumberOfUpTo48Bits_IsJoinedToTheSame(double number)
    {
        var parts = FloatPairs.Split("part", [number]).ToArray();

        CollectionAssert.AreEqual(new[] { "part", "part.rest" }, parts.Select(part => part.Part).ToArray());
        Assert.AreEqual(number, FloatPairs.Join(parts[0].Values, parts[1].Values)[0]);
        Assert.AreEqual(number, FloatPairs.Round(number));
    }

    [TestMethod]
    [DataRow(1e9 / 3)]
    [DataRow(Math.PI)]
    [DataRow(1.7976e38 / 7)]
    public void Round_AnyNumber_IsThatOfTheArraysToFourteenDigits(double number)
    {
        var parts = FloatPairs.Split("part", [number]).ToArray();

        Assert.AreEqual(FloatPairs.Round(number), FloatPairs.Join(parts[0].Values, parts[1].Values)[0]);
        Assert.AreEqual(1, FloatPairs.Round(number) / number, 4e-15);
    }

    [TestMethod]
    public void Join_WithoutRests_IsTheFloats() => CollectionAssert.AreEqual(new double[] { 0.1f, -2 }, FloatPairs.Join([0.1f, -2], null));
}
