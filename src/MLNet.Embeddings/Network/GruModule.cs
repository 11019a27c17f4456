using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Encodes a sequence by layers of a GRU, without padded work.</summary>
internal sealed class GruModule : SequenceModule
{
    private readonly SequenceShape _shape;
    private readonly GruLayer[] _layers;
    private readonly Dropout _stateDropout;
    private readonly PoolingLayer? _pooling;
    private readonly RaggedRows _terms = new(), _tokens = new();

    internal GruModule(SequenceShape shape, GruEncoder encoder, TorchTable table, LearningSettings settings) : base(shape, table, settings)
    {
        _shape = shape;
        _pooling = encoder.Pooling is { } pooling ? PoolingLayer.Of(pooling, shape.OutputSize, settings.Threads) : null;
        _layers = [.. shape.GruLayers.Select((layer, i) => new GruLayer(layer, everyState: i < encoder.Layers - 1 || _pooling is not null, settings.Threads))];
        _stateDropout = torch.nn.Dropout(encoder.Dropout);
        foreach (var (i, layer) in _layers.Index()) register_module($"layer{i}", layer);
        RegisterComponents();
    }

    protected override torch.Tensor Encode(SequenceBatch batch, torch.Tensor terms)
    {
        _terms.Set(batch.Lengths, batch.TermOfToken, batch.Terms.Length);
        _tokens.Set(batch.Lengths);
        var states = _layers[0].Read(_terms, terms);
        foreach (var layer in _layers[1..]) states = layer.Read(_tokens, _stateDropout.call(states));
        if (_pooling is null) return states;

        _pooling.Rows.Set(batch.Lengths);
        return _pooling.Pool(states);
    }

    internal override IEnumerable<LearnedArray> Arrays() =>
        [.. _layers.SelectMany(layer => layer.Arrays()), .. _pooling?.Arrays(_shape) ?? []];
}
