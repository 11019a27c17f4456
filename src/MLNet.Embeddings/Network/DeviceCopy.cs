using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>A copy of a module on another device, for modules that compute only with parameters of their own.</summary>
/// <param name="source">The module whose parameters learn.</param>
/// <param name="copy">A module of the same form on the device.</param>
internal sealed class DeviceCopy<TModule>(TModule source, TModule copy) : IDisposable where TModule : torch.nn.Module
{
    /// <summary>The copy with the parameters as they are now.</summary>
    internal TModule Current()
    {
        copy.train(source.training);
        using var noGradients = torch.no_grad();
        foreach (var (from, to) in Pairs()) to.copy_(from);
        return copy;
    }

    /// <summary>Moves the gradients of the copy to those of the module.</summary>
    internal void Collect()
    {
        foreach (var (to, from) in Pairs())
        {
            if (from.grad is not { } gradient) continue;
            to.grad!.add_(gradient.cpu());
            gradient.zero_();
        }
    }

    public void Dispose() => copy.Dispose();

    private IEnumerable<(Parameter Source, Parameter Copy)> Pairs() => source.parameters().Zip(copy.parameters());
}
