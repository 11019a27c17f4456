using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.utils.rnn;

namespace MLNet.Embeddings;

/// <summary>Encodes the tokens of sequences into one vector per sequence.</summary>
internal abstract class TorchSequenceEncoder
{
    /// <summary>Makes the encoder that a column's form asks for.</summary>
    internal static TorchSequenceEncoder Of(SequenceShape shape, TorchArrays arrays) => shape.Encoder switch
    {
        GruEncoder gru => new TorchGru(shape, gru, arrays),
        LstmEncoder lstm => new TorchLstm(shape, lstm.Units, lstm.Layers, lstm.Bidirectional, lstm.Dropout, lstm.Pooling, arrays),
        ConvolutionEncoder convolution => new TorchConvolution(convolution.Widths, convolution.Filters, shape.WeightName("convolution."), arrays),
        PoolingEncoder { Pooling: var pooling } => new TorchPooling(pooling, shape.WeightName(""), arrays),
        _ => throw new System.Diagnostics.UnreachableException(shape.ToString()),
    };

    /// <summary>The sequences' vectors: (rows, output size).</summary>
    /// <param name="tokens">The tokens' vectors: (rows, longest, dimensions).</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="drops">Whether values are dropped, as in training.</param>
    internal abstract torch.Tensor Encode(torch.Tensor tokens, PaddedSequences sequences, bool drops);
}

/// <summary>Takes the mean, the sum, the maximum or an attention-weighted mean of vectors without regard to their order.</summary>
/// <param name="kind">Which of them.</param>
/// <param name="prefix">What the names of its arrays begin with.</param>
/// <param name="arrays">The network's arrays.</param>
internal sealed class TorchPooling(SequencePooling kind, string prefix, TorchArrays arrays) : TorchSequenceEncoder
{
    internal override torch.Tensor Encode(torch.Tensor tokens, PaddedSequences sequences, bool drops)
    {
        switch (kind)
        {
            case SequencePooling.Sum:
                return tokens.Fill(sequences.IsPadding, 0).sum(1);
            case SequencePooling.Mean:
                return tokens.Fill(sequences.IsPadding, 0).sum(1) / sequences.Ends;
            case SequencePooling.Max:
                return tokens.Fill(sequences.IsPadding, double.NegativeInfinity).max(1).values;
            default: // Yang et al. 2016: softmax(q · tanh(W e + b)), (rows, longest, 1)
                var hidden = torch.nn.functional.linear(tokens, arrays[$"{prefix}attention.weight"], arrays[$"{prefix}attention.bias"]).tanh();
                var scores = hidden.matmul(arrays[$"{prefix}attention.query"].unsqueeze(1)).Fill(sequences.IsPadding, double.NegativeInfinity);
                return (scores.softmax(1) * tokens).sum(1);
        }
    }
}

/// <summary>Layers of gated recurrent units: torch.nn.GRU.</summary>
internal sealed class TorchGru : TorchSequenceEncoder
{
    private readonly GRU _gru;
    private readonly TorchReadout _readout;

    internal TorchGru(SequenceShape shape, GruEncoder encoder, TorchArrays arrays)
    {
        _gru = torch.nn.GRU(
            shape.Dimensions, encoder.Units, encoder.Layers, batchFirst: true, dropout: encoder.Layers > 1 ? encoder.Dropout : 0,
                bidirectional: encoder.Bidirectional,
            device: arrays.Device, dtype: torch.float32);
        arrays.Share(shape.WeightName("gru."), _gru);
        _readout = new(encoder.Pooling, encoder.Bidirectional ? 2 : 1, shape.WeightName(""), arrays);
    }

    internal override torch.Tensor Encode(torch.Tensor tokens, PaddedSequences sequences, bool drops)
    {
        _gru.train(drops);
        var packed = pack_padded_sequence(tokens, sequences.Lengths, batch_first: true, enforce_sorted: false);
        var (states, last) = _gru.call(packed, null);
        return _readout.Read(states, last, sequences);
    }
}

