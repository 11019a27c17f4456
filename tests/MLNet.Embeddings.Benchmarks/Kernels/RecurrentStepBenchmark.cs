using BenchmarkDotNet.Attributes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A step of a GRU for one row.</summary>
public unsafe class RecurrentStepBenchmark
{
    private float[] _projected = [], _state = [];
    private RecurrentWeights _weights = null!;
    private RaggedRecurrence _recurrence = null!;

    [Params(64, 128)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var form = new RecurrentForm(RecurrentCell.Gru, Dimensions: 1, Units);
        _projected = RandomFloats.Of(form.Gates);
        _state = new float[Units];
        _weights = new(form, threads: 1);
        _weights.PackForward(RandomFloats.Of(form.Gates), RandomFloats.Of(form.Gates * Units), RandomFloats.Of(form.Gates), RandomFloats.Of(form.Gates));
        _recurrence = new(form, threads: 1);
    }

    [Benchmark]
    public void Step()
    {
        fixed (float* projected = _projected, state = _state) _recurrence.Step(1, projected, [], _weights, state);
    }
}
