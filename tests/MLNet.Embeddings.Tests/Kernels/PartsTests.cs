namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class PartsTests
{
    [TestMethod]
    [DataRow(1, 10, 1, new[] { 0, 10 })]
    [DataRow(3, 10, 1, new[] { 0, 3, 6, 10 })]
    [DataRow(3, 10, 4, new[] { 0, 5, 10 })]
    [DataRow(3, 2, 1, new[] { 0, 1, 2 })]
    [DataRow(3, 0, 1, new[] { 0, 0 })]
    public void Run_Count_CoversItOnce(int threads, int count, int least, int[] bounds)
    {
        var ranges = new (int Start, int End)[bounds.Length - 1];

        int parts = Parts.Run(threads, count, least, (part, start, end) => ranges[part] = (start, end));

        Assert.AreEqual(ranges.Length, parts);
        CollectionAssert.AreEqual(bounds.Zip(bounds[1..]).ToArray(), ranges);
    }

    [TestMethod]
    public void Run_SeveralPartsFail_ThrowsExceptionOfFirstAsItIs()
    {
        bool[] ended = new bool[8];
        for (int round = 0; round < 20; round++)
        {
            Array.Clear(ended);

            var error = Assert.ThrowsExactly<InvalidOperationException>(() => Parts.Run(8, 8, 1, (part, _, _) =>
            {
                // The first one to fail is the last one in time.
                if (part == 2) Thread.Sleep(2);
                if (part is 2 or 3 or 7) Fail(part);
                ended[part] = true;
            }));

            Assert.AreEqual("Part 2.", error.Message);
            StringAssert.Contains(error.StackTrace, nameof(Fail));
            CollectionAssert.AreEqual(new[] { true, true, false, false, true, true, true, false }, ended);
        }
    }

    [TestMethod]
    public void Run_OnePartFails_ThrowsItsException() =>
        Assert.ThrowsExactly<OperationCanceledException>(() => Parts.Run(4, 1, 1, (_, _, _) => throw new OperationCanceledException()));

    private static void Fail(int part) => throw new InvalidOperationException($"Part {part}.");
}
