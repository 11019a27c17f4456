using BenchmarkDotNet.Attributes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>The recurrence of network A's bodies in training, on all cores: a batch of 32 reviews.</summary>
public class RaggedRecurrenceBenchmark
{
    private const int BatchSize = 32, MostGates = 4 * NetworkA.BodyUnits;

    private readonly float[] _inputWeights = RandomFloats.Of(MostGates * NetworkA.BodyDimensions);
    private readonly float[] _hiddenWeights = RandomFloats.Of(MostGates * NetworkA.BodyUnits);
    private readonly float[] _bias = RandomFloats.Of(MostGates);
    private readonly float[] _states = new float[BatchSize * NetworkA.BodyUnits];
    private readonly float[] _stateGradients = RandomFloats.Of(BatchSize * NetworkA.BodyUnits);
    private readonly float[] _inputWeightGradients = new float[MostGates * NetworkA.BodyDimensions];
    private readonly float[] _hiddenWeightGradients = new float[MostGates * NetworkA.BodyUnits];
    private readonly float[] _inputBiasGradients = new float[MostGates];
    private readonly float[] _hiddenBiasGradients = new float[MostGates];
    private readonly RaggedRows _rows = new();
    private float[] _terms = [], _termGradients = [];
    private RecurrentForm _form = null!;
    private RecurrentWeights _weights = null!;
    private RaggedRecurrence _recurrence = null!;

    /// <summary>Whether the cells are those of an LSTM; else of a GRU.</summary>
    [Params(false, true)]
    public bool Lstm { get; set; }

    /// <summary>Whether all reviews are as long as can be; else as long as real ones.</summary>
    [Params(false, true)]
    public bool FullLength { get; set; }

    /// <summary>
    /// Multiplications and additions in the products of <see cref="ForwardAndBackward"/>: those of a term's inputs once for each different term; back
    /// takes twice as many as forward.
    /// </summary>
    internal double Operations => 3 * 2.0 * _form.Gates * (_rows.Terms * NetworkA.BodyDimensions + _rows.Tokens * NetworkA.BodyUnits);

    [GlobalSetup]
    public void Prepare()
    {
        var generator = new ReviewGenerator(seed: 1);
        var reviews = FullLength ? generator.OfFullLength(BatchSize) : generator.OfRealLengths(BatchSize);
        uint[] keys = [.. reviews.SelectMany(review => review.Body)];
        var terms = keys.Distinct().Index().ToDictionary(term => term.Item, term => term.Index);
        _rows.Set(Array.ConvertAll(reviews, review => review.Body.Length), Array.ConvertAll(keys, key => terms[key]), terms.Count);
        _terms = RandomFloats.Of(terms.Count * NetworkA.BodyDimensions);
        _termGradients = new float[_terms.Length];
        _form = new(Lstm ? RecurrentCell.Lstm : RecurrentCell.Gru, NetworkA.BodyDimensions, NetworkA.BodyUnits);
        _weights = new(_form, Environment.ProcessorCount);
        _recurrence = new(_form, Environment.ProcessorCount);
    }

    [Benchmark]
    public void Forward() => Forward(keep: false);

    [Benchmark]
    public void ForwardAndBackward()
    {
        Forward(keep: true);
        _weights.PackBackward(_inputWeights, _hiddenWeights);
        _recurrence.Backward(
            _stateGradients, _terms, _weights, _termGradients, _inputWeightGradients, _hiddenWeightGradients, _inputBiasGradients, _hiddenBiasGradients);
    }

    private void Forward(bool keep)
    {
        _weights.PackForward(_inputWeights, _hiddenWeights, _bias, _bias);
        _recurrence.Forward(_rows, _terms, _weights, _states, keep);
    }
}
