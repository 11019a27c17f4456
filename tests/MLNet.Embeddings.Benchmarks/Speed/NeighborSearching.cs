using System.Numerics.Tensors;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Finding the ten nearest of many vectors, beside the cosine of each by System.Numerics.Tensors.</summary>
internal sealed class NeighborSearching(int count) : IMeasurement
{
    private const int Dimensions = 64, Wanted = 10;

    public string Name => $"neighbours of {count:N0} vectors of {Dimensions}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var random = new Random(1);
        float[][] vectors = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f).ToArray())];
        var ours = new EmbeddingVectors([.. Enumerable.Range(0, count).Select(i => $"{i}")], vectors);
        float[] similarities = new float[count];
        float[] wanted = vectors[count / 2];

        double[] medians = rounds.Medians(
            () => 1000 * rounds.SecondsPerCall(() => ours.Nearest(wanted, Wanted)), () => 1000 * rounds.SecondsPerCall(Plain));
        yield return new(Name, "TensorPrimitives.CosineSimilarity and a sort", Unit.Milliseconds, medians[0], medians[1]);

        void Plain()
        {
            for (int i = 0; i < count; i++) similarities[i] = TensorPrimitives.CosineSimilarity(vectors[i], wanted);
            int[] places = [.. Enumerable.Range(0, count)];
            Array.Sort((float[])similarities.Clone(), places);
        }
    }
}
