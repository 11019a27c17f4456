using TorchSharp;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring as one writes it straight in TorchSharp.</summary>
internal static class TorchScoring
{
    /// <summary>The probabilities of rows that are scored together.</summary>
    internal static float[] Probabilities<TRow>(this torch.nn.Module<TRow[], torch.Tensor> network, TRow[] rows)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        return network.call(rows).sigmoid().data<float>().ToArray();
    }
}
