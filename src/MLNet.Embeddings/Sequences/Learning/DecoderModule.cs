using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Layers of a GRU that read targets, each from the state that the same layer of the encoder ended with.</summary>
internal sealed class DecoderModule : torch.nn.Module
{
    private readonly GruLayer[] _layers;
    private readonly DenseModule[] _bridges = [];
    private readonly Dropout _dropout;
    private readonly RaggedRows _terms = new(), _tokens = new();

    internal DecoderModule(EncoderDecoderShape shape, LearningSettings settings) : base("decoder")
    {
        _layers = [.. shape.Target.GruLayers.Select(layer => new GruLayer(layer, everyState: true, settings.Threads))];
        if (shape.HasBridge) _bridges = [.. _layers.Select(_ => new DenseModule(shape.EncodedSize, shape.Units))];
        _dropout = torch.nn.Dropout(settings.Dropout);
        foreach (var (i, layer) in _layers.Index()) register_module($"layer{i}", layer);
        foreach (var (i, bridge) in _bridges.Index()) register_module($"bridge{i}", bridge);
        register_module("dropout", _dropout);
    }

    /// <summary>The states of the last layer: steps × units.</summary>
    /// <param name="batch">What is read at each step.</param>
    /// <param name="terms">Vectors of the different terms: terms × dimensions.</param>
    /// <param name="encoded">The last states of the encoder's layers: rows × encoded size.</param>
    internal torch.Tensor Read(SequenceBatch batch, torch.Tensor terms, torch.Tensor[] encoded)
    {
        _terms.Set(batch.Lengths, batch.TermOfToken, batch.Terms.Length);
        _tokens.Set(batch.Lengths);
        var states = terms;
        for (int i = 0; i < _layers.Length; i++)
        {
            var start = (_bridges.Length > 0 ? _bridges[i].call(encoded[i]).tanh() : encoded[i]).contiguous();
            states = i == 0 ? _layers[0].Read(_terms, terms, start) : _layers[i].Read(_tokens, _dropout.call(states), start);
        }
        return states;
    }

    internal IEnumerable<LearnedArray> Arrays() =>
    [
        .. _layers.SelectMany(layer => layer.Arrays()),
        .. _bridges.SelectMany((bridge, i) => new LearnedArray[]
        {
            new(EncoderDecoderShape.BridgeWeights(i), () => bridge.Weights),
            new(EncoderDecoderShape.BridgeBias(i), () => bridge.Bias),
        }),
    ];
}