/// <summary>Makes one vector of the states of the last layer of a recurrent encoder.</summary>
/// <param name="pooling">How; null to take the last state of each direction.</param>
/// <param name="directions">Number of directions.</param>
/// <param name="prefix">What the names of a pooling's arrays begin with.</param>
/// <param name="arrays">The network's arrays.</param>
internal sealed class TorchReadout(SequencePooling? pooling, int directions, string prefix, TorchArrays arrays)
{
    private readonly TorchPooling? _pooling = pooling is { } kind ? new(kind, prefix, arrays) : null;

    /// <param name="states">The last layer's states after each token.</param>
    /// <param name="last">The last states of all layers and directions: (layers · directions, rows, units).</param>
    /// <param name="sequences">The sequences.</param>
    /// <returns>(rows, directions · units).</returns>
    internal torch.Tensor Read(PackedSequence states, torch.Tensor last, PaddedSequences sequences) => _pooling is null
        ? last.narrow(0, last.shape[0] - directions, directions).transpose(0, 1).flatten(1)
        : _pooling.Encode(pad_packed_sequence(states, batch_first: true).Item1, sequences, drops: false);
}

/// <summary>Filters over windows of a sequence, and of each filter the largest value over time: Kim 2014 (arXiv 1408.5882).</summary>
/// <param name="widths">Tokens of a window, for each group of filters.</param>
/// <param name="filters">Filters of each width.</param>
/// <param name="prefix">What the names of its arrays begin with.</param>
/// <param name="arrays">The network's arrays.</param>
internal sealed class TorchConvolution(IReadOnlyList<int> widths, int filters, string prefix, TorchArrays arrays) : TorchSequenceEncoder
{
    internal override torch.Tensor Encode(torch.Tensor tokens, PaddedSequences sequences, bool drops)
    {
        tokens = tokens.Fill(sequences.IsPadding, 0);
        return torch.cat([.. widths.Select(width => Convolve(tokens, sequences, width))], 1);
    }

    /// <summary>The largest values of the filters of a width: (rows, filters).</summary>
    private torch.Tensor Convolve(torch.Tensor tokens, PaddedSequences sequences, int width)
    {
        long dimensions = tokens.shape[2], missing = Math.Max(0, width - sequences.Longest);
        var weights = arrays[$"{prefix}{width}.weight"].view(filters, width, dimensions).transpose(1, 2);
        var padded = functional.pad(tokens.transpose(1, 2), (0, missing)); // (rows, dimensions, longest or width)
        var values = functional.conv1d(padded, weights, arrays[$"{prefix}{width}.bias"]).relu(); // (rows, filters, windows)
        // A window counts if it ends within its sequence; of a sequence that is shorter, only the first. None of the values is below 0.
        var isOutside = TorchNumbers.Range(values.shape[2], values.device).gt(sequences.Ends.Plus(-width).Within(0, sequences.Longest));
        return values.Fill(isOutside.unsqueeze(1), 0).max(2).values;
    }
}

/// <summary>Layers of long short-term memory: torch.nn.LSTM.</summary>
internal sealed class TorchLstm : TorchSequenceEncoder
{
    private readonly LSTM _lstm;
    private readonly TorchReadout _readout;

    /// <param name="shape">The column.</param>
    /// <param name="units">Length of a state.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="bidirectional">Whether each layer reads backward as well.</param>
    /// <param name="dropout">Share of the states between two layers that is dropped in training.</param>
    /// <param name="pooling">How the states of the last layer become one vector; null to take the last ones.</param>
    /// <param name="arrays">The network's arrays.</param>
    internal TorchLstm(SequenceShape shape, int units, int layers, bool bidirectional, double dropout, SequencePooling? pooling, TorchArrays arrays)
    {
        _lstm = torch.nn.LSTM(
            shape.Dimensions, units, layers, batchFirst: true, dropout: layers > 1 ? dropout : 0, bidirectional: bidirectional, device: arrays.Device,
                dtype: torch.float32);
        arrays.Share(shape.WeightName("lstm."), _lstm);
        _readout = new(pooling, bidirectional ? 2 : 1, shape.WeightName(""), arrays);
    }

    internal override torch.Tensor Encode(torch.Tensor tokens, PaddedSequences sequences, bool drops)
    {
        _lstm.train(drops);
        var packed = pack_padded_sequence(tokens, sequences.Lengths, batch_first: true, enforce_sorted: false);
        var (states, last, _) = _lstm.call(packed, null);
        return _readout.Read(states, last, sequences);
    }
}
