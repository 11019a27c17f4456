using BenchmarkDotNet.Attributes;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>The GRU of network A's bodies in training, on all cores: a batch of 32 reviews.</summary>
public class RaggedGruBenchmark
{
    private const int BatchSize = 32, Gates = 3 * NetworkA.BodyUnits;

    private readonly float[] _inputWeights = RandomFloats.Of(Gates * NetworkA.BodyDimensions);
    private readonly float[] _hiddenWeights = RandomFloats.Of(Gates * NetworkA.BodyUnits);
    private readonly float[] _bias = RandomFloats.Of(Gates);
    private readonly float[] _states = new float[BatchSize * NetworkA.BodyUnits];
    private readonly float[] _stateGradients = RandomFloats.Of(BatchSize * NetworkA.BodyUnits);
    private readonly float[] _inputWeightGradients = new float[Gates * NetworkA.BodyDimensions];
    private readonly float[] _hiddenWeightGradients = new float[Gates * NetworkA.BodyUnits];
    private readonly float[] _inputBiasGradients = new float[Gates];
    private readonly float[] _hiddenBiasGradients = new float[Gates];
    private readonly RaggedGru _gru = new(new(NetworkA.BodyDimensions, NetworkA.BodyUnits), Environment.ProcessorCount);
    private readonly RaggedRows _rows = new();
    private float[] _terms = [], _termGradients = [];
    private int _termCount;

    /// <summary>Whether all reviews are as long as can be; else as long as real ones.</summary>
    [Params(false, true)]
    public bool FullLength { get; set; }

    /// <summary>
    /// Multiplications and additions in the products of <see cref="ForwardAndBackward"/>: those of a term's inputs once for each different term; back
    /// takes twice as many as forward.
    /// </summary>
    internal double Operations => 3 * (2.0 * _termCount * Gates * NetworkA.BodyDimensions + 2.0 * _rows.Tokens * Gates * NetworkA.BodyUnits);

    [GlobalSetup]
    public void Prepare()
    {
        var generator = new ReviewGenerator(seed: 1);
        var reviews = FullLength ? generator.OfFullLength(BatchSize) : generator.OfRealLengths(BatchSize);
        uint[] keys = [.. reviews.SelectMany(review => review.Body)];
        var terms = keys.Distinct().Index().ToDictionary(term => term.Item, term => term.Index);
        _termCount = terms.Count;
        _rows.Set(Array.ConvertAll(reviews, review => review.Body.Length), Array.ConvertAll(keys, key => terms[key]), _termCount);
        _terms = RandomFloats.Of(_termCount * NetworkA.BodyDimensions);
        _termGradients = new float[_terms.Length];
    }

    [Benchmark]
    public void Forward()
    {
        _gru.Plan(_rows);
        _gru.Forward(_terms, _inputWeights, _hiddenWeights, _bias, _bias, _states);
    }

    [Benchmark]
    public void ForwardAndBackward()
    {
        Forward();
        _gru.Backward(
            _stateGradients, _terms, _inputWeights, _hiddenWeights,
            _termGradients, _inputWeightGradients, _hiddenWeightGradients, _inputBiasGradients, _hiddenBiasGradients);
    }
}
