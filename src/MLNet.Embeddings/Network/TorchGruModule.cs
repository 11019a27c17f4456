using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn.utils.rnn;

namespace MLNet.Embeddings;

/// <summary>Encodes a sequence by layers of a GRU of torch's own, over sequences padded to the longest of the batch.</summary>
/// <remarks>The reference for <see cref="GruModule"/>, and what stands in for it on other devices and where the processor has no vector instructions.</remarks>
internal sealed class TorchGruModule : SequenceModule
{
    private readonly SequenceShape _shape;
    private readonly GruEncoder _encoder;
    private readonly GRU _gru;
    private readonly PoolingLayer? _pooling;
    private readonly DeviceCopy<GRU>? _copy;
    private readonly torch.Device _device;

    internal TorchGruModule(SequenceShape shape, GruEncoder encoder, TorchTable table, LearningSettings settings) : base(shape, table, settings)
    {
        (_shape, _encoder) = (shape, encoder);
        _gru = Create(null);
        _device = settings.Device ?? torch.CPU;
        _copy = settings.Device is null ? null : new(_gru, Create(settings.Device));
        _pooling = encoder.Pooling is { } pooling ? PoolingLayer.Of(pooling, shape.OutputSize, settings.Threads) : null;
        RegisterComponents();
        foreach (var gru in shape.GruLayers.SelectMany(layer => layer)) GruWeights.Initialize([.. gru.Weights().Select(weight => ParameterOf(weight.Name))]);
    }

    internal override bool Pads => true;

    protected override torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms)
    {
        // torch packs no empty sequence, so these are left out and get their zeros at the end.
        int[] rows = [.. Enumerable.Range(0, batch.Lengths.Length).Where(row => batch.Lengths[row] > 0)];
        int[] lengths = [.. rows.Select(row => batch.Lengths[row])];
        var packed = pack_padded_sequence(Pad(batch, lengths, terms).to(_device), TensorMemory.Indices(lengths, lengths.Length), batch_first: true, enforce_sorted: false);
        var (states, last) = (_copy?.Current() ?? _gru).call(packed, null);
        var vectors = _pooling is null ? LastStates(last.cpu()) : Pool(_pooling, states, lengths);
        return torch.zeros(batch.Lengths.Length, _shape.OutputSize).index_copy(0, TensorMemory.Indices(rows, rows.Length), vectors);
    }

    internal override void Collect() => _copy?.Collect();

    internal override IEnumerable<LearnedArray> Arrays() =>
    [
        .. _shape.GruLayers.SelectMany(layer => layer).SelectMany(gru => gru.Weights()).Select(weight => new LearnedArray(weight.Name, () => ParameterOf(weight.Name).Floats())),
        .. _pooling?.Arrays(_shape) ?? [],
    ];

    protected override void Dispose(bool disposing)
    {
        if (disposing) _copy?.Dispose();
        base.Dispose(disposing);
    }

    private GRU Create(torch.Device? device) => torch.nn.GRU(
        _shape.Dimensions, _encoder.Units, _encoder.Layers, batchFirst: true, dropout: _encoder.Dropout, bidirectional: _encoder.Bidirectional, device: device);

    private Parameter ParameterOf(string weight) => _gru.get_parameter(weight[_shape.WeightName("gru.").Length..])!;

    /// <summary>Of the last states of all layers and directions, (layers · directions, rows, units), those of the last layer side by side.</summary>
    private torch.Tensor LastStates(torch.Tensor states)
    {
        int directions = _encoder.Bidirectional ? 2 : 1;
        return states.narrow(0, (_encoder.Layers - 1) * directions, directions).transpose(0, 1).reshape(-1, _shape.OutputSize);
    }

    private torch.Tensor Pool(PoolingLayer pooling, PackedSequence states, int[] lengths)
    {
        var (padded, _) = pad_packed_sequence(states, batch_first: true); // rows × length × width
        int longest = lengths.Max();
        int[] tokens = [.. lengths.SelectMany((length, row) => Enumerable.Range(row * longest, length))];
        pooling.Rows.Set(lengths);
        return pooling.Pool(padded.cpu().reshape(-1, _shape.OutputSize).index_select(0, TensorMemory.Indices(tokens, tokens.Length)));
    }

    /// <summary>The sequences that are not empty, padded to the longest of the batch: rows × length × dimensions. What stands behind a sequence's end is of no meaning.</summary>
    private static torch.Tensor Pad(SequenceBatch batch, int[] lengths, torch.Tensor terms)
    {
        int longest = lengths.Max();
        int[] padded = new int[lengths.Length * longest];
        int position = 0;
        for (int row = 0; row < lengths.Length; row++)
        {
            batch.TermOfToken.AsSpan(position, lengths[row]).CopyTo(padded.AsSpan(row * longest));
            position += lengths[row];
        }
        return terms.index_select(0, TensorMemory.Indices(padded, padded.Length)).view(lengths.Length, longest, -1);
    }
}
