using BenchmarkDotNet.Attributes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A step of Adam: over a block of weights, and over as many rows of a table as a batch of network A touches.</summary>
public class AdamBenchmark
{
    private const int Rows = 20_000, Dimensions = 256, Touched = 1_000;

    private static readonly AdamStep Settings = new(0.001f, 0.9f, 0.999f, 1e-8f, WeightDecay: 0, Step: 10);

    private readonly float[] _weights = RandomFloats.Of(Rows * Dimensions);
    private readonly float[] _firstMoments = new float[Rows * Dimensions];
    private readonly float[] _secondMoments = new float[Rows * Dimensions];
    private readonly float[] _gradients = RandomFloats.Of(Touched * Dimensions);
    private readonly int[] _touched = [.. Enumerable.Range(0, Touched).Select(i => i * (Rows / Touched))];

    [Benchmark]
    public void Update() => Adam.Update(
        _weights.AsSpan(0, Touched * Dimensions), _gradients,
        _firstMoments.AsSpan(0, Touched * Dimensions), _secondMoments.AsSpan(0, Touched * Dimensions), Settings);

    [Benchmark]
    public void UpdateRows() => Adam.UpdateRows(_weights, _touched, Dimensions, _gradients, _firstMoments, _secondMoments, Settings);
}
