using BenchmarkDotNet.Attributes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A step of a GRU for one row.</summary>
public class GruCellBenchmark
{
    private float[] _projected = [], _bias = [], _state = [], _scratch = [];
    private PackedMatrix _weights = new(0, 0);

    [Params(64, 128)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _projected = RandomFloats.Of(3 * Units);
        _bias = RandomFloats.Of(3 * Units);
        _state = new float[Units];
        _scratch = new float[3 * Units];
        _weights = PackedMatrix.Of(RandomFloats.Of(3 * Units * Units), 3 * Units, Units);
    }

    [Benchmark]
    public void Step() => GruCell.Step(_projected, _weights, _bias, _state, _scratch);
}
