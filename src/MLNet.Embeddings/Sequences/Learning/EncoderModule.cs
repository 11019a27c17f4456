using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Layers of a GRU that read sources; none of these is empty.</summary>
internal sealed class EncoderModule : torch.nn.Module
{
    private readonly GruEncoder _encoder;
    private readonly GruLayer[] _layers;
    private readonly Dropout _dropout;
    private readonly RaggedRows _terms = new(), _tokens = new();

    internal EncoderModule(SequenceShape shape, LearningSettings settings) : base("encoder")
    {
        _encoder = (GruEncoder)shape.Encoder;
        _layers = [.. shape.GruLayers.Select(layer => new GruLayer(layer, everyState: true, settings.Threads))];
        _dropout = torch.nn.Dropout(settings.Dropout);
        foreach (var (i, layer) in _layers.Index()) register_module($"layer{i}", layer);
        register_module("dropout", _dropout);
    }

    /// <summary>The states of the last layer, tokens × state size, and the last ones of each layer, rows × state size.</summary>
    /// <param name="batch">The sources.</param>
    /// <param name="terms">Vectors of the different terms: terms × dimensions.</param>
    internal (torch.Tensor States, torch.Tensor[] Last) Read(SequenceBatch batch, torch.Tensor terms)
    {
        _terms.Set(batch.Lengths, batch.TermOfToken, batch.Terms.Length);
        _tokens.Set(batch.Lengths);
        var last = new torch.Tensor[_layers.Length];
        var states = terms;
        for (int i = 0; i < _layers.Length; i++)
        {
            states = i == 0 ? _layers[0].Read(_terms, terms) : _layers[i].Read(_tokens, _dropout.call(states));
            last[i] = LastOf(states);
        }
        return (states, last);
    }

    internal IEnumerable<LearnedArray> Arrays() => _layers.SelectMany(layer => layer.Arrays());

    /// <summary>The state after a row's last token; of the direction that reads backward, that after its first.</summary>
    private torch.Tensor LastOf(torch.Tensor states)
    {
        int rows = _tokens.Count, units = _encoder.Units;
        int[] first = [.. Enumerable.Range(0, rows).Select(_tokens.Start)], last = [.. first.Select((start, row) => start + _tokens.Length(row) - 1)];
        var forward = states.index_select(0, TensorMemory.Indices(last, rows));
        if (!_encoder.Bidirectional) return forward;
        var backward = states.index_select(0, TensorMemory.Indices(first, rows));
        return torch.cat([forward.narrow(1, 0, units), backward.narrow(1, units, units)], 1);
    }
}
