using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The dense layers between the combined vector and the scores.</summary>
internal abstract class HeadModule() : torch.nn.Module<torch.Tensor, torch.Tensor>("head")
{
    /// <summary>Makes the head that a network's form asks for. It gives rows × outputs; members × rows × outputs of an ensemble.</summary>
    internal static HeadModule For(NetworkShape shape, double dropout) =>
        shape.Head.EnsembleSize > 1 ? new EnsembleHead(shape, dropout) : new DenseHead(shape, dropout);

    /// <summary>The learned arrays, by the names of the network's form.</summary>
    internal abstract IEnumerable<LearnedArray> Arrays();
}
