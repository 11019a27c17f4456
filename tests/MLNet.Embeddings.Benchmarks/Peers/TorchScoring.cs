using TorchSharp;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring as one writes it straight in TorchSharp.</summary>
internal sealed class TorchScoring<TRow> : IRowScorer<TRow>
{
    private readonly torch.nn.Module<TRow[], torch.Tensor> _network;

    /// <param name="network">The network, which is taken over.</param>
    internal TorchScoring(torch.nn.Module<TRow[], torch.Tensor> network)
    {
        _network = network;
        _network.eval();
    }

    public string Name => "TorchSharp, no_grad";

    public float[] Probabilities(TRow[] rows)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        return _network.call(rows).sigmoid().data<float>().ToArray();
    }

    public void Dispose() => _network.Dispose();
}
