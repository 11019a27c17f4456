namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RandomStreamsTests
{
    [TestMethod]
    public void Key_OtherSeedPurposeOrNumber_IsAnother() => CollectionAssert.AllItemsAreUnique((
        from seed in new[] { 0, 1, 2, -1, int.MaxValue, int.MinValue }
        from purpose in Enum.GetValues<RandomPurpose>()
        from number in new[] { 0, 1, 2, -1, 1L << 32, long.MaxValue }
        select RandomStreams.Key(seed, purpose, number)).ToArray());

    /// <summary>Worked out from the paper's figure by other code: that they change would change every model of a seed, and break checkpoints.</summary>
    [TestMethod]
    [DataRow(0, 0, 0L, 0xA706DD2F4D197E6FUL)]
    [DataRow(1, 3, 7L, 0xCC4B2638E17B0746UL)]
    [DataRow(-5, 5, -1L, 0x266F8C49D0677B0EUL)]
    public void Key_AnyVersion_IsTheSame(int seed, int purpose, long number, ulong expected) => Assert.AreEqual(expected, RandomStreams.Key(seed,
        (RandomPurpose)purpose, number));

    [TestMethod]
    public void Of_SameArguments_GivesTheSameNumbers()
    {
        CollectionAssert.AreEqual(Draw(RandomStreams.Of(1, RandomPurpose.Order, 5)), Draw(RandomStreams.Of(1, RandomPurpose.Order, 5)));
        CollectionAssert.AreEqual(Draw(RandomStreams.Of(1, RandomPurpose.InitialValues, "a")), Draw(RandomStreams.Of(1, RandomPurpose.InitialValues, "a")));
    }

    [TestMethod]
    public void Of_NeighbouringStreams_AreIndependent()
    {
        SplitMix[] streams =
        [
            RandomStreams.Of(1, RandomPurpose.Dropout), RandomStreams.Of(2, RandomPurpose.Dropout), RandomStreams.Of(1, RandomPurpose.UnknownDropout),
            RandomStreams.Of(1, RandomPurpose.Dropout, 1), RandomStreams.Of(1, RandomPurpose.Dropout, 2), RandomStreams.Of(1, RandomPurpose.InitialValues, "a"),
            RandomStreams.Of(1, RandomPurpose.InitialValues, "b"), RandomStreams.Of(1, RandomPurpose.InitialValues, ""),
        ];
        double[][] numbers = [.. streams.Select(Draw)];

        for (int i = 0; i < numbers.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double correlation = numbers[i].Zip(numbers[j], (left, right) => 12 * (left - 0.5) * (right - 0.5)).Average();
                // The deviation of the correlation of 4,000 pairs is 0.016.
                Assert.AreEqual(i == j ? 1 : 0, correlation, 0.08, $"streams {i} and {j}");
            }
        }
    }

    private static double[] Draw(SplitMix stream) => [.. Enumerable.Range(0, 4_000).Select(_ => stream.NextDouble())];
}
