using TorchSharp;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Copies weights of our networks into torch's parameters, so that both compute the same.</summary>
internal static class TorchWeights
{
    internal static void Take(this torch.Tensor parameter, WeightArray array)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        parameter.copy_(torch.tensor(array.Values).view(Array.ConvertAll(array.Extents, extent => (long)extent)));
    }
}
