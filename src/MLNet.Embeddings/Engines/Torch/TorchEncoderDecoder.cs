using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;
using static TorchSharp.torch.nn.utils.rnn;

namespace MLNet.Embeddings;

/// <summary>An encoder-decoder in torch's own operations: see <see cref="EncoderDecoderShape"/> for what it computes.</summary>
internal sealed class TorchEncoderDecoder : TorchNetwork, ITrainableEncoderDecoder
{
    private readonly GRU _encoder, _decoder;
    private readonly double _dropout;
    private bool _drops;

    internal TorchEncoderDecoder(EncoderDecoderShape shape, IReadOnlyDictionary<string, InitialArray> arrays, EngineSettings settings, Device device)
        : base(arrays, settings, device)
    {
        (Shape, _dropout) = (shape, settings.Dropout);
        _encoder = Gru(shape.Source, shape.Encoder);
        _decoder = Gru(shape.Target, shape.Decoder);
    }

    public EncoderDecoderShape Shape { get; }

    public override bool Pads => true;

    public double Learn(SequencePairs pairs, double smoothing) => WithGradients(() =>
    {
        _drops = true;
        var loss = cross_entropy(Forward(pairs), TorchArrays.Index(pairs.Wanted, Arrays.Device), label_smoothing: smoothing);
        loss.backward();
        return (double)loss.item<float>();
    });

    public void Judge(SequencePairs pairs, int firstClass, Span<double> losses, Span<int> best)
    {
        (float[] costs, long[] found) = ([], []);
        _drops = false;
        WithoutGradients(() =>
        {
            var scores = Forward(pairs);
            costs = TorchArrays.Floats(cross_entropy(scores, TorchArrays.Index(pairs.Wanted, Arrays.Device), reduction: nn.Reduction.None));
            found = scores.narrow(1, firstClass, Shape.Classes - firstClass).argmax(1).cpu().data<long>().ToArray();
        });
        for (int step = 0; step < costs.Length; step++) (losses[step], best[step]) = (costs[step], firstClass + (int)found[step]);
    }

    /// <summary>The numbers for the classes at each step: (steps, classes).</summary>
    private Tensor Forward(SequencePairs pairs)
    {
        var (source, steps, _) = pairs;
        _encoder.train(_drops);
        _decoder.train(_drops);
        // With tied weights all rows are needed; then a term's number is its key.
        var table = Arrays.LookUp(Shape.Target.Table, Shape.Ties ? null : steps.Terms);
        var sources = new PaddedSequences(source.Lengths, source.TermOfToken, Arrays.Device);
        var targets = new PaddedSequences(steps.Lengths, Shape.Ties ? pairs.KeysRead : steps.TermOfToken, Arrays.Device);

        var (states, starts) = Encode(sources.Pad(Drop(Arrays.LookUp(Shape.Source.Table, source.Terms))), sources);
        // What is read behind a row's end changes nothing before it.
        var (decoded, _) = _decoder.call(targets.Pad(Drop(table)), starts); // (rows, steps, units)
        if (Shape.Attends) decoded = cat([Attend(decoded, states, sources), decoded], 2);
        decoded = targets.Unpad(decoded);
        if (Shape.HasReadout) decoded = linear(decoded, Arrays[EncoderDecoderShape.ReadoutWeights]).tanh();
        return linear(Drop(decoded), Shape.Ties ? table : Arrays[EncoderDecoderShape.OutputWeights], Arrays[EncoderDecoderShape.OutputBias]);
    }

    /// <summary>The states after each token, (rows, tokens, encoded size), and those that the decoder starts with, (layers, rows, units).</summary>
    private (Tensor States, Tensor Starts) Encode(Tensor tokens, PaddedSequences sources)
    {
        var packed = pack_padded_sequence(tokens, sources.Lengths, batch_first: true, enforce_sorted: false);
        var (states, last) = _encoder.call(packed, null);
        int layers = Shape.Encoder.Layers;
        var starts = last.view(layers, -1, tokens.shape[0], Shape.Encoder.Units).transpose(1, 2).reshape(layers, tokens.shape[0], Shape.EncodedSize);
        if (Shape.HasBridge)
        {
            starts = stack(Enumerable.Range(0, layers).Select(layer =>
                linear(starts[layer], Arrays[EncoderDecoderShape.BridgeWeights(layer)], Arrays[EncoderDecoderShape.BridgeBias(layer)]).tanh()));
        }
        return (pad_packed_sequence(states, batch_first: true).Item1, starts.contiguous());
    }

    /// <summary>Σ aᵢ sᵢ with a = softmax(sᵢ · W h) for each state h of the decoder, (rows, steps, encoded size): Luong et al. 2015 (arXiv 1508.04025,
    /// section 3.1).</summary>
    private Tensor Attend(Tensor decoded, Tensor states, PaddedSequences sources)
    {
        var scores = linear(decoded, Arrays[EncoderDecoderShape.AttentionWeights]).bmm(states.transpose(1, 2)); // (rows, steps, tokens)
        return scores.Fill(sources.IsPadding.transpose(1, 2), double.NegativeInfinity).softmax(2).bmm(states);
    }

    /// <summary>Layers of a GRU, with the network's dropout between them.</summary>
    private GRU Gru(SequenceShape shape, GruEncoder form)
    {
        var gru = nn.GRU(
            shape.Dimensions, form.Units, form.Layers, batchFirst: true, dropout: form.Layers > 1 ? _dropout : 0, bidirectional: form.Bidirectional,
            device: Arrays.Device, dtype: float32);
        Arrays.Share(shape.WeightName("gru."), gru);
        return gru;
    }

    private Tensor Drop(Tensor values) => dropout(values, _dropout, _drops);
}
