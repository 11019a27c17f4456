using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>An encoder-decoder of torch's modules and our kernels, while it learns. See <see cref="EncoderDecoderShape"/> for what it computes.</summary>
internal sealed class EncoderDecoderNetwork : torch.nn.Module, ITrainableNetwork
{
    private readonly EncoderDecoderShape _shape;
    private readonly TorchTable _source, _target;
    private readonly EncoderModule _encoder;
    private readonly DecoderModule _decoder;
    private readonly GlobalAttention? _attention;
    private readonly DenseModule? _readout;
    private readonly OutputLayer _output;
    private readonly Dropout _dropout;
    private readonly int[] _everyKey;

    internal EncoderDecoderNetwork(EncoderDecoderShape shape, LearningSettings settings) : base("network")
    {
        _shape = shape;
        _source = new TorchTable(new TableShape(shape.Source.Table, shape.Source.KeyCount, shape.Source.Dimensions, IsPadded: true, [0]), settings);
        _target = new TorchTable(new TableShape(shape.Target.Table, shape.Target.KeyCount, shape.Target.Dimensions, IsPadded: false, [1]), settings);
        _encoder = new EncoderModule(shape.Source, settings);
        _decoder = new DecoderModule(shape, settings);
        if (shape.Attends) _attention = new GlobalAttention(shape);
        if (shape.HasReadout) _readout = new DenseModule((shape.Attends ? shape.EncodedSize : 0) + shape.Units, shape.ReadoutSize, hasBias: false);
        _output = new OutputLayer(shape, settings.Threads);
        _dropout = torch.nn.Dropout(settings.Dropout);
        _everyKey = [.. Enumerable.Range(0, shape.Ties ? shape.Classes : 0)];
        RegisterComponents();
        Dense = TorchParameters.MoveIntoBlock(parameters());
    }

    public ParameterBlock Dense { get; }

    public IReadOnlyList<EmbeddingTable> Tables => [_source, _target];

    public bool Pads => _shape.Attends;

    /// <summary>What some pairs cost in the mean of all steps.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="smoothing">Share of the wanted probability that is spread over all classes.</param>
    internal torch.Tensor Loss(SequencePairs pairs, double smoothing)
    {
        var (decoded, table) = Decode(pairs);
        return _output.Loss(decoded, table, pairs.Wanted, smoothing);
    }

    /// <summary>What each step of some pairs costs, without smoothing, and which class is the most probable there.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="firstClass">The first class that may be the most probable.</param>
    internal (double[] Losses, int[] Best) Judge(SequencePairs pairs, int firstClass = 0)
    {
        var (decoded, table) = Decode(pairs);
        return _output.Judge(decoded, table, pairs.Wanted, firstClass);
    }

    /// <summary>What the output layer reads at each step, steps × readout size, and the vectors of the target's terms that were looked up.</summary>
    private (torch.Tensor Decoded, torch.Tensor Table) Decode(SequencePairs pairs)
    {
        var (source, steps, _) = pairs;
        var (states, last) = _encoder.Read(source, _dropout.call(_source.LookUp(source.Terms)));
        // With tied weights all rows are needed; then a term's number is its key.
        if (_shape.Ties) steps = new SequenceBatch(_everyKey, steps.Lengths, pairs.KeysRead);
        var table = _target.LookUp(steps.Terms);
        var decoded = _decoder.Read(steps, _dropout.call(table), last);
        if (_attention is not null) decoded = torch.cat([_attention.Attend(decoded, steps.Lengths, states, source.Lengths), decoded], 1);
        if (_readout is not null) decoded = _readout.call(decoded).tanh();
        return (_dropout.call(decoded), table);
    }

    public IEnumerable<LearnedArray> Arrays() =>
    [
        _source.Learned, _target.Learned, .. _encoder.Arrays(), .. _decoder.Arrays(), .. _attention?.Arrays() ?? [],
        .. _readout is null ? Array.Empty<LearnedArray>() : [new(EncoderDecoderShape.ReadoutWeights, () => _readout.Weights)],
        .. _output.Arrays(),
    ];

    public byte[] SaveTransients() => TorchTransients.Save(buffers());

    public void RestoreTransients(ReadOnlySpan<byte> state) => TorchTransients.Restore(state, buffers());
}
