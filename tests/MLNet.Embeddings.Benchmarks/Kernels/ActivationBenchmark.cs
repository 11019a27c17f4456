using BenchmarkDotNet.Attributes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Activations of 4,096 values that lie in the first-level cache.</summary>
public class ActivationBenchmark
{
    private readonly float[] _values = RandomFloats.Of(4_096);

    [Benchmark]
    public void Sigmoid() => Activation.Sigmoid(_values);

    [Benchmark]
    public void Tanh() => Activation.Tanh(_values);

    [Benchmark]
    public void Relu() => Activation.Relu(_values);
}
