namespace MLNet.Embeddings.Tests;

/// <summary>The pooling of ragged rows; that it computes what torch computes is in <see cref="GradientTests"/>.</summary>
[TestClass]
public sealed class RaggedPoolingTests
{
    private const int Width = 70, Terms = 40;

    private static readonly int[] Lengths = [.. Enumerable.Range(0, 90).Select(row => row * 13 % 31)];
    private static readonly int[] TermOfToken = [.. Enumerable.Range(0, Lengths.Sum()).Select(token => token * 7 % Terms)];
    private static readonly float[] Vectors = Numbers.Random(Terms * Width, 1), Gradients = Numbers.Random(Lengths.Length * Width, 2);

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public void Run_AnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        CollectionAssert.AreEqual(Sum(threads: 1), Sum(threads));
        CollectionAssert.AreEqual(Maximum(threads: 1), Maximum(threads));
        CollectionAssert.AreEqual(Attention(threads: 1), Attention(threads));
    }

    [TestMethod]
    public void Maximum_EqualNumbers_GivesTheGradientToTheFirst()
    {
        var maximum = new RaggedMaximum(width: 1, threads: 1);
        float[] vectors = new float[2], gradients = new float[3];
        maximum.Rows.Set([2, 0], [2, 1], terms: 3);

        maximum.Forward([5, 4, 4], vectors);
        maximum.Backward([7, 9], gradients);

        CollectionAssert.AreEqual(new float[] { 4, 0 }, vectors);
        CollectionAssert.AreEqual(new float[] { 0, 0, 7 }, gradients);
    }

    [TestMethod]
    public void Set_LengthsWithoutTerms_TakesEachTokenForATerm()
    {
        var sum = new RaggedSum(width: 1, mean: true, threads: 1);
        float[] vectors = new float[3];

        sum.Rows.Set([1, 0, 2]);
        sum.Forward([8, 2, 4], vectors);

        CollectionAssert.AreEqual(new float[] { 8, 0, 3 }, vectors);
    }

    [TestMethod]
    public void Set_TermsThatAreNotThere_AreRefused()
    {
        var rows = new RaggedRows();

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rows.Set([1], [3], terms: 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rows.Set([1], [-1], terms: 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => rows.Set([1], [0, 0], terms: 3));
    }

    private static float[] Sum(int threads)
    {
        var sum = new RaggedSum(Width, mean: true, threads);
        float[] vectors = new float[Gradients.Length], gradients = new float[Vectors.Length];
        sum.Rows.Set(Lengths, TermOfToken, Terms);
        sum.Forward(Vectors, vectors);
        sum.Backward(Gradients, gradients);
        return [.. vectors, .. gradients];
    }

    private static float[] Maximum(int threads)
    {
        var maximum = new RaggedMaximum(Width, threads);
        float[] vectors = new float[Gradients.Length], gradients = new float[Vectors.Length];
        maximum.Rows.Set(Lengths, TermOfToken, Terms);
        maximum.Forward(Vectors, vectors);
        maximum.Backward(Gradients, gradients);
        return [.. vectors, .. gradients];
    }

    private static float[] Attention(int threads)
    {
        var attention = new RaggedAttention(Width, threads);
        float[] weights = Numbers.Random(Width * Width, 3), bias = Numbers.Random(Width, 4), query = Numbers.Random(Width, 5);
        float[] vectors = new float[Gradients.Length], gradients = new float[Vectors.Length];
        float[] toWeights = new float[weights.Length], toBias = new float[Width], toQuery = new float[Width];
        attention.Rows.Set(Lengths, TermOfToken, Terms);
        attention.Forward(Vectors, weights, bias, query, vectors);
        attention.Backward(Gradients, Vectors, weights, query, gradients, toWeights, toBias, toQuery);
        return [.. vectors, .. gradients, .. toWeights, .. toBias, .. toQuery];
    }
}
