using BenchmarkDotNet.Attributes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Products with weights of 384 outputs, the three gates of network A's body.</summary>
public class MatrixProductBenchmark
{
    private const int Outputs = 384;

    private float[] _weights = [], _bias = [], _x = [], _y = [];
    private PackedMatrix _packed = new(0, 0);

    [Params(1, 32, 256)]
    public int Rows { get; set; }

    [Params(128, 256)]
    public int Inputs { get; set; }

    /// <summary>Multiplications and additions of <see cref="Multiply"/>.</summary>
    internal double Operations => 2.0 * Rows * Outputs * Inputs;

    [GlobalSetup]
    public void Prepare()
    {
        _weights = RandomFloats.Of(Outputs * Inputs);
        _bias = RandomFloats.Of(Outputs);
        _x = RandomFloats.Of(Rows * Inputs);
        _y = new float[Rows * Outputs];
        _packed = PackedMatrix.Of(_weights, Outputs, Inputs);
    }

    [Benchmark]
    public void Multiply() => MatrixProduct.Multiply(_x, Rows, _packed, _bias, _y);

    [Benchmark]
    public void Pack() => _packed.Pack(_weights);
}
